"""SPARQL: query text, named questions and their parameters, results."""
