"""Files: written whole or not at all, shipped with the package, or read from YAML."""
