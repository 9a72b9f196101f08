"""Names of persons, organisations, places and events, and the noun phrases they stand in."""
