"""What only exists between articles: entities and questions that are the same."""
