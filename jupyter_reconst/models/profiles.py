"""The ways to reach a model: the operator's, the environment's, and the person's own, with their keys.

Nothing else may name an endpoint: not a notebook, not a request to ask. A key goes in and is never given back; it
belongs to the address it was typed for, so a profile that moves to another host loses it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from jupyter_reconst.core import requests as wire
from jupyter_reconst.core.errors import BadInput, NotFound, ReconstError
from jupyter_reconst.models.addresses import Lookup, Rules, warning
from jupyter_reconst.models.faults import without
from jupyter_reconst.models.keys import Key, Secrets, read, secrets, write
from jupyter_reconst.models.local import PROFILE, Embedded
from jupyter_reconst.models.openai import Endpoint

ENVIRONMENT = "environment"
"""The name of the profile made from `OPENAI_API_KEY`, `OPENAI_BASE_URL` and `OPENAI_MODEL`."""

_OPENAI = "https://api.openai.com/v1"
_RULES = Rules()
AT_ONCE = 8
"""Calls of one run that are under way together where nobody says otherwise."""

_LISTED = 1_000
"""How many models of an endpoint are listed."""


@dataclass(frozen=True, slots=True)
class Way:
    """A profile with its key: what it takes to make a call."""

    profile: wire.Profile
    key: Key = field(default_factory=lambda: Key(""))


class Profiles:
    """All profiles of one data directory.

    `configured` are the operator's: mappings with `name`, `base_url`, and optionally `model`, `api_key` or
    `api_key_env`, `timeout`, `context`, `at_once`. `default` names the one for people who have not chosen. Raises
    BadInput for a configured profile that cannot be used. The verbs take and give the nouns of the wire contract.
    """

    def __init__(
        self,
        data_dir: Path,
        configured: Sequence[Mapping[str, Any]] = (),
        environ: Mapping[str, str] | None = None,
        *,
        default: str = "",
        rules: Rules = _RULES,
        kept: Secrets | None = None,
        embedded: Embedded | None = None,
    ) -> None:
        self.rules = rules
        self._file = data_dir / "profiles.json"
        self._default = default
        self._kept = kept or secrets(data_dir)
        self._embedded = embedded
        self._contexts: dict[str, dict[str, int]] = {}
        environ = environ or {}
        self._given = {way.profile.name: way for way in (_configured(c, environ, rules) for c in configured)}
        found = _environment(environ, rules)
        if found is not None:
            self._given.setdefault(ENVIRONMENT, found)

    async def profiles(self) -> wire.Profiles:
        """All of them, without their keys, and which one is used."""
        return await asyncio.to_thread(self._profiles)

    async def connect(self, request: wire.Connect) -> wire.Profiles:
        """Save a profile and its key. Raises BadInput, StoreError."""
        return await asyncio.to_thread(self._connect, request)

    async def disconnect(self, request: wire.Disconnect) -> wire.Profiles:
        """Remove a profile and its key. Raises NotFound, BadInput, StoreError."""
        return await asyncio.to_thread(self._disconnect, request)

    async def choose(self, request: wire.Choose) -> wire.Profiles:
        """Use another profile, or another of its models. Raises NotFound, StoreError."""
        return await asyncio.to_thread(self._choose, request)

    async def way(self, name: str | None = None) -> Way | None:
        """A profile with its key; the one in use where none is named. Raises NotFound."""
        return await asyncio.to_thread(self.way_now, name)

    async def probe(self, request: wire.Probing, *, lookup: Lookup | None = None) -> wire.Probed:
        """List the models of an endpoint, within 10 s. A failure is part of the answer."""
        try:
            way = await self.way(request.profile) if request.profile else None
            configured = way is not None and not way.profile.editable and way.profile.base_url == request.base_url
            url = self.rules.check(request.base_url, configured=configured)
            key = Key(request.key.get_secret_value().strip()) if request.key is not None else Key("")
            if request.key is None and way is not None:
                key = _same_host(way, url)
        except ReconstError as error:
            return wire.Probed(ok=False, problem=error.problem())
        endpoint = Endpoint(url, key, lookup=lookup or Lookup(self.rules), contexts=self.contexts(url))
        try:
            listed = await endpoint.models()
        except ReconstError as error:
            return wire.Probed(ok=False, problem=error.problem(), warning=warning(url))
        finally:
            await endpoint.close()
        names = (without("".join(c for c in entry["id"] if c.isprintable())[:200], key) for entry in listed)
        return wire.Probed(ok=True, models=tuple(sorted(set(names)))[:_LISTED], warning=warning(url))

    def contexts(self, url: str) -> dict[str, int]:
        """The context lengths that an endpoint has told of its models: for everyone who asks it to read and to fill."""
        return self._contexts.setdefault(url, {})

    def _profiles(self) -> wire.Profiles:
        file = read(self._file)
        ways = {**self._saved(file), **self._given}
        models = _strings(file.get("models"))
        shown = [
            way.profile.model_copy(
                update={
                    "model": models.get(name) or way.profile.model,
                    "has_key": bool(way.key),
                    "warning": warning(way.profile.base_url),
                }
            )
            for name, way in ways.items()
        ]
        if self._embedded is not None and not self._embedded.missing():
            shown.append(
                wire.Profile(name=PROFILE, model=self._embedded.info.model, embedded=True, editable=False, at_once=1)
            )
        names = [profile.name for profile in shown]
        preferred = (file.get("chosen"), self._default, *self._given, PROFILE)
        return wire.Profiles(profiles=tuple(shown), chosen=next((name for name in preferred if name in names), None))

    def way_now(self, name: str | None = None) -> Way | None:
        """The same, on the caller's thread."""
        listed = self._profiles()
        wanted = name or listed.chosen
        if wanted is None:
            return None
        profile = next((p for p in listed.profiles if p.name == wanted), None)
        if profile is None:
            raise NotFound("There is no profile of this name.", remedy="Choose one in Connect a model.")
        if profile.embedded:
            return Way(profile)
        way = self._given.get(wanted) or self._saved(read(self._file))[wanted]
        return Way(profile, way.key)

    def _connect(self, request: wire.Connect) -> wire.Profiles:
        name = request.profile.name.strip()
        if not name or not name.isprintable():
            raise BadInput("A profile needs a name.")
        if name in self._given or name in (PROFILE, ENVIRONMENT) or request.profile.embedded:
            raise BadInput(f"The profile {name} is not yours to change.", remedy="Choose another name.")
        url = self.rules.check(request.profile.base_url)
        file = read(self._file, strict=True)
        before = self._saved(file).get(name)
        if request.key is None:
            key = _same_host(before, url) if before is not None else Key("")
        else:
            key = Key(request.key.get_secret_value().strip())
            if any(not 32 < ord(char) < 127 for char in key.reveal()):
                raise BadInput("A key has no spaces and no special letters.", remedy="Copy the key again.")
        profile = request.profile.model_copy(update={"name": name, "base_url": url})
        saved = {entry["name"]: entry for entry in _entries(file)}
        saved[name] = profile.model_dump(include={"name", "base_url", "model", "timeout", "context", "at_once"})
        file |= {"version": 1, "profiles": list(saved.values())}
        file["models"] = {n: m for n, m in _strings(file.get("models")).items() if n != name}
        if request.choose:
            file["chosen"] = name
        if before is not None and before.profile.base_url != url:
            self._kept.put(name, Key(""))  # Whatever happens between the two writes, no key goes to another host.
        write(self._file, file)
        self._kept.put(name, key)
        return self._profiles()

    def _disconnect(self, request: wire.Disconnect) -> wire.Profiles:
        file = read(self._file, strict=True)
        saved = self._saved(file)
        if request.profile in self._given or request.profile == PROFILE:
            raise BadInput(f"The profile {request.profile} is not yours to remove.", remedy="Choose another one.")
        if request.profile not in saved:
            raise NotFound("There is no profile of this name.")
        self._kept.put(request.profile, Key(""))
        file["profiles"] = [entry for entry in _entries(file) if entry["name"] != request.profile]
        if file.get("chosen") == request.profile:
            file["chosen"] = None
        file["models"] = {n: m for n, m in _strings(file.get("models")).items() if n != request.profile}
        write(self._file, file)
        return self._profiles()

    def _choose(self, request: wire.Choose) -> wire.Profiles:
        if request.profile not in {profile.name for profile in self._profiles().profiles}:
            raise NotFound("There is no profile of this name.", remedy="Choose one in Connect a model.")
        file = read(self._file, strict=True)
        file |= {"version": 1, "chosen": request.profile}
        if request.model is not None and request.profile != PROFILE:
            file["models"] = {**_strings(file.get("models")), request.profile: request.model}
        write(self._file, file)
        return self._profiles()

    def _saved(self, file: dict[str, Any]) -> dict[str, Way]:
        """The person's own. What the file holds is checked again: its rules may have changed since."""
        found = {}
        for entry in _entries(file):
            try:
                given = {name: entry[name] for name in ("name", "base_url", "model", "timeout")}
                profile = wire.Profile(**given, context=entry.get("context"), at_once=entry.get("at_once", AT_ONCE))
                self.rules.check(profile.base_url)
            except (KeyError, ValidationError, BadInput):
                continue
            found[profile.name] = Way(profile, self._kept.get(profile.name))
        return found


