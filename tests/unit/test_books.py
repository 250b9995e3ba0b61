"""What the readers of a library make of files: passages by heading, page and cell, entries, and reasons."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jupyter_reconst.core.library import Author, Entry, Passage, Work
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.library.reading import read
from jupyter_reconst.library.words import MOST, Unreadable, decoded, passages
from jupyter_reconst.library.works import csl
from jupyter_reconst.store.pruning import close_to, pruned, ranked, tokens
from tests import books


def said(name: str, data: bytes) -> tuple[list[Entry], list[tuple[str, str]], str]:
    """What the child would send: entries, passages, and why it stopped."""
    found: list[dict[str, Any]] = []
    why = ""
    try:
        for one in read(name, data):
            found.append(one)
    except Unreadable as error:
        why = str(error)
    entries = [Entry.model_validate(one["entry"]) for one in found if "entry" in one]
    return entries, [(one["locator"], one["text"]) for one in found if "text" in one], why


def test_passages_keep_every_word_and_stay_short() -> None:
    sentence = "It is said here that a passage ends where a sentence does. "
    text = "\n\n".join([sentence * 3, sentence * 60, "x" * 5_000, "end"])
    found = list(passages(text))
    assert all(len(one) <= MOST for one in found)
    assert "".join("".join(found).split()) == "".join(text.split())
    whole = [one for one in found if one.startswith("It is")]
    assert all(one.rstrip().endswith((".", "x")) for one in whole)
    assert sum(len(one) >= 800 for one in whole) >= len(whole) - 2
    assert list(passages(" \n\n\t\n")) == []


def test_markdown_is_cut_at_its_headings() -> None:
    text = "---\ntitle: 'My notes'\n---\nBefore.\n# One\na\n```sh\n# no heading\n```\n## Two ##\nb\n"
    entries, found, why = said("notes.md", b"\xef\xbb\xbf" + text.encode())
    assert (entries[0].title, entries[0].type, why) == ("My notes", "file", "")
    assert [where for where, _ in found] == ["", "§ One", "§ Two"]
    assert "# no heading" in found[1][1]
    assert said("plain.md", b"nothing but words")[0][0].title == "plain"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é".encode(), "é"),
        ("é".encode("cp1252"), "é"),
        ("é".encode("utf-16"), "é"),
        (b"\xff\xfe\x00\x00" + "é".encode("utf-32-le"), "é"),
        (b"a\r\nb\rc\xc2\xa0d\xe2\x80\x8be", "a\nb\nc de"),
        ("\u202eevil \U000e0041".encode(), "⟦U+202E⟧evil ⟦U+E0041⟧"),
    ],
)
def test_any_old_encoding_is_read_and_nothing_hides(data: bytes, text: str) -> None:
    assert decoded(data) == text
    assert spelled(text) == text


def test_what_is_no_text_says_so() -> None:
    assert said("a.md", b"\x7fELF\x00\x00")[2] == "It is no text."
    assert said("a.md", b"\xff\xfea")[2] == "It says that it is UTF-16, and is not."


def test_a_notebook_is_read_by_its_cells_and_no_reply_of_a_model_is_a_source() -> None:
    data = books.notebook(
        {"cell_type": "markdown", "source": ["# Title\n", "words"]},
        {
            "cell_type": "code",
            "source": "print(6 * 7)",
            "outputs": [
                {"output_type": "stream", "text": ["42\n"]},
                {"output_type": "display_data", "data": {"text/plain": "<Figure>", "image/png": "AAAA"}},
                {"data": {"application/vnd.reconst.turn+json": {}, "text/plain": "Smith (2099) proves it."}},
            ],
        },
        {"cell_type": "code", "source": 7, "outputs": "no list"},
    )
    entries, found, why = said("a.ipynb", data)
    assert (entries[0].title, why) == ("Title", "")
    assert found == [
        ("cell 1", "# Title\nwords"),
        ("cell 2", "print(6 * 7)"),
        ("cell 2", "42"),
        ("cell 2", "<Figure>"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.ipynb", b"{" * 200_000, "It is no notebook: its JSON cannot be read."),
        ("a.ipynb", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "It is no notebook: its JSON cannot be read."),
        ("a.ipynb", b'{"nbformat": 3, "worksheets": []}', "It is no notebook of version 4."),
        ("a.json", b"[" * 200_000, "Its JSON cannot be read."),
        ("a.json", b'{"name": "package"}', "It is no CSL-JSON."),
        ("a.bib", b"no entry at all", "It holds no BibTeX entry that can be read."),
        ("a.pdf", b"%PDF-1.7 and then nothing", "It cannot be read as PDF (PdfStreamError)."),
        ("a.pdf", b"", "It cannot be read as PDF (EmptyFileError)."),
        ("a.pdf", books.pdf(""), "It holds no text: pictures of pages cannot be read."),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, why: str) -> None:
    assert said(name, data)[2] == why


def test_a_pdf_is_read_by_its_pages() -> None:
    entries, found, why = said("papers/paper.pdf", books.pdf("arXiv:1611.08219v3  [cs.AI] first page", "second"))
    assert (entries[0].title, entries[0].arxiv, why) == ("paper", "1611.08219", "")
    assert [where for where, _ in found] == ["p. 1", "p. 2"]
    assert found[1][1].strip() == "second"


def test_a_broken_page_is_named_and_the_others_are_read() -> None:
    head, first, second, third = books.pdf("first", "second", "third").split(b"/FlateDecode")
    broken = b"/FlateDecode".join([head, first + b"/NoSuchCode_" + second, third])
    _, found, why = said("a.pdf", broken)
    assert [where for where, _ in found] == ["p. 1", "p. 3"]
    assert why == "These pages cannot be read: 2"


def test_bibtex_is_read_with_its_accents_names_and_numbers() -> None:
    entries, found, why = said("a.bib", b"\xef\xbb\xbf" + books.BIB.encode())
    assert why == ""
    goedel, switch = entries
    assert goedel.title == "Über formal unentscheidbare Sätze & $x^2$"
    assert goedel.authors == (
        Author(family="Gödel", given="Kurt"),
        Author(family="van der Waerden", given="B. L."),
        Author(family="World Health Organization"),
    )
    assert (goedel.key, goedel.year, goedel.doi) == ("goedel", 1931, "10.1007/bf01700692")
    assert (goedel.container, goedel.file) == ("Monatshefte für Mathematik", "texts/goedel.pdf")
    assert [author.family for author in switch.authors] == ["Hadfield-Menell"]
    assert (switch.arxiv, switch.url, switch.year) == ("1611.08219", "", 2017)
    assert "Es gibt Sätze ohne Beweis." in found[0][1]


@pytest.mark.parametrize(
    ("field", "file"),
    [
        ("/home/a/Zotero/x.pdf", "/home/a/Zotero/x.pdf"),
        ("Full Text:files/3/x.pdf:application/pdf", "files/3/x.pdf"),
        (":x\\:y.pdf:PDF;:z.pdf:PDF", "x:y.pdf"),
        ("", ""),
    ],
)
def test_the_file_that_a_bibliography_names(field: str, file: str) -> None:
    ((entry,), _, _) = said("a.bib", f"@misc{{a, title={{T}}, file={{{field}}}}}".encode())
    assert entry.file == file


def test_csl_json_is_read() -> None:
    (first, _), (second, _) = csl(books.CSL.encode())
    assert first.title == "Corrigibility"
    assert [author.family for author in first.authors] == ["Soares", "MIRI"]
    assert (first.year, first.doi, first.arxiv) == (2015, "10.1000/abc", "1501.00001")
    assert (second.year, second.authors, second.type) == (None, (), "book")


def test_no_bibliography_passes_for_a_file() -> None:
    (entry, _) = next(csl(json.dumps([{"type": "file", "title": "/etc/passwd"}]).encode()))
    assert entry.type != "file"


def test_labels_are_as_people_cite() -> None:
    names = [Author(family=name) for name in ("Ana", "Ben", "Cleo")]
    entry = Entry(id="0" * 32, title="On it", year=2020)
    cited = [entry.model_copy(update={"authors": tuple(names[:n])}).label for n in range(4)]
    assert cited == ["On it", "Ana 2020", "Ana and Ben 2020", "Ana et al. 2020"]
    passage = Passage(id="0" * 32, entry=entry.model_copy(update={"authors": tuple(names)}), locator="p. 4", text="x")
    assert passage.label == "Ana et al. 2020, p. 4"


def test_rare_words_are_kept_within_a_budget() -> None:
    counts = {"the": 90_000, "agent": 5_000, "switch": 300, "unheard": 0, "game": 2_000}
    assert pruned(counts, 3_000) == ["switch", "game"]
    assert pruned({"the": 90_000}, 3_000) == ["the"]
    assert pruned({"unheard": 0}) == []
    assert tokens("Über_die  Sätze, ÜBER x²") == ["uber", "die", "satze", "x2"]


def test_all_words_rank_what_the_rare_ones_found() -> None:
    texts = [(1, "switch off the robot"), (2, "switch the agent off in a game"), (3, "nothing of it")]
    counts = {"switch": 2, "agent": 5, "game": 4, "robot": 60, "gone": 0}
    assert ranked(texts, counts, 100) == [2, 1, 3]
    assert ranked([], counts, 100) == []


@pytest.mark.parametrize(
    ("work", "close"),
    [
        (Work(doi="10.1/x"), 1.0),
        (Work(arxiv="1611.08219"), 1.0),
        (Work(title="The off-switch game"), 0.9),
        (Work(title="The on-switch game and other stories"), 0.0),
        (Work(title="Game"), 0.0),
        (Work(authors=(Author(family="Hadfield-Menell"),), year=2017), 0.5),
        (Work(authors=(Author(family="Hadfield-Menell"),), year=2018), 0.0),
        (Work(authors=(Author(family="Hadfield-Menell"),)), 0.0),
        (Work(), 0.0),
    ],
)
def test_how_close_a_work_is(work: Work, close: float) -> None:
    entry = Entry(
        id="0" * 32,
        title="The Off-Switch Game",
        authors=(Author(family="Hadfield-Menell"),),
        year=2017,
        doi="10.1/x",
        arxiv="1611.08219",
    )
    assert close_to(work, entry) == close
