"""Cues in English texts."""
