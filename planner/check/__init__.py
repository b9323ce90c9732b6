"""Is the plan true? The judge: plan and food table in, verdict out, without the model."""
