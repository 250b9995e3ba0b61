"""A constitution as a file that people read, publish and hand on: our Markdown, and what other tools read.

`published` writes and reads our format, without loss. `foreign` reads any other instructions as articles to review,
`exports` writes them. `adopting` joins what was read with what a notebook holds. Pure: files are read elsewhere.
"""
