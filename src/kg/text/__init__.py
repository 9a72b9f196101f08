"""Article texts: the stored text, spans in code points, and folding with a map to the raw text."""
