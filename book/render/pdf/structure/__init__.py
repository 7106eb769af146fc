"""The structure tree of a piece (ISO 32000-1, 14.7), made of its HTML; nothing here knows pages."""
