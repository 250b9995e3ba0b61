"""The server extension."""
