"""Small files for a library, and hostile ones: made here, so that nothing of them is on the disk before."""

from __future__ import annotations

import json
import zlib


def pdf(*pages: str, bomb: int = 0) -> bytes:
    """A PDF whose pages say this in one line each; `bomb`: the first page's stream inflates to so many megabytes."""
    streams = [zlib.compress(f"BT /F1 12 Tf 50 700 Td ({page}) Tj ET".encode("latin-1")) for page in pages]
    if bomb:
        packer = zlib.compressobj(9)
        block = b" " * 2**20
        streams[0] = b"".join(packer.compress(block) for _ in range(bomb)) + packer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(streams), b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(streams)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
    out, at = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(out))
    )


def notebook(*cells: dict[str, object]) -> bytes:
    """A notebook of version 4 with these cells."""
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


BIB = r"""
@string{mhp = "Monatshefte f{\"u}r Mathematik"}
@comment{ignore me}
@article{goedel, author = {G{\"o}del, Kurt and van der Waerden, B. L. and {World Health Organization}},
  title = {{\"U}ber formal unentscheidbare {S}\"atze \& $x^2$}, journal = mhp, year = 1931,
  doi = {https://doi.org/10.1007/BF01700692}, abstract = {Es gibt S{\"a}tze \emph{ohne} Beweis.},
  file = {:texts/goedel.pdf:PDF}}
@book{broken, title = {no end
@misc{switch, title = "The Off-Switch Game", author = "Hadfield-Menell, Dylan and others", year = {2017},
  eprint = {1611.08219v3}, archivePrefix = {arXiv}, url = {javascript:alert(1)}}
"""

CSL = json.dumps(
    [
        {
            "id": "soares",
            "type": "paper-conference",
            "title": "<i>Corrigibility</i>",
            "author": [{"family": "Soares", "given": "Nate"}, {"literal": "MIRI"}, 7],
            "issued": {"date-parts": [["2015", 1]]},
            "DOI": "10.1000/ABC",
            "URL": "https://arxiv.org/abs/1501.00001v2",
        },
        {"type": "book", "title": "No date", "issued": {"date-parts": [[]]}, "author": "nobody"},
        {"no": "title"},
    ]
)
