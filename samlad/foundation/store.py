"""The data folder: its places, and writing of files that are whole or not there at all.

The meaning of the files stands in the packages that write them.
"""

import hashlib
import json
import os
import secrets
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from samlad.foundation.errors import Altered, SamladError

ROWS_PER_GROUP = 122_880
REPOSITORY = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class DataFolder:
    """One whole data folder: programme, context, submissions, snapshots and journal."""

    path: Path

    @property
    def programme(self) -> Path:
        """Return the folder of the dated catalogue, CSV."""
        return self.path / "programme"

    @property
    def context(self) -> Path:
        """Return the folder of public statistics, Parquet."""
        return self.path / "context"

    @property
    def submissions(self) -> Path:
        """Return the folder of submissions: raw and restricted; may be absent where people only read."""
        return self.path / "submissions"

    @property
    def snapshots(self) -> Path:
        """Return the folder of editions, with EDITIONS and CURRENT."""
        return self.path / "snapshots"

    @property
    def journal(self) -> Path:
        """Return the folder of what people write."""
        return self.path / "journal"


def repository_folder() -> DataFolder:
    """Return the verified catalogue and context that come with the repository."""
    return DataFolder(REPOSITORY / "data")


def data_folder(chosen: str | Path | None = None) -> DataFolder:
    """Return the data folder in use: the given one, else SAMLAD_DATA, else data/example in the repository."""
    path = chosen or os.environ.get("SAMLAD_DATA") or REPOSITORY / "data" / "example"
    return DataFolder(Path(path).resolve())


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def keep_private() -> None:
    """Restrict files and folders that this process makes to its own account, from now on."""
    os.umask(0o077)


