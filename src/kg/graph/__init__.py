"""A reading becomes quads; rules derive what follows; the build swaps the result in."""
