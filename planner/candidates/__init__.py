"""What could be eaten? The food table and the dishes in, candidates out, each refusal with its reason."""
