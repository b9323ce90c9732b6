"""What does a wish cost? The same request with one or two of its numbers varied."""
