# ruff: noqa: E501 (a pattern broken over lines is harder to read than a long one)
"""Whether something is said to have happened: reported, claimed, planned, prevented, denied.

The words around the trigger decide, within its own clause: what is only feared, possible or
asked for is no event at all (`None`). A belligerent's word on an act of violence, and any
accusation, is a claim; a plain report by police, hospitals or witnesses is a report.
"""

from __future__ import annotations

import re
from datetime import date

from geomap.incidents.lexicon import VIOLENT, Part
from geomap.incidents.mentions import Mention
from geomap.model import Status

_I = re.IGNORECASE
_PREVENTED = re.compile(
    r"\b(?:did not (?:take place|arrive|get through|go ahead|happen|start|begin|materiali[sz]e)|didn't take place|"
    r"(?:was|were|been|be|is|are|has|had|have) (?:\w+ly )?(?:prevented|foiled|thwarted|cancell?ed|called off|postponed|"
    r"averted|scrapped|abandoned|aborted|put off|blocked from|stopped from|barred from|kept from|banned|turned back|turned away)|"
    r"(?:prevented|foiled|thwarted|averted|cancell?ed|called off|postponed|scrapped|put off|"
    r"prevents|foils|thwarts|cancels|postpones)|"
    r"(?:was|were) (?:not held|never held|not allowed|denied (?:access|entry)|refused entry)|banned (?:a|the|all) (?:march|rall|protest|demonstration)\w*|from (?:entering|reaching|leaving|visiting|inspecting|crossing|passing)|failed to (?:take place|reach|hold|start)|"
    r"(?:could not|was unable to|were unable to|did not) (?:reach|enter|be held|carry out|inspect|visit|deliver|go ahead))\b",
    _I,
)
_DENIED = re.compile(
    r"\b(?:den(?:ied|ies|ying)(?! (?:access|entry|bail|visas?))|rejected (?:reports|claims|allegations|accusations)|"
    r"dismissed (?:reports|claims|allegations|accusations|as)|refuted|there (?:was|were|had been) no)\b",
    _I,
)
_DENIED_AFTER = re.compile(
    r", (?:which|but|a (?:report|claim|charge))\b[\w ,'’]{0,40}\bden(?:ied|ies)\b", _I
)
_UNPROVEN = re.compile(
    r"\b(?:alleg(?:ed|edly)|purported(?:ly)?|unverified|unconfirmed|could not be (?:independently )?(?:verified|confirmed|checked)|"
    r"(?:gave|without (?:giving|providing|offering)) (?:no|any) (?:proof|evidence))\b",
    _I,
)
_CLAIMED = re.compile(
    r"\b(?:claim(?:s|ed|ing)?(?! (?:responsibility|credit|the li(?:fe|ves)|\d|at least))|alleg(?:es|ed|ing|edly|ation)s?|accus(?:es|ed|ing)|"
    r"purported(?:ly)?|unverified|unconfirmed|without (?:giving|providing|offering) (?:any )?evidence|"
    r"could not be (?:independently )?(?:verified|confirmed|checked))\b",
    _I,
)
_SAID = r"(?:said|says|told|stated|announced|reported(?! (?:in|that no))|wrote)"
_SIDE = (
    r"(?:army|military|armed forces|general staff|defen[cs]e (?:ministry|minister)|ministry of defen[cs]e|rebels?|"
    r"militants?|insurgents?|separatists?|militia|junta|group|movement|guerrillas?|fighters|paramilitar\w+|command|side)"
)
_SIDE_SAID = re.compile(
    rf"\b{_SIDE}(?:'s)?(?: (?:spokes\w+|commander|leader)(?: [A-Z][\w.-]+){{0,3}})?(?: also)? {_SAID}\b|"
    rf"\baccording to (?:the |a |an )?(?:[\w'’-]+ ){{0,3}}{_SIDE}\b|"
    rf"\b(?:a|the) {_SIDE} spokes\w+ {_SAID}\b|{_SAID} (?:the |a |an )?(?:[\w'’-]+ ){{0,3}}{_SIDE}\b|state bodies {_SAID}",
    _I,
)
_PLANNED = re.compile(
    r"\b(?:will(?! not)|shall|'ll|(?:is|are|was|were|been) (?:also )?(?:to (?!blame)|going to|expected to|scheduled|due(?! to (?:the|a|an|bad|lack))|set to|"
    r"planned|planning|supposed to|slated|about to|preparing)|plans? (?:to|for)|planned to|intends? to|intended to|hopes? to|"
    r"expected(?! to have)|upcoming|forthcoming|scheduled|planned|plan to|agreed to (?:hold|meet|start|begin|open|withdraw|resume)|"
    r"ready to|would (?:be held|take place|begin|start|meet|hold|resume|deploy|withdraw|end|visit|open|send|travel|leave|return))\b",
    _I,
)
_UNREAL = re.compile(
    r"\b(?:could|might|may(?= (?:be|have|start|lead|take|not|well))|if|unless|threaten(?:s|ed|ing)?|warn(?:s|ed|ing)?|fear(?:s|ed)?|"
    r"urg(?:es?|ed|ing)|call(?:s|ed|ing)? (?:for|on)|demand(?:s|ed|ing)?|ask(?:s|ed)? (?:for|the|both)|appeal(?:s|ed)? (?:for|to)|"
    r"propos(?:es|ed|al)|offer(?:s|ed) to|in case of|should|no (?=(?:talks|clash|attack|casualt|injur|victims|statement|one|fighting|protest))|"
    r"without|instead of|ahead of|importance of|need (?:for|to)|capable of|right of|prepar\w+ for)\b[^,;.]*$",
    _I,
)
_BECAUSE = re.compile(
    r"\b(?:after|following|because|due to|owing to|amid|over|despite|until)\b", _I
)
_INFINITIVE = re.compile(r"\bto(?: \w+ly)? $", _I)
_NOT = re.compile(
    r"\b(?:no(?= ?(?:\w+ )?$)|not|never|no longer|n't|nobody|no one|none(?: of \w+)?)(?: \w+){0,2}\s*$",
    _I,
)


