"""Files that are made to cost time or memory are refused at once, with a code."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from jupyter_reconst.core.errors import Malformed
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.core.sharing.record import decoded
from tests.scenes import article

_SMALL = dump(Front(name="n"), Reading(revisions=(article(1, "one", "first"),)))


def _recording(line: str) -> bytes:
    return _SMALL.replace("```json\n", f"```json\n{line}\n").encode()


BOMBS: dict[str, bytes] = {
    "too large": _SMALL.encode() + b" " * 3 * 2**20,
    "too many lines": _SMALL.encode() + b"\n" * 2**20,
    "deep": _recording("[" * 100_000 + "]" * 100_000),
    "deep enough": _recording('{"import": {"x": ' + "[" * 40 + "]" * 40 + "}}"),
    "said twice": _recording('{"import": {}, "import": {}}'),
    "not a number": _recording('{"import": {"x": NaN}}'),
    "infinite": _recording('{"import": {"x": 1e999}}'),
    "many digits": _recording('{"import": {"x": ' + "9" * 5_000 + "}}"),
    "half a character": _recording('{"import": {"x": "\\ud800"}}'),
    "not UTF-8": b"---\nreconst: 1\n---\n\xff",
    "UTF-16": _SMALL.encode("utf-16"),
    "nothing": b"",
    "binary": bytes(range(256)) * 100,
    "anchors": b"---\nreconst: 1\nname: &a [x, x]\nauthors: [*a, *a, *a, *a]\nx: *a\n---\n",
    "front matter without an end": b"---\nreconst: 1\n" + b"name: x\n" * 100_000,
    "many articles": _SMALL.encode().replace(b"# Record", b"## x\n" * 501 + b"# Record"),
    "long clause": _SMALL.encode().replace(b"> first", b"> " + b"x" * 2**20),
    "quotations": b"---\nreconst: 1\n---\n" + b">\n" * 150_000,
    "no such thing": _recording('{"weapon": {}}'),
    "twice": _recording(_SMALL.split("```json\n")[1].split("\n")[0]),
}


@pytest.mark.parametrize("name", BOMBS)
def test_import_bombs(name: str) -> None:
    """Each is refused in less than a second and 50 MB, with a code."""
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(Malformed) as refused:
            load(decoded(BOMBS[name]))
        took, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refused.value.code == "malformed" and len(refused.value.message) < 400
    assert took < 1 and peak < 50e6, (took, peak)
