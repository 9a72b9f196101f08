"""What workers answer that is not a query's result: pages, documents and descriptions."""
