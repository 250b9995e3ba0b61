"""PDF: passages by page. A library made by others reads bytes made by others, so it runs only in `child.py`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from jupyter_reconst.library.words import Unreadable, cleaned, passages

MOST_PAGES = 5_000
_SPLIT = re.compile(r"(?<=[a-zß-öø-ÿ])-\n(?=[a-zß-öø-ÿ])")
_STAMP = re.compile(r"\barXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})v\d+\s*\[")
_POOR = re.compile(r"untitled|microsoft word|\.(docx?|tex|dvi|pdf|indd)\b", re.IGNORECASE)


class Pdf:
    """An open PDF. Raises Unreadable for what is none."""

    def __init__(self, data: bytes) -> None:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        try:
            self._reader = PdfReader(io.BytesIO(data), strict=False)
            if self._reader.is_encrypted and not self._reader.decrypt(""):
                raise Unreadable("It is locked with a password.")
            self._pages = len(self._reader.pages)
        except (Unreadable, MemoryError):
            raise
        except (PyPdfError, Exception) as error:
            raise Unreadable(f"It cannot be read as PDF ({type(error).__name__}).") from error
        if self._pages > MOST_PAGES:
            raise Unreadable(f"It has more than {MOST_PAGES:,} pages.")
        self.broken: list[int] = []
        self.arxiv = ""

    @property
    def title(self) -> str:
        """What it calls itself, where that is a title."""
        try:
            said = self._reader.metadata.title if self._reader.metadata else None
        except Exception:  # Its metadata may be as broken as the rest; nothing depends on them.
            return ""
        return "" if not said or len(said) < 5 or _POOR.search(said) else cleaned(said)

    def passages(self) -> Iterator[tuple[str, str]]:
        """Page by page; those that cannot be read are counted in `broken`."""
        for number in range(1, self._pages + 1):
            try:
                text = self._reader.pages[number - 1].extract_text()
            except MemoryError:
                raise
            except Exception:  # Whatever a broken page makes of the library that reads it, the next one may be whole.
                self.broken.append(number)
                continue
            text = _SPLIT.sub("", cleaned(text))
            if number == 1 and (stamp := _STAMP.search(text)):
                self.arxiv = stamp[1]
            for one in passages(text):
                yield f"p. {number}", one

    def amiss(self, found: bool) -> str:
        """What of it could not be read."""
        if self.broken:
            which = ", ".join(map(str, self.broken[:20])) + (" …" if len(self.broken) > 20 else "")
            return f"These pages cannot be read: {which}"
        return "" if found else "It holds no text: pictures of pages cannot be read."
