"""The rules: a reader that proposes, in milliseconds and without a model, what an article says."""
