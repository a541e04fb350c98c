"""LIBRARY -> HTTP: the way in for programs."""
