"""Which plans are allowed, and which is better? Mathematics only; README.md holds the formulation."""
