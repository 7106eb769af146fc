"""What is kept, and who makes what is missing."""
