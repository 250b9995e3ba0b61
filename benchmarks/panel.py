"""500 articles in a notebook of 5,000 cells, in Chromium: how soon the panel shows them, and what a change then costs.

Beside the same notebook with one article, turn about. A change is a word in a cell: the page's thread works, tells the
server of it, and draws the panel anew where something is different.
"""

from __future__ import annotations

from _measure import browsed, close, differences, interval


def main() -> None:
    found = browsed("panel")["panel"]
    (many, one), (changed, base) = found["opening"], found["change"]
    figures = {
        "opening_ms": interval(many),
        "opening_one_article_ms": interval(one),
        "change_work_ms": interval(changed),
        "change_work_one_article_ms": interval(base),
        "change_work_added_ms": differences(changed, base),
    }
    goals = {
        "opening_ms": (figures["opening_ms"]["median"], 200),
        "change_work_added_ms": (figures["change_work_added_ms"]["median"], 50),
    }
    close("panel", figures, goals)


if __name__ == "__main__":
    main()
