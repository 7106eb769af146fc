"""All of WeasyPrint: a piece is laid out, surveyed, tagged and handed over as objects."""
