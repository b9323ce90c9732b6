"""The language in which people are told something."""
