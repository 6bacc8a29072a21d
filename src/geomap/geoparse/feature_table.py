"""The features by which the candidates of a name are ranked, from `data/features.tsv`.

`ranker` has a weight for each. Distances are great-circle kilometres.
"""

from __future__ import annotations

from geomap.vocabulary import read_data_rows

_ROWS = [(*row, "", "")[:4] for row in read_data_rows("geomap.geoparse", "features.tsv")]
STATIC, LOCAL, DOCUMENT = (
    tuple(name for name, depends_on, *_ in _ROWS if depends_on == group)
    for group in ("name", "words", "text")
)
FEATURES = (*STATIC, *LOCAL, *DOCUMENT)
_BY_WHEN = sorted((when, i, words) for i, (_, _, when, words) in enumerate(_ROWS))
FORM_REASONS = {i: words for when, i, words in _BY_WHEN if when.startswith("form")}
EVIDENCE_REASONS = {i: words for when, i, words in _BY_WHEN if when == "evidence"}
"""The words of a reason by the position of its feature."""
