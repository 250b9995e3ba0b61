"""Services that know which works there are: Crossref, arXiv, OpenAlex. Asked only where the operator names them."""
