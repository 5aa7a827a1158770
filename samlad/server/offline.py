"""Nothing is asked of the network: Streamlit looks up this machine's addresses for an Origin that it does not know."""

from streamlit import net_util


def stay() -> None:
    """Let Streamlit know no address of this machine. An unknown Origin is then refused without a look-up."""
    for name in ("get_internal_ip", "get_external_ip"):
        setattr(net_util, name, _unknown)


def _unknown() -> None:
    return None
