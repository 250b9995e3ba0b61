"""Words for the model, and reading its replies."""
