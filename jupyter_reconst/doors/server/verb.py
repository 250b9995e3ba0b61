"""The handler of every route: signed in, allowed, same origin; then `base.serve`, imported on the first request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado import web

if TYPE_CHECKING:
    from jupyter_reconst.doors.server.room import Room
    from jupyter_reconst.doors.server.routes import Route


class VerbHandler(APIHandler):
    """One verb."""

    auth_resource = "reconst"

    def initialize(self, route: Route, room: Room) -> None:
        """Take the route that this handler stands for."""
        self.route = route
        self.room = room
        self.leave: Callable[[], object] | None = None

    @web.authenticated
    @authorized
    async def get(self) -> None:
        """A verb that only reads."""
        await self._serve("GET")

    @web.authenticated
    @authorized
    async def post(self) -> None:
        """Any other verb."""
        await self._serve("POST")

    def on_connection_close(self) -> None:
        """The client has left: what it listened to is stopped."""
        if self.leave is not None:
            self.leave()
        super().on_connection_close()

    async def _serve(self, method: str) -> None:
        if method != self.route.method:
            raise web.HTTPError(405)
        # The first request imports the core, on a thread: the server goes on meanwhile.
        base = await asyncio.to_thread(import_module, "jupyter_reconst.doors.server.base")
        await base.serve(self)
