"""The article: its stored text, spans in code points, folding with a map back to the raw text."""
