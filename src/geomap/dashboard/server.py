"""The command that serves the app: Streamlit's own, kept from asking others about this machine.

When a page of somebody else knocks, Streamlit looks this machine's public address up on the
internet, to see whether the page came from there. `geomap run` starts this module in place of
Streamlit's command, so that nothing is asked.
"""

from __future__ import annotations

from streamlit import net_util


def ask_nobody() -> None:
    """Keep Streamlit from looking up the public address of this machine."""
    net_util.get_external_ip = _not_known


def _not_known() -> str | None:
    return None


if __name__ == "__main__":
    from streamlit.web import cli

    ask_nobody()
    cli.main(prog_name="streamlit")
