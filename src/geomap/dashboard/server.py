"""The command that serves the app: Streamlit's own, without its look-up of this machine's address.

When a page of another site connects, Streamlit asks a server on the internet for the public
address of this machine, to see whether the page came from there. `geomap run` starts this module
in place of Streamlit's command, so that nothing is sent.
"""

from __future__ import annotations

from streamlit import net_util


def block_address_lookup() -> None:
    """Keep Streamlit from looking up the public address of this machine."""
    net_util.get_external_ip = _unknown


def _unknown() -> str | None:
    return None


if __name__ == "__main__":
    from streamlit.web import cli

    block_address_lookup()
    cli.main(prog_name="streamlit")
