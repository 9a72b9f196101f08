"""SHACL: a graph is judged by shapes, ours or anybody's."""
