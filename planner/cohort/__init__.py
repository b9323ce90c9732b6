"""What does each of these people get? A table of people in, a plan for each of them out."""
