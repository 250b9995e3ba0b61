"""The nouns: Pydantic models and pure functions. No I/O, no clock, no async, no Jupyter."""
