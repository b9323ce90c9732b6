"""How real is a plan? Edible rules and yardsticks in, a score that can be checked out."""
