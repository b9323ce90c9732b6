"""What was eaten? A diary in, its foods and dishes in grams out, and what they add up to."""
