"""Compare two readings of one article."""