def read_status(
    text: str, mention: Mention, *, first: date | None, published: date | None
) -> Status | None:
    """Return what the text says of a mention, or None when it tells of no event at all.

    A date after the publication makes a plan of anything.
    """
    start, end = mention.sentence
    clause = text[mention.start_char : mention.end_char]
    before = text[mention.start_char : mention.word[0]]
    if _is_prevented(clause, mention.word[0] - mention.start_char):
        return None if _DENIED_AFTER.search(text, mention.word[1], end) else Status.PREVENTED
    if _denies(text[start : mention.word[0]]):
        return Status.DENIED
    if _UNREAL.search(before) or _UNREAL.search(_lead(text, mention)):
        return None
    if _NOT.search(before):
        return None
    ahead = first is not None and published is not None and first > published
    if (
        ahead
        or _PLANNED.search(text, mention.start_char, mention.word[0] + 1)
        or _planned_after(text, mention)
    ):
        return Status.PLANNED
    if mention.trigger.part is Part.VERB and _INFINITIVE.search(before):
        return None
    if _CLAIMED.search(text[start : mention.word[0]]) or _UNPROVEN.search(text[start:end]):
        return Status.CLAIMED
    if mention.trigger.event_type in VIOLENT | {"Obstruction"} and _SIDE_SAID.search(
        text[start:end]
    ):
        return Status.CLAIMED
    return Status.REPORTED


def _is_prevented(clause: str, word: int) -> bool:
    """Return whether it is the event that was prevented, and not something because of it."""
    return any(
        found.start() >= word or not _BECAUSE.search(clause, found.end(), word)
        for found in _PREVENTED.finditer(clause)
    )


def _denies(before: str) -> bool:
    every = list(_DENIED.finditer(before))
    if not every:
        return False
    found = every[-1]
    # "denied it; two days later ..." : what is denied follows in the same clause.
    return not re.search(r"[;.]|, (?:and|but|while)\b", before[found.end() :])


def _lead(text: str, mention: Mention) -> str:
    """Return the words of the sentence before the clause when they govern it ("called for ...")."""
    lead = text[mention.sentence[0] : mention.word[0]]
    return lead if len(lead) < 60 else lead[-60:]


def _planned_after(text: str, mention: Mention) -> bool:
    after = text[mention.word[1] : min(mention.end_char, mention.word[1] + 60)]
    return bool(
        re.match(
            r"[^,;]{0,45}?\b(?:will|(?:is|are|was|were) (?:expected|scheduled|due to|planned|set|to \w+)|planned for|scheduled for)\b",
            after,
            _I,
        )
    )
