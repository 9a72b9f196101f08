"""Publishing the graph as files: dumps, releases, catalogues and export profiles."""
