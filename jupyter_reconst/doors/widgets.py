"""An ask box as an ipywidget, for people who build their own panels.

`from jupyter_reconst.doors.widgets import AskBox`. It asks exactly as `%%reconst` does, through the same transport, and
shows the reply below the box.
"""

from __future__ import annotations

from typing import Any

import ipywidgets
from IPython import get_ipython

from jupyter_reconst.doors.magics import Magic


class AskBox(ipywidgets.VBox):  # type: ignore[misc]
    """A prompt, a button, and the reply. `new` starts a fresh conversation with every ask."""

    def __init__(self, prompt: str = "", *, new: bool = False, **layout: Any) -> None:
        self._new = new
        self._magic = Magic(get_ipython())
        self.prompt = ipywidgets.Textarea(
            value=prompt, placeholder="What do you want to find out?", rows=4, layout={"width": "100%"}
        )
        self.button = ipywidgets.Button(description="Ask", tooltip="Send this prompt with the constitution in force")
        self.reply = ipywidgets.Output()
        self.button.on_click(self._ask)
        super().__init__([self.prompt, self.button, self.reply], **layout)

    def _ask(self, _: ipywidgets.Button) -> None:
        self.button.disabled = True
        self.reply.clear_output()
        try:
            with self.reply:
                self._magic.cell("--again --new" if self._new else "--again", self.prompt.value)
        finally:
            self.button.disabled = False
