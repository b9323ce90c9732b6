"""Which few changes would be enough."""
