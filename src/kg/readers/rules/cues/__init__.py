"""Cues: reporting words, their speakers, and where the reported words begin."""
