"""What does this person need? Profile, standard and preferences in, targets out."""
