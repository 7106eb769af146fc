"""One file a reader: each knows a tool's folders and marks, and gives drafts in our Markdown."""
