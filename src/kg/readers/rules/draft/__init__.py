"""What the rules found becomes a draft reading."""
