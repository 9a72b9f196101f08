"""RDF basics: IRIs, terms, quads, and reading RDF files safely."""
