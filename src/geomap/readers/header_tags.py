"""Names of columns that were copied out of a web page, with its tags round them."""

from __future__ import annotations

import html
import re

_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|center|code|div|em|font|h[1-6]|i|img|label|nobr|p|small|span|strong"
    r"|sub|sup|t[dhr]|u)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LONGEST = 10_000


def plain_name(cell: str) -> str:
    """Return a name of a column without tags of HTML; a text that has none is not changed.

    Parameters
    ----------
    cell
        A cell of a header.
    """
    head = cell[:_LONGEST]
    if "<" not in head or not _TAG.search(head):
        return cell
    return " ".join(html.unescape(_TAG.sub(" ", head)).split())
