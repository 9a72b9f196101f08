"""Tokens, sentences and quotations of a folded text."""
