"""The rules: a reader that drafts what an article says in milliseconds, without a model."""
