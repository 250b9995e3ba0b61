"""Notebook files, their merges, and open documents, without a server."""
