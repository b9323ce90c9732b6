"""The food table: our own catalogue with nutrient figures carried over from named releases."""
