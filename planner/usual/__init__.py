"""How near is it to what somebody eats? A diary as meals, and the path from it to a plan."""
