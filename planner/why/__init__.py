"""What does each rule cost, and why not something else? A kept plan in, its account out."""
