"""What is a document made of, and how does each format write it."""
