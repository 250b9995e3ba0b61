"""Turn into mathematics: the statements that a model drafts of one's own sentences, checked and linked to them."""

from __future__ import annotations

from collections import Counter

from jupyter_reconst.core.mathematics import Stated, Statement, Unclear, judged, mathematics, write_statement, written
from jupyter_reconst.core.page import Page, Written
from jupyter_reconst.core.sentences import Sentence
from jupyter_reconst.prompts.drafts import Arriving, statement, unclear


class Mathematising:
    """Statements as their draft arrives."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self._sentences = sentences
        self._arriving = Arriving()
        self._stated: list[Stated] = []
        self._unclear: list[Unclear] = []
        self._page = Page(sentences)
        self._counts: Counter[str] = Counter()

    def take(self, text: str) -> str:
        """Some more of the draft; the Markdown of the statements that hold and are whole now."""
        before = len(self._page.text)
        for said in self._arriving.take(text):
            one = statement(said) or unclear(said)
            if isinstance(one, Unclear):
                self._unclear.append(one)
            elif one is not None:
                self._stated.append(one)
                found = judged(one, self._sentences, self._counts[one.kind] + 1)
                if isinstance(found, Statement):
                    self._counts[one.kind] += 1
                    write_statement(self._page, found)
        return self._page.text[before:]

    def done(self) -> Written:
        """All that has arrived, with what is undefined, open, left out and refused."""
        return written(mathematics(self._stated, self._unclear, self._sentences), self._sentences)
