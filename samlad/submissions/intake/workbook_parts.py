"""The parts of an Excel file, unpacked no further than a report needs, each checked against its checksum."""

import io
import zipfile
import zlib
from xml.parsers import expat

from samlad.foundation.errors import SamladError

LARGEST_CONTENT = 100 * 1024 * 1024
"""Most bytes a workbook may unpack to: a zip bomb exceeds it, a real report does not."""

MOST_PARTS = 2_000

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(SamladError):
    """Refusal of a file that cannot be read whole; the message gives the reason and the next step."""


def read_parts(content: bytes) -> dict[str, bytes]:
    """Return the XML of a workbook by name; other parts are checked and left out.

    Raises Unreadable when it is no workbook, holds macros, fetches values from other files, is protected by a password
    or unfolds to more than the limit; zipfile.BadZipFile or ExpatError when the zip or the XML of a part is damaged.
    """
    parts: dict[str, bytes] = {}
    left = LARGEST_CONTENT
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if len(set(names)) < len(names) or len(names) > MOST_PARTS:
            raise zipfile.BadZipFile("two parts of one name, or far too many")
        _refuse(names)
        for about in archive.infolist():
            unfolded = _unfolded(content, about, left)
            left -= len(unfolded)
            if left <= 0:
                raise Unreadable(
                    "Filen packar upp till mer än någon rapport innehåller. Kopiera tabellen till en ny arbetsbok."
                )
            if about.filename.endswith((".xml", ".rels")) and not unfolded.startswith(_UTF_16):
                expat.ParserCreate().Parse(unfolded, True)
                parts[about.filename] = unfolded
        if archive.testzip() is not None:
            raise zipfile.BadZipFile("a part is not what the zip says of it")
    return parts


def _refuse(names: list[str]) -> None:
    if "xl/workbook.xml" not in names:
        raise Unreadable("Filen är ingen Excel-fil. Spara rapporten som .xlsx eller .csv och försök igen.")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable("Filen innehåller makron. Spara den som .xlsx, utan makron, och försök igen.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Unreadable(
            "Filen hämtar värden ur andra filer, och de kan vara gamla. Välj Data, Redigera länkar och Bryt länk i"
            " Excel, spara och försök igen."
        )


def _unfolded(content: bytes, about: zipfile.ZipInfo, limit: int) -> bytes:
    """Return one part unpacked: the sizes that a zip states about itself are not trusted."""
    start = about.header_offset
    name, extra = (int.from_bytes(content[start + at : start + at + 2], "little") for at in (26, 28))
    packed = content[start + 30 + name + extra :][: about.compress_size]
    if about.flag_bits & 1:
        raise Unreadable("Filen är skyddad med lösenord. Ta bort lösenordet och spara den igen.")
    if about.compress_type == zipfile.ZIP_STORED:
        unfolded = packed
    elif about.compress_type == zipfile.ZIP_DEFLATED:
        unfolded = zlib.decompressobj(-15).decompress(packed, limit)
    else:
        raise zipfile.BadZipFile(f"compressed by method {about.compress_type}")
    return unfolded
