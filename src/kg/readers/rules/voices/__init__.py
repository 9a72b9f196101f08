"""Whose words a stretch of text is: reports, and the tree of voices."""
