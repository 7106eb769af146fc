"""What pandoc reads: its tree, written as our Markdown."""
