"""The bound file: objects, segments, fonts, structure, outline, names, metadata."""
