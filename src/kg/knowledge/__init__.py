"""Prior knowledge: the ontology, the vocabularies and the authority files."""
