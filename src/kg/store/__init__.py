"""The built store, and the questions it answers."""
