"""Scripts of the project: each is run by hand, and says how in its first lines."""
