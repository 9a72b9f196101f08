"""SPARQL: query text, named questions and their parameters, and results."""
