"""A constitution as a file that people read, publish and hand on: our Markdown, and what other tools read.

`published` writes and reads our format, without loss. `foreign` reads any other instructions as articles to review,
`exports` writes them. `adopting` joins what was read with what a notebook holds.
`wiki` searches packs, `pinning` knows which of them were copied, `answers` reads curated questions, and `patching`
offers an article back. Pure: files are read elsewhere.
"""
