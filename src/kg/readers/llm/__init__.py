"""The language model as a reader: it proposes, the schema and the grounding check decide."""
