"""The classical diet problem: any table of foods and bands in, the cheapest basket out."""
