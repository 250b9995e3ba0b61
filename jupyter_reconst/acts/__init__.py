"""The verbs, one per file. They reach the world through `core.ports` alone."""
