"""What a reader finds in an article: the schema, its files, and resolving quotes to spans."""
