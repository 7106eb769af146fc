"""From one source to one chapter: XHTML in which our marks are symbolic, and its sidecars."""