def _configured(entry: Mapping[str, Any], environ: Mapping[str, str], rules: Rules) -> Way:
    known = {"name", "base_url", "model", "api_key", "api_key_env", "timeout", "context", "at_once"}
    name = str(entry.get("name", ""))
    if unknown := set(entry) - known:
        raise BadInput(f"The configured profile {name!r} has unknown settings: {', '.join(sorted(unknown))}.")
    try:
        profile = wire.Profile(
            name=name,
            base_url=rules.check(str(entry.get("base_url", "")), configured=True),
            model=entry.get("model", ""),
            timeout=entry.get("timeout", 60),
            context=entry.get("context"),
            at_once=entry.get("at_once", AT_ONCE),
            editable=False,
        )
    except ValidationError:
        raise BadInput(f"The configured profile {name!r} cannot be used.") from None
    if not name or name == PROFILE:
        raise BadInput("A configured profile needs a name of its own.")
    key = entry.get("api_key") or environ.get(str(entry.get("api_key_env", "")), "")
    return Way(profile, Key(str(key)))


def _environment(environ: Mapping[str, str], rules: Rules) -> Way | None:
    key, url = environ.get("OPENAI_API_KEY", "").strip(), environ.get("OPENAI_BASE_URL", "").strip()
    if not key and not url:
        return None
    try:
        profile = wire.Profile(
            name=ENVIRONMENT,
            base_url=rules.check(url or _OPENAI),
            model=environ.get("OPENAI_MODEL", ""),
            editable=False,
        )
    except (BadInput, ValidationError):
        return None  # The operator does not allow it, or it is no address; a server must still start.
    return Way(profile, Key(key))


def _same_host(way: Way, url: str) -> Key:
    """The stored key, for the host it was stored for."""
    if way.key and urlsplit(way.profile.base_url)[:2] != urlsplit(url)[:2]:
        raise BadInput("The stored key belongs to another address.", remedy="Type the key for the new address.")
    return way.key


def _entries(file: dict[str, Any]) -> list[dict[str, Any]]:
    found = file.get("profiles")
    return [e for e in found if isinstance(e, dict) and "name" in e] if isinstance(found, list) else []


def _strings(value: object) -> dict[str, str]:
    return {str(k): v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}
