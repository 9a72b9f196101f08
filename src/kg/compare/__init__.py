"""Two readings of one article, side by side."""
