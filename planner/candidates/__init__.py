"""What could be eaten? Foods and dishes in, candidates out, each refusal with its reason."""
