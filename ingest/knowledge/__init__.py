"""Tables of what everybody in the offices knows, each row with its source."""
