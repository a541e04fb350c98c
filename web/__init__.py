"""LIBRARY -> PAGES: the way in for people, and where all is put together."""
