"""The web server: a read-only SPARQL endpoint, named questions, linked data and downloads."""
