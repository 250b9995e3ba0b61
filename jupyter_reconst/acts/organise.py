"""Organise: the points that a model drafts of one's own sentences become an outline that says nothing else."""

from __future__ import annotations

from jupyter_reconst.core.outline import Drafted, Point, judged, outline, write_point, written
from jupyter_reconst.core.page import Page, Written
from jupyter_reconst.core.sentences import Sentence
from jupyter_reconst.prompts.drafts import Arriving, point


class Organising:
    """An outline as its draft arrives."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self._sentences = sentences
        self._arriving = Arriving()
        self._drafted: list[Drafted] = []
        self._page = Page(sentences)
        self._below = 0

    def take(self, text: str) -> str:
        """Some more of the draft; the Markdown of the points that hold and are whole now."""
        before = len(self._page.text)
        for drafted in filter(None, map(point, self._arriving.take(text))):
            self._drafted.append(drafted)
            found = judged(drafted, self._sentences, below=self._below)
            if isinstance(found, Point):
                self._below = found.level
                write_point(self._page, found)
        return self._page.text[before:]

    def done(self) -> Written:
        """The outline of all that has arrived, with what was left out and what was refused."""
        return written(outline(self._drafted, self._sentences), self._sentences)
