"""A checked plan in, what other programs import out."""
