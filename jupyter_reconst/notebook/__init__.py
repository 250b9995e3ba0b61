"""Notebook files and open documents, without a server."""
