"""FILE -> DOCUMENT: reading Vietnamese directives; knows no database and no web."""
