"""The Models port: from a profile's name to a model that can be asked, one client per endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from jupyter_reconst.core.errors import NoModel, ReconstError
from jupyter_reconst.core.ports import Model, ModelInfo
from jupyter_reconst.models.addresses import Lookup, display
from jupyter_reconst.models.local import Embedded
from jupyter_reconst.models.openai import Endpoint, Limits, OpenAIModel, warm
from jupyter_reconst.models.profiles import Profiles, Way
from jupyter_reconst.models.recording import Recording, load

_LIMITS = Limits()


class Registry:
    """The models a person can ask. Belongs to one event loop.

    `prices` maps a model's name (or a pattern) to US dollars per million prompt and completion tokens.
    """

    def __init__(
        self,
        profiles: Profiles,
        prices: Mapping[str, Sequence[float]],
        samples_dir: Path,
        embedded: Embedded | None,
        *,
        limits: Limits = _LIMITS,
    ) -> None:
        self.profiles = profiles
        self._prices = prices
        self._samples = samples_dir
        self._embedded = embedded
        self._limits = limits
        self._endpoints: dict[str, Endpoint] = {}
        self._left: list[Endpoint] = []
        self._single: dict[str, str] = {}

    async def model(self, profile: str | None = None, name: str | None = None) -> Model:
        """The chosen profile's model, or the default. Raises NoModel, NotFound, ModelError."""
        way = await self.profiles.way(profile)
        if way is None:
            raise NoModel("No model is connected.")
        if way.profile.embedded and self._embedded is not None:
            return self._embedded.model()
        endpoint = self._endpoint(way)
        model = name or way.profile.model or await self._only(endpoint)
        prompt, completion = self._price(model)
        info = ModelInfo(
            profile=way.profile.name,
            model=model,
            endpoint=display(way.profile.base_url),
            context=way.profile.context or endpoint.contexts.get(model),
            timeout=way.profile.timeout,
            at_once=way.profile.at_once,
            prompt_price=prompt,
            completion_price=completion,
        )
        return OpenAIModel(endpoint, info)

    async def embedded(self) -> bool:
        """Whether the model in use is the embedded one."""
        try:
            way = await self.profiles.way()
        except ReconstError:
            return False
        return way is not None and way.profile.embedded and self._embedded is not None

    async def recording(self, sample: str) -> Recording:
        """The recorded model of a sample. Raises NotFound."""
        return Recording(load(self._samples, sample))

    def warm(self) -> None:
        """Make ready what the first ask needs: the client library and the client. Blocks; call it on a thread.

        The embedded model is not started: until somebody asks it, it costs nothing.
        """
        warm()
        way = self.profiles.way_now()
        if way is not None and not way.profile.embedded:
            self._endpoint(way).client()

    async def close(self) -> None:
        """End clients and the child process."""
        for endpoint in (*self._endpoints.values(), *self._left):
            await endpoint.close()
        self._endpoints, self._left = {}, []
        if self._embedded is not None:
            await self._embedded.close()

    def _endpoint(self, way: Way) -> Endpoint:
        """The client for a profile; a new one after its address or key has changed."""
        known = self._endpoints.get(way.profile.name)
        if known is not None and known.base_url == way.profile.base_url and known.key.reveal() == way.key.reveal():
            return known
        if known is not None:
            self._left.append(known)  # A call may still be running on it.
        made = Endpoint(
            way.profile.base_url,
            way.key,
            lookup=Lookup(self.profiles.rules),
            limits=self._limits,
            contexts=self.profiles.contexts(way.profile.base_url),
        )
        self._endpoints[way.profile.name] = made
        return made

    async def _only(self, endpoint: Endpoint) -> str:
        """The model of an endpoint that has one, as local servers do."""
        if endpoint.base_url not in self._single:
            listed = await endpoint.models()
            if len(listed) != 1:
                raise NoModel(
                    f"No model of {display(endpoint.base_url)} is chosen; it has {len(listed)}.",
                    remedy="Choose one of its models in Connect a model, or set OPENAI_MODEL.",
                )
            self._single[endpoint.base_url] = listed[0]["id"]
        return self._single[endpoint.base_url]

    def _price(self, model: str) -> tuple[float | None, float | None]:
        exact = self._prices.get(model)
        found = exact or next((p for pattern, p in self._prices.items() if fnmatchcase(model, pattern)), None)
        return (float(found[0]), float(found[1])) if found is not None and len(found) == 2 else (None, None)