def make_private(place: Path) -> None:
    """Close a folder and its content to other accounts: copies keep the rights of their sources."""
    for path in (place, *place.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def open_to_others(folder: DataFolder) -> list[Path]:
    """Return the parts of a data folder that other accounts may reach; none when it is itself closed."""
    if not folder.path.is_dir() or not _is_open(folder.path):
        return []
    parts = (folder.submissions, folder.journal, folder.snapshots)
    return [part for part in parts if part.is_dir() and _is_open(part)]


def openness_warning(folder: DataFolder) -> str | None:
    """Return a warning in Swedish that other accounts can read the data folder; None when they cannot."""
    open_parts = open_to_others(folder)
    if not open_parts:
        return None
    names = ", ".join(part.name for part in open_parts)
    return (
        f"Andra konton på datorn kan läsa i datamappen ({names}). "
        f"Stäng den med: chmod -R go-rwx {shlex.quote(str(folder.path))}"
    )


def _is_open(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o077)


def _opened_for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def sync_folder(folder: Path) -> None:
    """Make renames and new names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_bytes_atomically(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a file under a temporary name in its own folder, then rename it into place.

    A reader sees the old file or the new one, never a part. With durable, both survive a power cut.
    Raises OSError when the folder cannot be written; no temporary file stays.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with open(temporary, "xb", opener=_opened_for_us_alone) as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable:
        sync_folder(path.parent)


def json_bytes(content: Any) -> bytes:
    """Return indented JSON, the same bytes for the same content."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


_SEAL = b'\n "seal": "'
_SEAL_END = b'"\n}\n'
_SEAL_LENGTH = len(_SEAL) + 64 + len(_SEAL_END)


def write_json(path: Path, content: dict[str, Any], *, durable: bool = True) -> None:
    """Write JSON atomically, with a seal as its last line: the SHA-256 of the rest."""
    body = json_bytes(content)
    opened = body.removesuffix(b"\n}\n") + b"," if content else b"{"
    sealed = opened + _SEAL + sha256(body).encode("ascii") + _SEAL_END
    write_bytes_atomically(path, sealed, durable=durable)


def read_json(path: Path | str, *, needs_seal: bool = False) -> dict[str, Any]:
    """Read what `write_json` wrote, without its seal.

    A file from before there were seals is read as it is, unless a seal is needed. Raises Altered when the file is not
    as it was written, FileNotFoundError when it is not there.
    """
    with open(path, "rb") as file:
        content = file.read()
    tail = content[-_SEAL_LENGTH:]
    if tail.startswith(_SEAL) and tail.endswith(_SEAL_END):
        stored_hash, opened = tail[len(_SEAL) : -len(_SEAL_END)], content[:-_SEAL_LENGTH]
        content = b"{}\n" if opened == b"{" else opened[:-1] + b"\n}\n"
        if sha256(content).encode("ascii") != stored_hash or opened[-1:] not in (b",", b"{"):
            raise Altered(Path(path))
    elif needs_seal:
        raise Altered(Path(path), "har inget sigill: den är ändrad, eller skriven innan sigillen fanns")
    try:
        read = json.loads(content)
    except ValueError as fault:
        raise Altered(Path(path), "är skadad och går inte att läsa") from fault
    if not isinstance(read, dict):
        raise Altered(Path(path), "är skadad och går inte att läsa")
    return read


_confirmed: dict[tuple[str, int, int, int], str] = {}
"""The hash of each file read in this process, with its time, size and inode."""


def confirm(path: Path, digest: str) -> None:
    """Raise Altered unless the file has this SHA-256; an unchanged file is read once in a process."""
    try:
        file_stat = path.stat()
        known = (str(path), file_stat.st_mtime_ns, file_stat.st_size, file_stat.st_ino)
        if known not in _confirmed:
            _confirmed[known] = file_hash(path)
    except FileNotFoundError as fault:
        raise Altered(path, "saknas") from fault
    if _confirmed[known] != digest:
        raise Altered(path)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def table_bytes(table: pa.Table) -> bytes:
    """Return a table as Parquet (zstd, row groups of 122 880): the same bytes for the same table."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", row_group_size=ROWS_PER_GROUP)
    return bytes(sink.getvalue())


def write_table(path: Path, table: pa.Table, *, durable: bool = True) -> None:
    """Write a table as Parquet, whole or not at all."""
    write_bytes_atomically(path, table_bytes(table), durable=durable)


def read_table(path: Path, *, as_dictionaries: bool = False) -> pa.Table:
    """Read one Parquet file, its text as Arrow dictionaries if asked: a third of the time and the memory.

    Raises SamladError naming the file when it is damaged, OSError when it is not there.
    """
    try:
        words = _text_columns(path) if as_dictionaries else None
        return pq.read_table(path, partitioning=None, read_dictionary=words)
    except (FileNotFoundError, PermissionError):
        raise
    except (pa.ArrowException, OSError, EOFError) as fault:
        raise SamladError(
            f"Filen {path} är skadad och går inte att läsa. Återställ den från säkerhetskopian."
        ) from fault


def _text_columns(path: Path) -> list[str]:
    return [field.name for field in pq.read_schema(path) if pa.types.is_string(field.type)]


def is_table(path: Path) -> bool:
    """Return True if a Parquet file is there and can be read whole."""
    try:
        read_table(path)
    except (SamladError, OSError):
        return False
    return True


_highest: dict[Path, tuple[int, int]] = {}
"""The highest number in use beside each folder of numbers, with the folder's inode."""


def next_sequence(folder: Path, *, after: int | None = None, in_use: Callable[[], int] | None = None) -> int:
    """Take the next number in a folder of numbers, by exclusive create.

    Two processes never get the same number, whatever the clock says. The folder is made if it is not there. Whoever
    takes many in a row gives the last one as `after`, which spares the listing; a number already taken is passed over.
    `in_use` finds the highest number that something bears: the folder may have been lost, or restored from a copy that
    is older than the rest. It is asked once for each folder in a process.
    """
    folder.mkdir(parents=True, exist_ok=True)
    number = after
    if number is None:
        number = max((int(entry.name) for entry in os.scandir(folder) if entry.name.isdigit()), default=0)
        if in_use is not None:
            number = max(number, _highest_in_use(folder, in_use, is_empty=number == 0))
    while True:
        number += 1
        try:
            os.close(os.open(folder / f"{number:08d}", os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            continue
        return number


def _highest_in_use(folder: Path, in_use: Callable[[], int], *, is_empty: bool) -> int:
    identity = folder.stat().st_ino
    held = _highest.get(folder)
    if held is None or is_empty or held[0] != identity:
        held = _highest[folder] = (identity, in_use())
    return held[1]
