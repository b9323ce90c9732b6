"""The rows of a week, one module for each family of rules."""
