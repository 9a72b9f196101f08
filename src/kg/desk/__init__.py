"""Correcting a draft: a person's decisions, stored in the reading's own file, and their effects."""
