"""A reply in a cell's output while it grows: the first words at once, then at most twenty updates a second."""

from __future__ import annotations

import time
from typing import Any, Protocol

from jupyter_reconst.core.markdown import inert

TURN_MIME = "application/vnd.reconst.turn+json"
CHOICE_MIME = "application/vnd.reconst.choice+json"
INTERVAL = 0.05


class Publisher(Protocol):
    """IPython's display publisher."""

    def publish(self, data: dict[str, Any], metadata: dict[str, Any], **more: Any) -> None:
        """Send one display message."""
        ...


class Shown:
    """One output, updated in place."""

    def __init__(self, publisher: Publisher, record: dict[str, Any]) -> None:
        self.record = dict(record)
        self.ended = False
        self._publisher = publisher
        self._published = self._dirty = False
        self._at = 0.0
        self._draw()

    def take(self, event: dict[str, Any]) -> None:
        """Draw what one event of the stream says."""
        if event["type"] == "waiting":
            self.wait(event["seconds"], event["still"])
        elif event["type"] == "text":
            self.grow(event["text"])
        elif event["type"] == "ended":
            self.end(event["record"])

    def grow(self, text: str) -> None:
        """Add some text; it is drawn now or by the next `due`."""
        first = not self.record["reply"]
        self.record["reply"] += text
        self.record["note"] = ""
        if first or time.monotonic() - self._at >= INTERVAL:
            self._draw()
        else:
            self._dirty = True

    def wait(self, seconds: float, still: bool) -> None:
        """Say for how long there has been no word."""
        said = f"waiting, {seconds:.0f} s"
        self.record["note"] = f"still {said}: the stop button ends it" if still else said
        self._draw()

    def due(self) -> float | None:
        """Seconds until something must be drawn, or None."""
        return max(0.0, INTERVAL - (time.monotonic() - self._at)) if self._dirty else None

    def tick(self) -> None:
        """Draw what has come since the last drawing."""
        if self._dirty:
            self._draw()

    def end(self, record: dict[str, Any]) -> None:
        """Draw the recorded turn."""
        self.record = dict(record)
        self.ended = True
        self._draw()

    def leave(self) -> None:
        """Nothing more is listened to: what has not ended must not be shown as growing for ever."""
        if not self.ended:
            self.record |= {"status": "incomplete", "note": "Its end did not arrive here."}
            self._draw()

    def _draw(self) -> None:
        record = self.record
        asks = record.get("question")
        reply = _spoken(asks) if asks else record["reply"]
        data = {TURN_MIME: record, "text/markdown": inert(reply), "text/plain": reply}
        names = ("turn", "parent", "model", "digest")
        metadata = {"reconst": {name: record.get(name) for name in names}}
        transient = {"display_id": f"reconst-{record['turn']}-{id(self)}"}
        self._publisher.publish(data, metadata, transient=transient, update=self._published)
        self._published, self._dirty, self._at = True, False, time.monotonic()


def offer(publisher: Publisher, problem: dict[str, Any]) -> None:
    """Show beside an error what a person may choose: what is left out of a conversation that has outgrown its model."""
    publisher.publish({CHOICE_MIME: problem, "text/plain": problem["remedy"]}, {}, transient={}, update=False)


def _spoken(question: dict[str, Any]) -> str:
    """A question as a reader without buttons sees it."""
    options = (f"{number}. {option}" for number, option in enumerate(question["options"], 1))
    answer = "Answer it in a cell below this one: %%reconst, and your words under it."
    return "\n".join([f"Question: {question['text']}", "", *options, "", answer])
