"""What is known beforehand: the ontology, the vocabularies and the authority files."""
