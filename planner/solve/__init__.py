"""Is there a plan? Model in, outcome out, in our own words."""
