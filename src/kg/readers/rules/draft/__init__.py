"""Turns what the rules found into a draft reading."""
