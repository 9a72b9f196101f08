"""The tables of a corpus, stored as Parquet beside its quads: for SQL and data frames."""
