"""Which plans are allowed, and which is better? Mathematics only, written up in README.md."""
