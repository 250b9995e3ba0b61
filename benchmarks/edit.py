"""One word of one scoped article out of ten is edited, over 1,000 turns of which 8 % are in its scope.

The full run, then the run after the edit: calls, wall and CPU-seconds, for `jupyter reconst check`, and for promptfoo
and Inspect with their caches on, which send the ten articles as one system message. Ours also judges which article
belongs to which turn, so its full run makes eleven calls a turn; after an edit of THEN it asks again what is in scope.
After an edit of WHEN the clause is judged anew on every turn, which is said beside it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _measure import close
from _ours import article, check, notebook
from _peers import Peer, here
from _slow import asked, endpoint

from jupyter_reconst.core.constitution import Article
from jupyter_reconst.prompts.compose import preface

TURNS, AT_ONCE, SECONDS = 1_000, 64, 0.2
TOPICS = ("lemmas", "graphs", "primes", "groups", "limits", "knots", "rings", "fields", "sets", "proofs")


def topic(turn: int) -> str:
    """8 % of the turns are about the first topic, the others about the rest in turn."""
    return TOPICS[0] if turn % 25 < 2 else TOPICS[1 + turn % 9]


def law(then: str, when: str = "") -> list[Article]:
    """Ten scoped articles; the first one says `then`."""
    others = [article(n, f"name the {name}", f"topic {name}") for n, name in enumerate(TOPICS[1:], 2)]
    return [article(1, then, f"topic {TOPICS[0]}{when}"), *others]


def main() -> None:
    peers, missing = here()
    with tempfile.TemporaryDirectory(prefix="reconst-edit-") as folder, endpoint(SECONDS) as url:
        home = Path(folder)
        questions = [f"Question {n} about topic {topic(n)}?" for n in range(TURNS)]

        def counted(run: Callable[[], tuple[float, float]]) -> dict[str, Any]:
            before = asked(url)
            wall, cpu = run()
            return {"calls": asked(url) - before, "wall_seconds": round(wall, 2), "cpu_seconds": round(cpu, 2)}

        def ours(articles: list[Article]) -> dict[str, Any]:
            path = home / "cases.ipynb"
            accept = notebook(path, articles, questions)
            return counted(lambda: check(path, accept, url, home / "ours", AT_ONCE))

        def theirs(peer: Peer, articles: list[Article]) -> dict[str, Any]:
            system = preface("", articles)
            return counted(lambda: peer.ask(home / peer.name, url, system, questions, AT_ONCE))

        first, edited = law("be brief"), law("be terse")
        figures: dict[str, Any] = {
            "ours": {
                "full": ours(first),
                "after_an_edit_of_then": ours(edited),
                "after_an_edit_of_when": ours(law("be terse", " alone")),
            }
        }
        for peer in peers:
            figures[peer.name] = {"full": theirs(peer, first), "after_an_edit": theirs(peer, edited)}
    after, in_scope = figures["ours"]["after_an_edit_of_then"], sum(topic(n) == TOPICS[0] for n in range(TURNS))
    goals = {"calls_after_an_edit": (after["calls"], in_scope)}
    for peer in peers:
        for what in ("wall_seconds", "cpu_seconds"):
            goals[f"{what}_beside_{peer.name}"] = (after[what] / figures[peer.name]["after_an_edit"][what], 1.0)
    close("edit", {**figures, "in_scope": in_scope, "left_out": missing}, goals)


if __name__ == "__main__":
    main()
