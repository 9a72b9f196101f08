"""Many articles: parts made in parallel, relations across articles, tables and a store."""
