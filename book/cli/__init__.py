"""How the program speaks with people: commands, findings as lines, progress."""
