"""Which names the layers of a gazetteer have, and how far each can be trusted in running text.

Called for every word of a text: only tries and small arrays are used, no place is made.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from geomap.gazetteer.countries import demonyms
from geomap.gazetteer.name_keys import common_words, is_code, normalise_name
from geomap.gazetteer.place_index import ABBREVIATION, ADJECTIVE, DOUBTFUL, KINDS, SHORT, NameIndex
from geomap.gazetteer.place_index_chain import IndexChain
from geomap.gazetteer.place_layers import Layer
from geomap.gazetteer.world import WORLD_LAYERS
from geomap.model import ToponymKind

LAYERS = ("user", "curated", "regions", "countries", *WORLD_LAYERS, "imported")
NameQuality = Literal["good", "common_word", "code", "transliteration", "unknown"]
_MOST_WORDS = 14
_MOST_FACTS = 200_000
_LESSER = DOUBTFUL | SHORT | ABBREVIATION | ADJECTIVE


class NameFacts(NamedTuple):
    """The places with a name: their kinds, people of the largest town, whether in a good form.

    `marks` joins the marks of `place_index` under which other places have it.
    """

    kinds: frozenset[ToponymKind]
    people: int
    good: bool
    marks: int


class KnownNames:
    """The names of several layers; immutable once it is open."""

    def __init__(
        self,
        layers: Sequence[Layer],
        world: NameIndex | IndexChain | None = None,
        wanted: Collection[str] = LAYERS,
    ) -> None:
        self._layers = tuple(layers)
        self._world = world = IndexChain(()) if world is None else world
        names = world.layout.layers
        self._off = np.array([i for i, name in enumerate(names) if name not in wanted], "u1")
        self._facts: dict[str, NameFacts] = {}
        self._side_words = dict(pair for layer in layers for pair in layer.side_words.items())
        self._own = tuple(layer for layer in layers if layer.name in {"user", "curated"})
        self._geonames = {gn: key for layer in self._own for gn, key in layer.geonames.items()}
        rows = {world.row_of(f"gn:{gn}"): key for gn, key in self._geonames.items()}
        self._curated_rows = {row: key for row, key in rows.items() if row is not None}
        self._row_of_curated = {key: row for row, key in self._curated_rows.items()}

    def _hits(self, key: str) -> tuple[np.ndarray, np.ndarray]:
        """Return rows and marks of a name in the layers that are switched on."""
        hits, flags = self._world.hits(key)
        if len(self._off) and len(hits):
            on = ~np.isin(self._world.rows[hits]["layer"], self._off)
            return hits[on], flags[on]
        return hits, flags

    def has(self, name: str) -> bool:
        """Return whether any place has the name.

        Parameters
        ----------
        name
            Any form in any script; case, accents and hyphens do not matter.
        """
        key = normalise_name(name)
        return any(key in layer.by_key for layer in self._layers) or self._is_in_world(key)

    def _is_in_world(self, key: str) -> bool:
        """Return whether a layer of the world that is switched on has a key."""
        return key in self._world.trie and (not len(self._off) or len(self._hits(key)[0]) > 0)

    def begins(self, key: str) -> bool:
        """Return whether a longer name begins with the words of a key."""
        tries = [*(layer.trie for layer in self._layers), self._world.trie]
        return any(next(iter(trie.iterkeys(key + " ")), None) for trie in tries)

    def facts(self, key: str) -> NameFacts:
        """Return the facts of a name by its key, cached since a text repeats its names."""
        known = self._facts.get(key)
        if known is None:
            if len(self._facts) > _MOST_FACTS:
                self._facts.clear()
            known = self._facts[key] = self._look_up(key)
        return known

    def _look_up(self, key: str) -> NameFacts:
        own = [layer for layer in self._layers if key in layer.by_key]
        kinds = {
            layer.versions[place_id][-1].kind for layer in own for place_id in layer.by_key[key]
        }
        hits, flags = self._hits(key)
        if not len(hits):
            return NameFacts(frozenset(kinds), 0, bool(own), 0)
        good = flags & _LESSER == 0
        rows = self._world.rows[hits]
        kinds |= {KINDS[kind] for kind in set(rows["kind"][good].tolist())}
        towns = good & (rows["kind"] == KINDS.index(ToponymKind.CITY))
        people = int(rows["population"][towns].max()) if towns.any() else 0
        marks = int(np.bitwise_or.reduce(flags[~good])) if not good.all() else 0
        return NameFacts(frozenset(kinds), people, bool(own) or bool(good.any()), marks)

    def prefixes(self, text: str) -> list[int]:
        """Return the lengths of the names that a text of keys begins with, longest first."""
        lengths = {len(key) for layer in self._layers for key in layer.trie.prefixes(text)}
        keys = self._world.trie.prefixes(text)
        lengths |= {len(key) for key in keys if not len(self._off) or self._is_in_world(key)}
        return sorted(lengths, reverse=True)

    def longest(self, words: Sequence[str], start: int) -> int:
        """Return the number of words of the longest name that begins at a word, 0 for none.

        Parameters
        ----------
        words
            The words as they stand in a text, punctuation as words of its own or attached.
        start
            Position of the first word of the name.
        """
        text, ends = "", {}
        for count, word in enumerate(words[start : start + _MOST_WORDS], start=1):
            if key := normalise_name(word):
                text = f"{text} {key}" if text else key
                ends[len(text)] = count
            elif count == 1:
                return 0
        return next((ends[length] for length in self.prefixes(text) if length in ends), 0)

    def name_quality(self, name: str) -> NameQuality:
        """Return how far a name can be trusted to name a place in running text.

        Names of the small layers are good, unless a common English word is written small
        ("us"). In the world layer a name is a code (BAK), a machine's transliteration
        ("han ken de") or a common English word ("Reading") when no town has it in a better
        form.

        Parameters
        ----------
        name
            The name as it is written in the text.
        """
        key = normalise_name(name)
        if name.islower() and key in common_words() and self.has(name):
            return "common_word"
        if any(key in layer.by_key for layer in self._layers):
            return "good"
        flags = self._hits(key)[1]
        if not len(flags):
            return "unknown"
        if key in common_words():
            return "common_word"
        if bool((flags & DOUBTFUL == 0).any()):
            return "good"
        return "code" if is_code(name.upper()) else "transliteration"

    def is_curated(self, name: str) -> bool:
        """Return whether a user's or a curated place has a name."""
        return self.bearer(name) in {"user", "curated"}

    def bearer(self, name: str) -> str | None:
        """Return the first of the layers user, curated and regions that has a name, else None.

        A region counts only by a name of two words or more: one word may be much else.
        """
        key = normalise_name(name)
        for layer in self._layers:
            if key in layer.by_key and (layer in self._own or layer.name == "regions"):
                return layer.name if layer in self._own or " " in key else None
        return None

    @cached_property
    def curated_words(self) -> frozenset[str]:
        """The first words of names of the user's and the curated places and of regions, as keys."""
        small = [layer for layer in self._layers if layer in self._own or layer.name == "regions"]
        return frozenset(key.partition(" ")[0] for layer in small for key in layer.by_key)

    def demonym(self, word: str) -> str | None:
        """Return the code of the country whose people or adjective a word is, else None.

        Parameters
        ----------
        word
            One word, in any case.
        """
        return demonyms().get(normalise_name(word))
