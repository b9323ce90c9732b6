"""What is written as JSON, and read back."""
