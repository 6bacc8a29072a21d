"""The encoding of a file of text, decided from its bytes; a file that is not text is refused.

A file that is valid UTF-8 is UTF-8. A byte order mark or the pattern of NUL bytes decides
for UTF-16; only then are the older code pages weighed against each other, and the answer
is shown to the user as a guess.
"""

from __future__ import annotations

import codecs
import io
import itertools
import re
import unicodedata

from charset_normalizer import from_bytes

from geomap.errors import FileRefusedError

_SAMPLE = 200_000
_STEP = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES = [
    *("cp1252", "cp1250", "cp1251", "cp1254", "cp1253", "cp1256", "cp1257", "koi8_r"),
    *("mac_roman", "cp932", "gb18030", "big5", "cp949", "euc_jp"),
]
_SINGLE_BYTES = _CODE_PAGES[:9]
_MARKS_BESIDE = "\u2018\u2019\u201c\u201d\u00ab\u00bb\u00a0\u2013\u2026\u00b0\u00ba\u00aa\u2116"
_WORD, _MOST = 4, 0.6  # letters of a word, and the share of accented ones that Latin words have
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b")) + b"\x7f"
_MOST_CONTROLS = 0.005
_HIVE = b"\x01"
_FEW_CONTROLS, _FEWEST_OTHERS = 3, 20  # a stray NUL or two in a short file that is text otherwise


def find_encoding(data: bytes, *, name: str) -> str:
    """Return the name of the codec that reads `data`.

    Raises
    ------
    FileRefusedError
        When the bytes are not text in any known encoding; code "binary".
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    wide = _wide_encoding(data)
    if wide:
        return wide
    sample = data[:_SAMPLE]
    if _is_cut_by_control(sample):
        sample = sample.replace(_HIVE, b"\t")
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    few = controls <= _FEW_CONTROLS and controls * _FEWEST_OTHERS <= len(sample) and _is_utf8(data)
    if controls > _MOST_CONTROLS * len(sample) and not few:
        message = (
            f"{name} is not text (its bytes are binary); save a table as CSV or XLSX, an article "
            "as plain text."
        )
        raise FileRefusedError(message, code="binary")
    return "utf-8" if _is_utf8(data) else _code_page(data)


def _is_cut_by_control(sample: bytes) -> bool:
    """Return whether each line has as many of the sign that Hive puts between cells, and no NUL."""
    counts = {line.count(_HIVE) for line in sample.splitlines()[:-1] or [sample]}
    return b"\0" not in sample and len(counts) == 1 and counts != {0}


def is_unicode(encoding: str) -> bool:
    """Return whether a codec is one of Unicode, which `find_encoding` finds without a guess."""
    return encoding.startswith("utf-")


def in_utf8(data: bytes, encoding: str) -> bytes:
    """Return text as UTF-8 without a byte order mark; bytes that cannot be read become U+FFFD."""
    if encoding == "utf-8-sig" and _is_utf8(data):
        return data[len(codecs.BOM_UTF8) :]
    if encoding == "utf-8":  # found only where all of it is valid
        return data
    with io.TextIOWrapper(io.BytesIO(data), encoding, "replace", newline="") as stream:
        return b"".join(part.encode("utf-8") for part in iter(lambda: stream.read(_STEP), ""))


def _wide_encoding(data: bytes) -> str | None:
    """Return UTF-16 of either order when NULs fill every second byte, as in Latin text."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half == 0:
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    for share, other, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if share > 0.3 and other < 0.02 and _reads(data, encoding):
            return encoding
    return None


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data[: _SAMPLE // 2 * 2].decode(encoding)
    except UnicodeDecodeError as fault:
        return fault.start > _SAMPLE - 8  # a pair cut in two by the end of the sample
    return True


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _STEP):
            decoder.decode(data[start : start + _STEP])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _code_page(data: bytes) -> str:
    """Return the likeliest code page; Windows-1252 where it reads as well as the winner."""
    sample = _decisive_sample(data)
    matches = from_bytes(sample, cp_isolation=_CODE_PAGES)
    best = matches.best()
    faults = _faults_by_page(sample)
    fewest = min(faults.values(), default=0)
    if (
        best is None
        or faults.get(best.encoding, 0) > fewest
        or (best.encoding not in faults and not fewest and _are_words(sample, faults))
    ):
        likeliest = (page for page in _CODE_PAGES if faults.get(page) == fewest)
        # latin-1 reads any byte; the guess is shown to the user
        return next((page for page in likeliest if _decoded(data, page) is not None), "latin-1")
    ties = {
        match.encoding
        for match in matches
        if match.chaos <= best.chaos and match.coherence >= best.coherence
    }
    same = _decoded(sample, "cp1252") == _decoded(sample, best.encoding)
    chosen = "cp1252" if same or "cp1252" in ties else best.encoding
    return chosen if _decoded(data, chosen) is not None else "latin-1"


def _faults_by_page(sample: bytes) -> dict[str, int]:
    """Return how many words are hardly any in each code page of single bytes that reads them.

    A few words in a table of numbers say too little for statistics of letters, but a sign in
    the middle of a word, a word of two scripts, one of accented letters alone and a capital
    behind a small letter are the marks of a wrong page.
    """
    words = {word for word in re.split(rb"[\x00-\x40\x5b-\x60\x7b-\x7f]+", sample)
             if not word.isascii()}  # fmt: skip
    faults = {}
    for page in _SINGLE_BYTES:
        texts = [_decoded(word, page) for word in words]
        if None not in texts:
            faults[page] = sum(_is_hardly_a_word(text) for text in texts if text)
    return faults


def _are_words(sample: bytes, faults: dict[str, int]) -> bool:
    """Return whether a page of single bytes without a fault has plain words only.

    Every second sign of Chinese, Japanese or Korean would be a capital in the middle of a word.
    """
    page = next(page for page, count in faults.items() if not count)
    words = re.findall(r"[^\W\d_]{3,}", _decoded(sample, page) or "")
    mine = [word for word in words if not word.isascii()]
    return bool(mine) and all(word[1:] == word[1:].lower() for word in mine)


def _is_hardly_a_word(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    if len(letters) < len(text.strip(_MARKS_BESIDE)):
        return True
    scripts = {unicodedata.name(sign, "").split(" ")[0] for sign in letters}
    accented = sum(not sign.isascii() for sign in letters)
    is_noise = "LATIN" in scripts and len(letters) >= _WORD and accented > _MOST * len(letters)
    turned = any(a.islower() and b.isupper() for a, b in itertools.pairwise(text))
    return len(scripts) > 1 or is_noise or turned


def _decisive_sample(data: bytes) -> bytes:
    """Return the head of the file and the lines with bytes above ASCII, which decide."""
    if len(data) <= _SAMPLE:
        return data
    lines = (line for line in data.split(b"\n") if not line.isascii())
    picked: list[bytes] = [data[:2000]]
    size = 0
    for line in lines:
        picked.append(line)
        size += len(line)
        if size > _SAMPLE // 2:
            break
    return b"\n".join(picked)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
