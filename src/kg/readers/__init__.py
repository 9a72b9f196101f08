"""Readers propose: the rules, a language model, and annotation files."""
