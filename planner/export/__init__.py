"""Report in, one format out."""
