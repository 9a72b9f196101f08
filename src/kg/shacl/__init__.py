"""SHACL validation of a graph against Qawl's shapes or any others."""
