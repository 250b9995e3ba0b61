"""The server extension: settings and routes; the core is imported on the first request."""

from __future__ import annotations

from pathlib import Path

from jupyter_server.extension.application import ExtensionApp

from jupyter_reconst.config import Config
from jupyter_reconst.doors.server.room import Room
from jupyter_reconst.doors.server.routes import ROUTES
from jupyter_reconst.doors.server.verb import VerbHandler


class Reconst(Config, ExtensionApp):
    """jupyter_reconst in a Jupyter server; its settings are `c.Reconst.*`."""

    name = "jupyter_reconst"
    extension_url = "/lab"
    load_other_extensions = True

    def initialize_settings(self) -> None:
        """What the handlers share."""
        root = self.serverapp.root_dir if self.serverapp else "."
        self.room = Room(self, Path(root))
        self.settings["reconst"] = self.room

    def initialize_handlers(self) -> None:
        """One route for each verb."""
        self.handlers.extend(
            (rf"/reconst/{route.verb}/?", VerbHandler, {"route": route, "room": self.room}) for route in ROUTES
        )

    async def stop_extension(self) -> None:
        """Stop what runs, then let go of the store and the models."""
        await self.room.close()
