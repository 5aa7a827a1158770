"""The example that is not made yet: how a server sees that, and the words for a fault that stopped its making."""

import errno
import os
from collections.abc import Callable

from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.warehouse import editions

Progress = Callable[[float, str], None]
"""Told how far it is, 0 to 1, and in Swedish what is being done."""


def is_missing() -> bool:
    """Return True when the example is the data folder in use and is not published yet."""
    return not os.environ.get("SAMLAD_DATA") and editions.current_id(store.data_folder()) is None


REASONS = {
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.EROFS: "disken kan bara läsas",
    errno.EACCES: "den får inte skrivas",
    errno.EPERM: "den får inte skrivas",
}


def told_fault(fault: BaseException) -> str:
    """Put the fault that stopped the making into Swedish, with what to do."""
    if isinstance(fault, SamladError):
        return f"Exempeldata kunde inte göras. {fault}"
    if isinstance(fault, OSError):
        reason = REASONS.get(fault.errno or 0, f"felkod {fault.errno}")
        return (
            f"Exempeldata kunde inte skrivas i mappen data: {reason}. Ge plats (omkring 50 MB) och rätt att skriva "
            "där, eller välj en annan datamapp med SAMLAD_DATA, och försök igen."
        )
    return "Exempeldata kunde inte göras: något gick fel hos oss. Försök igen. Felet står i serverns logg."
