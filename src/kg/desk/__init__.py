"""Correcting a draft: a person's decisions, kept in the reading's own file, and what follows."""
