"""RDF itself: IRIs, terms, quads, and what is checked before a parser sees a file."""
