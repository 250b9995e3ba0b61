"""What is kept outside every notebook: the journal, acceptances, identities. The only room that knows SQL."""
