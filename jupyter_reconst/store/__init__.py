"""The feedback store: the journal, and the trust store."""
