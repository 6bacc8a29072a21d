"""Text that XML can hold."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def xml_text(text: str) -> str:
    """Return a text in which what XML 1.0 forbids, escaped or not, is marked as lost."""
    return _FORBIDDEN.sub("\ufffd", text)
