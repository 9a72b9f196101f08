"""The tables of a corpus, which stand beside its quads as Parquet: for SQL and data frames."""
