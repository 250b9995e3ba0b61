"""Finding references in replies: the forms, what is none, spans, links, names of every script, and hostile texts."""

from __future__ import annotations

import time

import pytest

from jupyter_reconst.core.references.find import references
from jupyter_reconst.core.references.ids import identifiers


def families(one):
    return [author.family for author in one.authors]


def found(text):
    some = references(text)
    for one in some:
        assert text[one.start : one.end] == one.quote
    return some


@pytest.mark.parametrize(
    ("text", "who", "year"),
    [
        ("As Lee (2019) shows, it holds.", ["Lee"], 2019),
        ("It holds (Park & Kim, 2017).", ["Park", "Kim"], 2017),
        ("It holds (see Lee et al., 2019a, p. 3).", ["Lee"], 2019),
        ("Müller and de la Cruz (2001) disagree.", ["Müller", "de la Cruz"], 2001),
        ("This is due to O'Brien's (1999) paper.", ["O'Brien"], 1999),
        ("По мнению Колмогоров (1933), это так.", ["Колмогоров"], 1933),
        ("王 (2020) 指出了这一点。", ["王"], 2020),
    ],
)
def test_citations_in_passing(text, who, year):
    (one,) = found(text)
    assert (one.form, families(one), one.year) == ("citation", who, year)


def test_several_in_one_bracket():
    some = found("It holds (Park & Kim, 2017; see Lee et al., 2019a, p. 3; Wu, 2003).")
    assert [(families(one), one.year) for one in some] == [(["Park", "Kim"], 2017), (["Lee"], 2019), (["Wu"], 2003)]


def test_a_title_beside_the_names_is_taken_along():
    (one,) = found("“Attention Is All You Need” (Vaswani et al., 2017) began it.")
    assert one.title == "Attention Is All You Need"
    (one,) = found("See *Causal Inference in Statistics* by Pearl (2016).")
    assert one.title == "Causal Inference in Statistics"


@pytest.mark.parametrize(
    "text",
    [
        "Table 2 (2019) and Figure 3 (2020).",
        "Python 3.11 (2022) and Python (2022).",
        "In May (2019) and in March 2020.",
        "```\nLee, J. (2019). A title of it. Journal of X, 3(2), 4-5. doi:10.1000/1\n```",
        "In `Lee (2019)` and $x = (2019)$ and \\(Lee (2019)\\).",
        "Larry Page and Sergey Brin founded it in 1998.",
        "The interval [3, 5] of A. B. and C. D. is 12.5% (2015).",
        "Version 10.15 of 2020, 10:15 o'clock, 10.1.",
    ],
)
def test_what_is_none(text):
    assert found(text) == ()


def test_entries_keep_their_numbers_and_are_mentioned():
    text = (
        "It is so [1, 2], and Lee (2019) agrees [1-2].\n\n## References\n\n"
        "[1] J. Lee, “On things and their names,” *J. Things*, vol. 3, no. 2, pp. 4–5, 2019.\n"
        "[2] Park, K. (2017). Other things. Journal of Things, 1, 2-3. https://doi.org/10.1000/ABC.1\n"
    )
    one, two = found(text)
    assert (one.label, one.title, one.year, one.pages) == ("1", "On things and their names", 2019, "4–5")
    assert (two.label, two.doi, two.container) == ("2", "10.1000/abc.1", "Journal of Things")
    assert [text[m.start : m.end] for m in one.mentions] == ["[1, 2]", "Lee (2019)", "[1-2]"]


def test_bare_identifiers_and_their_addresses():
    text = "See doi:10.1000/182, https://arxiv.org/abs/2101.00001v2, arXiv:math/0309136 and (https://doi.org/10.1/a)."
    assert [(one.doi, one.arxiv) for one in found(text)] == [
        ("10.1000/182", ""),
        ("", "2101.00001"),
        ("", "math/0309136"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("10.1016/0304-4076(88)90079-6.", "10.1016/0304-4076(88)90079-6"),
        ("(doi:10.1000/ABC)", "10.1000/abc"),
        ("https://doi.org/10.48550/arXiv.2305.04330.", "2305.04330"),
        ("https://dx.doi.org/10.1002%2Fsim.5947", "10.1002/sim.5947"),
        ("[x](https://arxiv.org/pdf/1503.04476v1.pdf)", "1503.04476"),
    ],
)
def test_identifiers_end_where_they_end(text, name):
    assert [one.name for one in identifiers(text)] == [name]


def test_bibtex_in_a_block_of_code():
    text = (
        "```bibtex\n@article{lee19, author = {Lee, Jane and Karl von Park}, title = {On {T}hings},\n"
        '  journal = "Things", year = 2019, pages = {1--2}, doi = {10.1000/X}, eprint={1901.00001}, '
        "archivePrefix={arXiv}}\n```\n"
    )
    (one,) = found(text)
    assert (one.label, families(one), one.title, one.year) == ("lee19", ["Lee", "von Park"], "On Things", 2019)
    assert (one.container, one.pages, one.doi, one.arxiv) == ("Things", "1–2", "10.1000/x", "1901.00001")


def test_an_annotated_entry_ends_before_what_is_said_of_it():
    (one,) = found(
        "- **Vaswani et al. (2017)**. *Attention is all you need*. NeurIPS 30. — introduces the transformer."
    )
    assert (families(one), one.year, one.title) == (["Vaswani"], 2017, "Attention is all you need")
    assert "introduces" not in one.quote


def test_the_same_text_gives_the_same_spans_beyond_the_basic_plane():
    text = "𝔸𝔹 🎓 as Lee (2019) says 🎓 (Park, 2017)."
    assert [text[one.start : one.end] for one in found(text)] == ["Lee (2019)", "Park, 2017"]


WORST = ["Aa B, ", '"Aa ', "Lee, J. “", "A. ", "van ", "\\("]
OTHERS = [
    "Lee, J., ",
    "Lee, J. (2019). A title. J. of X, 3(2), 4-5. ",
    "(",
    "Aa ",
    "10.1234/",
    ")]",
    "@article{a, ",
    ". ",
]
OTHERS += [
    "@article{a, title={",
    "(Lee, 2019; ",
    "- A\n",
    "```\n",
    "$a ",
    "*",
    "`a",
    "http://",
    "arXiv:",
    "A-",
    "[1,2]",
    " — ",
    "a",
]


@pytest.mark.parametrize("piece", WORST)
def test_a_megabyte_of_anything_takes_seconds(piece):
    """T13: the processor's time is counted, so that a busy machine does not fail it."""
    assert seconds(piece, 1_000_000) < 6


@pytest.mark.parametrize("piece", OTHERS)
def test_time_grows_with_the_text(piece):
    """Ten times the text; work in proportion to the square of its length would take a hundred times as long."""
    short = min(seconds(piece, 8_000) for _ in range(5))
    most = 20 * max(short, 0.003)
    assert any(seconds(piece, 80_000) < most for _ in range(3))


def seconds(piece, size):
    """The processor's, not the clock's: whatever else the machine does takes no part in it."""
    text = ("## References\n- " + piece * (size // len(piece)))[:size]
    began = time.process_time()
    references(text)
    return time.process_time() - began
