"""Any text can be put into an XML file."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from hypothesis import given
from hypothesis import strategies as st

from geomap.files.xml_text import xml_text


@given(st.text())
def test_xml_text_can_be_written_and_read_back(text: str) -> None:
    """A title with a control character must not make a file that no program opens."""
    element = Xml.Element("title")
    element.text = xml_text(text).replace("\r", "\n")

    again = Xml.fromstring(Xml.tostring(element)).text  # noqa: S314 - written just above
    assert (again or "") == element.text


def test_xml_text_leaves_what_xml_allows_as_it_is() -> None:
    """Joiners of Persian and marks of direction are letters of a text, not dirt."""
    text = "می\u200cخواهم \u202bab\u202c\n\ttab <b>&amp;"

    assert xml_text(text) == text
    assert xml_text("a\x00b\x0bc\ufffe") == "a\ufffdb\ufffdc\ufffd"
