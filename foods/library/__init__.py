"""What a person keeps: foods of one's own and of downloads, in one SQLite file, found by words."""
