"""What is on the table? Outcome in, plan out, rounded to the kitchen and checked."""
