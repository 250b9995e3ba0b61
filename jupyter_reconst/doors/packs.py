"""`jupyter reconst packs` and `offer`: what packs there are, what is in them, and an article given back to one."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from shlex import quote

from jupyter_reconst.acts.sign import opened
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.requests import Offer, Patch
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


def offer_article(options: argparse.Namespace) -> int:
    """Print the patch, or write it; what goes along is said on stderr."""
    from jupyter_reconst.doors.sharing import printed, written

    patch = asyncio.run(_offered(options))
    if options.output is None:
        printed(patch.text)
    else:
        written(options.output, patch.text, options.force)
    print(spelled(patch.says), file=sys.stderr)
    return 0


async def _offered(options: argparse.Namespace) -> Patch:
    from jupyter_reconst.acts.offer import offer
    from jupyter_reconst.wiring import build, headless

    reconst = build(headless())
    try:
        document = await opened(reconst.ports, reconst.person, str(options.notebook))
        articles = document.reading.constitution.articles
        named = {str(number): article.id for number, article in enumerate(articles, 1)}
        named |= {name: article.id for article in articles for name in (article.title, article.id)}
        if options.article not in named:
            remedy = f"`jupyter reconst show {quote(str(options.notebook))}` numbers them."
            raise BadInput(f"There is no article “{options.article[:100]}”.", remedy=remedy)
        request = Offer(
            path=str(options.notebook), article=named[options.article], pack=options.pack[:200], cases=options.cases
        )
        return await offer(reconst.ports, reconst.person, reconst.wiki, request)
    finally:
        await reconst.close()


def _packs(folder: Path | None) -> tuple[Pack, ...]:
    from jupyter_reconst.packs.wiki import FolderWiki
    from jupyter_reconst.wiring import headless, wiki_of

    if folder is None:
        return asyncio.run(wiki_of(headless()).packs())
    return tuple(pack for pack in asyncio.run(FolderWiki([folder]).packs()) if pack.top or pack.path == folder)
