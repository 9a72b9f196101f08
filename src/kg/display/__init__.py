"""What a graph says, gathered for a page: claims, voices and texts, in both languages."""
