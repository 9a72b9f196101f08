"""The worker processes: they hold the graph and answer one query each."""
