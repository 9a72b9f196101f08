"""Clauses: where one claim ends and the next begins, and what each affirms or denies."""
