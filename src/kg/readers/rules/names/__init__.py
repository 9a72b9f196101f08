"""Names of persons, organisations, places and events, and the noun phrases that contain them."""
