"""A stored run of 10,000 rows in Chromium: how soon it is open, and the longest task while one scrolls through it.

It is open when its header and its first rows are there to read; the other rows come a page at a time. The length of a
task is what the page's thread worked, so that a busy machine does not stretch it.
"""

from __future__ import annotations

from _measure import browsed, close, interval


def main() -> None:
    found = browsed("rows")
    figures = {
        "opening_ms": interval(found["opening"]),
        "all_rows_ms": interval(found["all"]),
        "longest_task_scrolling_ms": interval(found["scrolling"]),
        "longest_task_showing_more_ms": interval(found["more"]),
    }
    goals = {
        "opening_ms": (figures["opening_ms"]["median"], 1_000),
        "longest_task_scrolling_ms": (figures["longest_task_scrolling_ms"]["high"], 50),
    }
    close("rows", figures, goals)


if __name__ == "__main__":
    main()
