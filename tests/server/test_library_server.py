"""The library through a real server: what a person adds is below the server's folder, and theirs alone."""

from __future__ import annotations

from pathlib import Path

from tests import books
from tests.fakes import an_id
from tests.server.conftest import Starting


def filled(root: Path) -> Path:
    folder = root / "texts"
    folder.mkdir(parents=True)
    (folder / "notes.md").write_text("# Deference\n\nAn uncertain robot defers. <script>alert(1)</script>", "utf-8")
    (folder / "refs.bib").write_text(books.BIB, "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    return folder


async def test_a_folder_is_added_searched_quoted_and_taken_out(start: Starting, tmp_path: Path) -> None:
    filled(tmp_path / "root")
    lab = await start()
    assert await lab.good("shelves", {}) == {"sources": [], "skipped": [], "embedded": None}
    events = await lab.all("collect", {"id": an_id(1), "paths": ["texts"]})
    assert [event.get("what") for event in events] == [*["files"] * 4, *["passages"] * 3, None]
    assert [event["why"] for event in events[:4]] == ["", "It cannot be read as PDF (PdfStreamError).", "", ""]
    shelves = events[-1]["shelves"]
    assert shelves["embedded"] == {"done": 3, "of": 3, "missing": ""}
    assert [(one["shown"], one["documents"]) for one in shelves["sources"]] == [("texts", 2)]
    assert await lab.good("shelves", {}) == shelves
    (found,) = (await lab.good("consult", {"words": "robot"}))["passages"]
    assert found["entry"]["file"] == "texts/notes.md"
    assert "<script>" in found["text"]
    assert await lab.good("quote", {"id": found["id"]}) == found
    assert str(tmp_path) not in str(found), "no path of this machine is told with a passage"
    left = await lab.good("discard", {"path": shelves["sources"][0]["path"]})
    assert left == {"sources": [], "skipped": [], "embedded": None}
    status, problem = await lab.call("quote", {"id": found["id"]})
    assert (status, problem["code"]) == (404, "not_found")
    assert lab.model.calls == []


async def test_only_what_the_server_shows_can_be_added(start: Starting, tmp_path: Path) -> None:
    """T9: not what a path, a link or a notebook's metadata leads to."""
    filled(tmp_path / "outside")
    filled(tmp_path / "root")
    (tmp_path / "root" / "link").symlink_to(tmp_path / "outside")
    lab = await start()
    for path in (
        "../outside",
        str(tmp_path / "outside"),
        "link",
        "link/texts",
        "texts/../../outside",
        "RTC:../outside",
    ):
        status, problem = await lab.call("collect", {"id": an_id(1), "paths": [path]})
        assert (status, problem["code"]) == (400, "bad_input"), path
    assert (await lab.good("shelves", {}))["sources"] == []


async def test_it_is_stopped_by_its_id_and_goes_on(start: Starting, tmp_path: Path) -> None:
    folder = filled(tmp_path / "root")
    for number in range(60):
        (folder / f"{number}.md").write_text("word " * 200, "utf-8")
    lab = await start()
    async with lab.stream("collect", {"id": an_id(1), "paths": ["texts"]}) as events:
        steps = [await anext(events)]
        await lab.good("cancel", {"id": an_id(1)})
        steps += [event async for event in events]
    assert steps[-1]["stopped"] is True
    assert steps[-1]["shelves"]["sources"][0]["documents"] < 62
    again = await lab.all("collect", {"id": an_id(2)})
    assert again[-1]["stopped"] is False
    assert again[-1]["shelves"]["sources"][0]["documents"] == 62
