"""Two versions of a graph, compared."""
