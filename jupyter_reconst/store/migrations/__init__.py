"""Bring a store to this version's tables, in process, at opening. A store of a newer version is left alone.

Alembic is imported only when there is something to do: it costs a third of a second.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

HERE = Path(__file__).parent
KNOWN = tuple(sorted(path.stem.split("_")[0] for path in (HERE / "versions").glob("[0-9]*_*.py")))
HEAD = KNOWN[-1]


def version(connection: Connection) -> str | None:
    """The store's version; none for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(connection: Connection) -> None:
    """Bring the tables to `HEAD`, within the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
