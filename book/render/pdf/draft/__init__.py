"""What becomes XHTML and CSS before pages are set: nothing here knows WeasyPrint."""
