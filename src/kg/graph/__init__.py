"""Compiles readings to quads, applies the rules, and swaps in the result."""
