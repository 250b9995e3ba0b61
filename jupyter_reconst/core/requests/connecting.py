"""Status, profiles and endpoints: which model answers, and who asks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr

from jupyter_reconst.core.errors import Problem
from jupyter_reconst.core.nouns import Line, Noun, Person
from jupyter_reconst.core.ports import ModelInfo


class Status(Noun):
    """What the sidebar shows before anything else."""

    version: str
    person: Person
    named: bool = Field(description="Whether the person has said which name to show")
    model: ModelInfo | None = None
    store: Problem | None = Field(default=None, description="Set while the store can only be read, or not at all")
    spent: float | None = Field(default=None, description="US dollars today; none where a price is unknown")
    calls: int = Field(default=0, description="Model calls today")


class Profile(Noun):
    """One way to reach a model. The key is never among these: it stays with the server."""

    name: Line
    base_url: str = Field(default="", max_length=2_000, description="Empty for the embedded model")
    model: Line = ""
    has_key: bool = False
    embedded: bool = False
    editable: bool = Field(default=True, description="False where the operator's configuration says it")
    timeout: float = Field(default=60, gt=0, le=3_600, description="Seconds without a token until *still waiting*")
    context: int | None = Field(
        default=None, ge=1, description="What its model takes, in tokens, whatever the endpoint says"
    )
    at_once: int = Field(default=8, ge=1, le=256, description="Calls of one preview that may be under way together")
    warning: str = Field(
        default="", max_length=400, description="What to know before sending there; said by the server"
    )


class Profiles(Noun):
    """All profiles, and which one is used."""

    profiles: tuple[Profile, ...]
    chosen: Line | None = None


class Connect(Noun):
    """Save a profile. An absent key keeps the stored one; an empty key removes it."""

    profile: Profile
    key: Annotated[SecretStr, Field(max_length=4_000)] | None = None
    choose: bool = True


class Probing(Noun):
    """Try an endpoint before saving it."""

    base_url: str = Field(max_length=2_000)
    key: Annotated[SecretStr, Field(max_length=4_000)] | None = None
    profile: Line | None = Field(default=None, description="Use this profile's stored key")


class Probed(Noun):
    """What the endpoint answered."""

    ok: bool
    models: tuple[str, ...] = ()
    problem: Problem | None = None
    warning: str = ""


class Choose(Noun):
    """Use another profile, or another of its models."""

    profile: Line
    model: Line | None = None


class Disconnect(Noun):
    """Remove a profile and its key."""

    profile: Line


class Name(Noun):
    """The name to show beside one's acts."""

    name: Line
