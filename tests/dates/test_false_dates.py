"""Words and numbers that look like dates and are none."""

import pytest
from tests.dates.conftest import PUBLISHED, Spans

from geomap.dates import find_dates
from geomap.dates.date_tokens import kinds_of, read_tokens
from geomap.dates.false_dates import RULES, Rule, find_rule
from geomap.dates.grammar import PATTERNS, Match, find_matches
from geomap.dates.surroundings import find_people


def matches_between_brackets(example: str) -> list[tuple[Match, Rule | None]]:
    """Return each match in the [brackets] of an example, and the rule against it."""
    before, inside, after = example.replace("]", "[").split("[")
    text = before + inside + after
    tokens = read_tokens(text)
    people = find_people(tokens)
    return [
        (match, find_rule(match, tokens, people))
        for match in find_matches(kinds_of(tokens), lambda _match: False)
        if tokens[match.first].start == len(before)
        and tokens[match.last - 1].end == len(before + inside)
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_refuses_its_example(rule: Rule) -> None:
    """A rule that its own example does not need is not needed at all."""
    rules = [against for _, against in matches_between_brackets(rule.refused)]

    assert rule in rules
    assert None not in rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_lets_its_other_example_pass(rule: Rule) -> None:
    """A rule against false dates must not cost true ones."""
    passed = matches_between_brackets(rule.passed)

    assert any(
        against is None and (not rule.patterns or match.name in rule.patterns)
        for match, against in passed
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_examples_of_rules_hold_for_whole_texts(rule: Rule) -> None:
    """A rule counts only by its effect on the mentions of a text."""
    for example, is_date in ((rule.refused, False), (rule.passed, True)):
        before, inside, after = example.replace("]", "[").split("[")
        mentions = find_dates(before + inside + after, published=PUBLISHED)

        assert (inside.strip() in [mention.text for mention in mentions]) == is_date


def test_rules_name_patterns_that_exist() -> None:
    """A rule for a pattern with another name would never apply."""
    assert {pattern for rule in RULES for pattern in rule.patterns} <= PATTERNS.keys()


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said so.",
        "Brian May, 12, was hurt.",
        "They may leave 5 houses.",
        "Up to 30 May Have Died in Flood",
        "It was led by June Osborne.",
        "Theresa May spoke before May left, and from May to Johnson little changed.",
        "March on the capital, they said; march 5 km.",
        "The march was 8 km long.",
        "It was shown by Russia Today and told by Friends of May Jones.",
        "The March of Dimes; the shop was a K-Mart once, the K-Mart in Ohio.",
        "It may happen in the coming months, the coming days or the next weeks.",
        "They left over six years ago, or 1 1/2 years ago, or more than a month ago.",
        "It will last five days.",
        "Cuts from 12-13 percent.",
        "NASA built the Mars 2020 rover.",
        "They met 3 Mai-Mai fighters and 12 Marco Polo readers.",
        "Resolution 2020 and Expo 2020, page 1999.",
        "Some 2020 people paid $2021, or 2022 rubles.",
        "The law of article 31 June was void.",
        "It was their 5-3 March win.",
        "It cost 1,300; the score was 12-10.",
        "The Sunday Times and Good Friday.",
        "12/10/2022",
        "Room 12.12, gate 5-7.",
    ],
)
def test_find_dates_leaves_other_things_alone(text: str, spans: Spans) -> None:
    """A wrong date puts an event where it never was; a missing one is only missing."""
    assert spans(text) == []


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Theresa May said in May that talks resume.", ["May"]),
        ("Theresa May met him by May 5.", ["May 5"]),
        ("By June Ukraine had left.", ["June"]),
        ("In August Germany said so.", ["August"]),
        ("A K-Mart in 1996", ["1996"]),
        ("USA Today said today", ["today"]),
        ("cuts from the 2009-10 budget", ["2009-10"]),
        ("Talks in Kyiv from May to July.", ["May to July"]),
        ("The third week of 2022", ["2022"]),
        ("from 31 June to 5 July 2022", ["5 July 2022"]),
        ("At least 2022 people left in 2022", ["2022"]),
        ("on December 3 and 7 people died", ["December 3"]),
        ("12-13 people on 12-13 May", ["12-13 May"]),
    ],
)
def test_find_dates_still_finds_the_date_beside_them(
    text: str, mentions: list[str], spans: Spans
) -> None:
    """A rule against names must not cost a date, nor a long reading hide a short one."""
    assert [found[0] for found in spans(text)] == mentions
