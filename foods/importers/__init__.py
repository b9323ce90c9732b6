"""Readers of downloads of foods and of people's own recipes."""
