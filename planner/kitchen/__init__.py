"""What is bought and cooked? Plan in, shopping list, batches and measures out."""
