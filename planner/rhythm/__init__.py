"""A week as roles: a dozen recipes, each cooked once and eaten where its rhythm says."""
