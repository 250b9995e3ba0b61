"""`jupyter reconst packs`: the packs that are installed and those of the wiki's folders, and what is in them."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from jupyter_reconst.core.sharing.wiki import Pack, found
from jupyter_reconst.core.visible import spelled


def list_packs(options: argparse.Namespace) -> int:
    """Say what packs there are, or which of their articles hold some words."""
    packs = _packs(options.folder)
    if options.search is not None:
        hits = found(options.search, packs)
        for pack, article in hits:
            print(spelled(f"{pack.name}: {article.title} ({article.kind})\n    {' '.join(article.then.split())}"))
        if not hits:
            print("No article holds all of these words.")
        return 0
    for pack in packs:
        if pack.published is None:
            print(spelled(f"{pack.name}: cannot be read. {pack.problem} ({pack.source})"))
            continue
        front, law = pack.published.front, pack.reading.constitution
        print(spelled(f"{pack.name} {front.version}: {front.name}, by {front.authors or 'somebody'} ({pack.source})"))
        licence = front.licence or "no licence is named"
        kept = len(pack.reading.cases)
        print(spelled(f"    {len(law.articles)} articles, {kept} cases, licence: {licence}, digest {law.digest}"))
    if not packs:
        print("There are none.")
    return 0


def _packs(folder: Path | None) -> tuple[Pack, ...]:
    from jupyter_reconst.packs.wiki import FolderWiki
    from jupyter_reconst.wiring import headless, wiki_of

    if folder is None:
        return asyncio.run(wiki_of(headless()).packs())
    return tuple(pack for pack in asyncio.run(FolderWiki([folder]).packs()) if pack.top or pack.path == folder)
