"""The graph as files for others: dumps, releases, catalogues, export profiles."""
