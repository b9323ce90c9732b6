"""How is a day built? Patterns, places and the rules of meals."""
