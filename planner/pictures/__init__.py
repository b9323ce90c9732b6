"""How is a picture drawn? A picture as data in, SVG and PNG out."""
