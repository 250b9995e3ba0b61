"""Recorded conversations, as data."""
