"""What a reader finds in an article: one schema, its files, and quotes that become spans."""
