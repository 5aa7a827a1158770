"""The missing example: its detection by a server, and the words for a fault that stopped its making.

Making the example belongs in `cli`.
"""

import errno
import os
from collections.abc import Callable

from samlad.foundation import store
from samlad.foundation.errors import SamladError
from samlad.warehouse import editions

Progress = Callable[[float, str], None]
"""Callback for progress: the part done, 0 to 1, and the current step in Swedish."""


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
    """Return the fault that stopped the making in Swedish, with the action to take."""
    if isinstance(fault, SamladError):
        return f"Exempeldata kunde inte göras. {fault}"
    if isinstance(fault, OSError):
        reason = REASONS.get(fault.errno or 0, f"felkod {fault.errno}")
        return (
            f"Exempeldata kunde inte skrivas i mappen data: {reason}. Ge plats (omkring 50 MB) och rätt att skriva "
            "där, eller välj en annan datamapp med SAMLAD_DATA, och försök igen."
        )
    return "Exempeldata kunde inte göras: något gick fel hos oss. Försök igen. Felet står i serverns logg."
