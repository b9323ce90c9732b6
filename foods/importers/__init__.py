"""Readers of food composition releases and of people's own tables."""
