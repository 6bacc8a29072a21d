"""Text that XML 1.0 can hold."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def xml_text(text: str) -> str:
    """Return a text with U+FFFD in place of each character that XML 1.0 forbids.

    Markup characters (`<`, `&`) are left as they are: escaping is the writer's task.

    Parameters
    ----------
    text
        Any text, such as a title or an alternative text.
    """
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
