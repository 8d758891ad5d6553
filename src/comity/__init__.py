"""Comity: a public register of how local governments and federal immigration enforcement deal with each other."""
