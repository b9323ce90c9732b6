"""How good can a week be at best? Linear programs in, bounds and conflicts out."""
