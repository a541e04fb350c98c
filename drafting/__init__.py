"""CLAUSES -> A PLAN READY TO SIGN (soạn thảo)."""
