"""The store of a build, and everything that can be asked of it."""
