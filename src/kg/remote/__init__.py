"""SPARQL servers elsewhere: asked like a graph of our own, and loaded."""
