"""Files: atomic writing, the package's data files, UTF-8 text and YAML."""
