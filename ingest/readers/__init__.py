"""FILE -> LINES: one module a format."""
