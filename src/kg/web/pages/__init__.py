"""Answers other than query results: pages, documents and descriptions."""
