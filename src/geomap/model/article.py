"""An article, and what was read out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geomap.model.days import DateMention
from geomap.model.incident import Incident
from geomap.model.place import Toponym


@dataclass(frozen=True, slots=True)
class Article:
    """A text, kept to the letter, with what is known of its publication."""

    article_id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when an article says it was written ("BAKU, February 28.")."""

    start_char: int
    end_char: int
    toponym: Toponym | None
    day: date | None


@dataclass(frozen=True, slots=True)
class GeoparsedArticle:
    """Everything that was read out of one article.

    `demonyms` are kept apart: adjectives and words for people ("Russian"), with the country or
    region they belong to. They are not places of the text, and nothing is drawn there.
    """

    article: Article
    toponyms: tuple[Toponym, ...]
    dates: tuple[DateMention, ...]
    incidents: tuple[Incident, ...] = ()
    dateline: Dateline | None = None
    demonyms: tuple[Toponym, ...] = ()
