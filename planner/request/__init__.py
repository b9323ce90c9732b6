"""What is asked? Words, files and flags in, checked requests out."""
