"""Why this plan, or why none? Plan and findings in, report out."""
