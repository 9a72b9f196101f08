"""The tables of words that the rules match."""
