"""The one place that chooses adapters and hands them to the acts."""

from __future__ import annotations

import os
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from jupyter_reconst.config import Config
from jupyter_reconst.core.nouns import Person, ulid
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.scopes import Layer
from jupyter_reconst.library.files import Files
from jupyter_reconst.library.minilm import MiniLM
from jupyter_reconst.models.addresses import Rules
from jupyter_reconst.models.local import Embedded
from jupyter_reconst.models.profiles import Profiles
from jupyter_reconst.models.registry import Registry
from jupyter_reconst.notebook.open import OpenDocuments
from jupyter_reconst.notebook.scopes import ScopeFiles
from jupyter_reconst.packs.wiki import FolderWiki
from jupyter_reconst.provers.assistants import SYSTEMS, Assistant
from jupyter_reconst.provers.solvers import Solvers
from jupyter_reconst.registries.allowed import Allowed
from jupyter_reconst.store.identities import FileIdentities
from jupyter_reconst.store.journal import SqlJournal
from jupyter_reconst.store.library import SqlLibrary
from jupyter_reconst.store.restore import restored
from jupyter_reconst.store.trust import FileTrust

OWNER = "local"
"""Who everything belongs to where no Hub says who is asking: the owner of the data directory."""

SAMPLES = Path(__file__).parent / "samples"


@dataclass(frozen=True, slots=True)
class Reconst:
    """Everything, ready for use in one event loop."""

    ports: Ports
    person: Person
    journal: SqlJournal
    documents: OpenDocuments
    profiles: Profiles
    models: Registry
    wiki: FolderWiki
    library: SqlLibrary
    registries: Allowed
    reader: Files
    embedder: MiniLM | None
    retention_days: int | None

    async def close(self) -> None:
        """Finish what is being written, end clients and child processes."""
        await self.models.close()
        await self.reader.rest()
        if self.embedder is not None:
            await self.embedder.rest()
        await self.registries.close()
        await self.library.close()
        await self.journal.close()


def owner_of(user: str) -> str:
    """Who a signed-in user's lines belong to."""
    return f"user:{user}"[:200] if user else OWNER


def _owner(config: Config) -> str:
    """Who a process without a server acts for."""
    return owner_of(os.environ.get("JUPYTERHUB_USER", "")) if config.per_user else OWNER


class SystemClock:
    """The machine's clock. Ids of one process count up even within a millisecond, or when the clock is set back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = (0, 0)

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(timezone.utc)

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()

    def id(self) -> str:
        """A new ULID."""
        with self._lock:
            made = (time.time_ns() // 1_000_000, secrets.randbits(79))
            if made[0] <= self._last[0]:
                made = (self._last[0], self._last[1] + 1)
            self._last = made
        return ulid(made[0], made[1].to_bytes(10, "big"))


def build(config: Config, root: Path | None = None) -> Reconst:
    """Wire the adapters. `root` is a server's folder of notebooks; without one, paths are files'.

    Raises BadInput for settings that cannot be used. Nothing is opened or imported before it is needed.
    """
    directory = config.directory
    clock = SystemClock()
    journal = SqlJournal(directory, config.database_url)
    scopes = ScopeFiles(directory, root)
    documents = OpenDocuments(FileIdentities(directory), clock.id, root, scopes)
    model = Path(config.model_path).expanduser() if config.model_path else None
    embedded = Embedded(model) if config.embedded else None
    profiles = Profiles(
        directory,
        config.profiles,
        os.environ,
        default=config.default_profile,
        rules=Rules(tuple(config.allowed_endpoints), config.allow_link_local),
        embedded=embedded,
    )
    prover = Solvers(config.prover_seconds, config.prover_megabytes)
    assistant = Assistant(SYSTEMS[config.proof_assistant]) if config.proof_assistant else None
    models = Registry(profiles, config.prices, SAMPLES, embedded)
    library, reader = SqlLibrary(directory, root), Files(root)
    embedder = MiniLM() if config.semantic else None
    registries = Allowed(config.lookups, config.lookup_mail)
    return Reconst(
        ports=Ports(
            journal,
            FileTrust(directory),
            documents,
            models,
            clock,
            scopes,
            prover=prover,
            assistant=assistant,
            library=library,
            reader=reader,
            embedder=embedder,
            registries=registries,
        ),
        person=Person(owner=_owner(config)),
        journal=journal,
        documents=documents,
        profiles=profiles,
        models=models,
        wiki=wiki_of(config, root),
        library=library,
        reader=reader,
        registries=registries,
        embedder=embedder,
        retention_days=config.retention_days or None,
    )


def around(config: Config, notebook: Path) -> tuple[Layer, ...]:
    """The files of the farther scopes around a notebook's file, for this user without a server."""
    return ScopeFiles(config.directory).around(_owner(config), notebook.resolve())


def headless() -> Config:
    """The settings that a server of this user would have: `c.Reconst.*` of Jupyter's configuration files."""
    from jupyter_core.application import JupyterApp

    config = Config()
    for name in ("jupyter_server_config", "jupyter_reconst_config"):
        app = JupyterApp(config_file_name=name)
        app.load_config_file()
        for setting, value in app.config.get("Reconst", {}).items():
            if config.has_trait(setting):
                setattr(config, setting, value)
    return config


def wiki_of(config: Config, root: Path | None = None) -> FolderWiki:
    """Installed packs, and the folders that the settings name."""
    return FolderWiki((root or Path()) / Path(folder).expanduser() for folder in config.wiki)


def restore_store(config: Config, copy: Path) -> Path | None:
    """Put a copy of the feedback store in place; returns where the present one was kept, if there was one."""
    return restored(config.directory, config.database_url, copy)
