"""Turns the corpus's sources into documents, transcripts and gold annotations."""
