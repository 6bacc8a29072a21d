"""Words that several rooms share, each list once and as data.

The lists of a single room lie in that room's `data/`, read by the same two readers.
"""

from geomap.vocabulary.word_lists import (
    COMMON_LISTS,
    ENGLISH_MONTHS,
    NUMBER_WORDS,
    month_names,
    month_numbers,
    read_data_rows,
    read_word_lists,
)

__all__ = [
    "COMMON_LISTS",
    "ENGLISH_MONTHS",
    "NUMBER_WORDS",
    "month_names",
    "month_numbers",
    "read_data_rows",
    "read_word_lists",
]
