"""Offline operation: Streamlit otherwise looks up this machine's addresses for an unknown Origin."""

from streamlit import net_util


def stay() -> None:
    """Hide this machine's addresses from Streamlit: an unknown Origin is then refused without a look-up."""
    for name in ("get_internal_ip", "get_external_ip"):
        setattr(net_util, name, _unknown)


def _unknown() -> None:
    return None
