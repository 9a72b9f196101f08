"""Cues in Arabic texts."""
