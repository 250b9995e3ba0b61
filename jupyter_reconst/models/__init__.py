"""Adapters of the Model port: any compatible endpoint, the embedded model, recordings."""
