"""Whether a path lies on a network file system, where SQLite's WAL must not be used. Source: sqlite.org/wal.html."""

from __future__ import annotations

from pathlib import Path

_NETWORK = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "lustre",
    "gpfs",
    "beegfs",
    "ceph",
    "glusterfs",
    "fuse.sshfs",
    "fuse.gluster",
)


def on_network(path: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """True where the mount table says so; false where there is no mount table."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    whole = path.absolute().resolve()
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = Path(fields[1].replace("\\040", " "))
        if whole.is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), fields[2]
    return kind.startswith(_NETWORK)
