"""DOCUMENTS -> ANSWERS: storage, search and ranking; knows no HTTP."""
