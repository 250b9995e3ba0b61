"""What all handlers share: the wired adapters, what is running, and who is asking. Nearly empty at first.

Everything belongs to the person whose name the Hub vouches for, and is shown with this name; without a Hub to the owner
of the data directory, who says a name of their own, because Jupyter makes up another anonymous one for every request
without a cookie.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_reconst.acts.spending import Spending
    from jupyter_reconst.config import Config
    from jupyter_reconst.core.nouns import Person
    from jupyter_reconst.doors.server.running import Running
    from jupyter_reconst.wiring import Reconst


class Room:
    """Shared by the handlers of one server."""

    reconst: Reconst
    running: Running
    spending: Spending

    def __init__(self, config: Config, root: Path) -> None:
        self.config = config
        self.ready = False
        self._root = root
        self._lock = threading.Lock()
        self._names: dict[str, str] = {}
        self._visits: set[str] = set()
        self._warming = False

    def prepare(self) -> None:
        """Wire the adapters, once; on a thread, since it imports them. Raises BadInput for unusable settings."""
        with self._lock:
            if self.ready:
                return
            from jupyter_reconst.acts.spending import Spending
            from jupyter_reconst.doors.server.running import Running
            from jupyter_reconst.wiring import build

            self.reconst = build(self.config, self._root)
            self.running = Running()
            self.spending = Spending()
            self.ready = True

    async def person(self, user: Any) -> Person:
        """Who is asking. A store that cannot be read costs the display name, not the answer."""
        from jupyter_reconst.acts.name import name_of
        from jupyter_reconst.core.errors import StoreError
        from jupyter_reconst.core.nouns import Person
        from jupyter_reconst.wiring import owner_of

        if self.config.per_user:
            return Person(owner=owner_of(user.username), name=(user.display_name or user.username)[:200])
        owner = self.reconst.person.owner
        if owner not in self._names:
            try:
                self._names[owner] = await name_of(self.reconst.ports, owner)
            except StoreError:
                return Person(owner=owner)
        return Person(owner=owner, name=self._names[owner])

    def named(self, person: Person) -> None:
        """Remember a name that was just given."""
        self._names[person.owner] = person.name

    def first_visit(self, person: Person) -> bool:
        """Whether this person's page asks for the first time since the server began."""
        first = person.owner not in self._visits
        self._visits.add(person.owner)
        return first

    def warm(self) -> None:
        """Import what the first ask will need, a moment after the first page has asked how things are."""
        if not self._warming:
            self._warming = True
            timer = threading.Timer(0.5, _warm, (self.reconst,))
            timer.daemon = True
            timer.start()

    async def close(self) -> None:
        """Stop what runs, then let go of everything."""
        if self.ready:
            await self.running.close()
            await self.reconst.close()


def _warm(reconst: Reconst) -> None:
    reconst.models.warm()
    from jupyter_reconst.doors.server import asking, correcting, previewing, ratifying  # noqa: F401
