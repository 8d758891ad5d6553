"""The pages: each module has a router, and functions that give a template its values."""
