"""Which dishes make a good week? Rows and columns in, composed weeks out."""
