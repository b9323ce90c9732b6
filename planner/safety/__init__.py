"""May this person have this? Rules as data, read once."""
