# ruff: noqa: E501 (a pattern broken over lines is harder to read than a long one)
"""The words that report something, and the kind of event each of them tells of.

Data rather than code: each line gives an event type, a finer type, the part the word plays
and a pattern. A `verb` reports by itself when finite, a `noun` only with an anchor (a date,
a place, or a light verb such as "took place"), a `casualty` says that somebody was hurt and
joins the violent event beside it. Order matters: the first line that fits a word wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The part that a trigger plays in its clause."""

    NOUN = "noun"
    VERB = "verb"
    CASUALTY = "casualty"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One line of the lexicon."""

    event_type: str
    sub_event_type: str
    part: Part
    words: str


VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
"""Types whose mentions may speak of one event in different words."""

MISHAPS = frozenset({"Accident", "Disaster"})
"""Types that kill without anybody's hand."""

_N, _V, _C = Part.NOUN, Part.VERB, Part.CASUALTY
_ARMED = r"(?:air|drone|missile|rocket|artillery|mortar|bomb|shell|grenade|suicide|car[- ]bomb)"
_FIGHTERS = r"(?:troops|forces|soldiers|peacekeepers|battalions?|brigades?|units|observers|police)"

LEXICON: tuple[Trigger, ...] = (
    # nouns and set phrases that other lines would misread
    Trigger("Legal", "Order", _V, r"order(?:s|ed) (?=[\w' ]{0,40}\b(?:to|take|release|measures))"),
    Trigger("Talks", "Call", _N, r"(?:telephone|phone|video) (?:call|conversation|conference)"),
    Trigger(
        "Accident",
        "Traffic",
        _N,
        r"(?:train|plane|bus|car|helicopter|road|ferry) (?:crash|collision|accident)(?:es|s)?",
    ),
    Trigger(
        "Protests",
        "Strike",
        _N,
        r"(?:general|labour|labor|hunger|nationwide) strikes?|sit-ins?|picket",
    ),
    Trigger("Protests", "Strike", _V, r"went on strike|walked off the job|downed tools"),
    Trigger(
        "Explosions/Remote violence",
        "Strike",
        _N,
        rf"{_ARMED}[- ](?:strikes?|attacks?|fire|barrages?|raids?)|airstrikes?|air raids?",
    ),
    Trigger(
        "Battles",
        "Exchange of fire",
        _N,
        r"(?:exchanges? of (?:gun)?fire|firefights?|gun ?battles?|shoot-?outs?|skirmish(?:es)?|clash(?:es)?(?= (?:between|near|in|at|around|along|broke|erupted|on|with|took|that|killed|left|occurred))|fighting|hostilities|battles?(?! ?(?:ground|field|ship))|ambush(?:es)?|offensive|armed confrontations?)",
    ),
    Trigger(
        "Battles",
        "Exchange of fire",
        _V,
        r"(?:exchanged (?:gun)?fire|traded (?:gun)?fire|clash(?:ed|es|ing)|fought|ambushed|repelled|repulsed)",
    ),
    Trigger("Battles", "Shooting", _V, r"opened (?:gun)?fire|came under (?:gun)?fire"),
    Trigger(
        "Battles",
        "Territory taken",
        _V,
        r"captur(?:ed|es|ing)|seized(?= (?:control|the (?:town|city|village|airport|base|hill|heights?|district|port)|[A-Z]))|overr(?:an|un)|recaptured|retook|retaken|stormed(?= (?:the|a) (?:town|base|village|camp|post))|advanced (?:to|into|towards?)",
    ),
    Trigger(
        "Battles",
        "Operation",
        _N,
        r"(?:military|special|security|anti-terror(?:ist)?|counter-?terror\w*) (?:operation|sweep|campaign)s?|operation(?= around)",
    ),
    Trigger("Battles", "War", _N, r"(?<!the second )\bcoup(?: attempt)?"),
    Trigger(
        "Explosions/Remote violence",
        "Shelling",
        _N,
        r"shelling|bombardments?|bombings?|blasts?|detonations?|explosions?|air ?strikes?|barrages?|rocket fire|(?:car|roadside|suicide) bombs?|strikes? (?=on |against )",
    ),
    Trigger(
        "Explosions/Remote violence",
        "Shelling",
        _V,
        r"shelled|bombed|bombarded|blew up|blow up|set off(?= (?:a|an|two|three|the)? ?(?:bomb|explosive|device|charge))|exploded|blew (?:himself|herself|themselves|itself|up)|blown up|detonated|went off|struck(?! (?:a deal|an agreement))|(?:fired|launched)(?= (?:[\w-]+ ){0,4}(?:rockets?|missiles?|shells?|mortars?|drones?)\b)|fired at|hit(?= (?:a|an|the|two|three|several|[A-Z]))",
    ),
    Trigger("Violence against civilians", "Abduction", _V, r"kidnapped|abducted|taken hostage"),
    Trigger("Violence against civilians", "Abduction", _N, r"kidnappings?|abductions?"),
    Trigger("Riots", "Looting", _V, r"looted|rioted|ransacked|torched|pelted"),
    Trigger("Riots", "Riot", _N, r"riots?(?! police)|looting|unrest|mob violence"),
    Trigger(
        "Violence against civilians",
        "Attack",
        _N,
        r"attacks?(?= (?:on|in|at|near|against|took|by|killed|left|that|targeting|occurred|happened))|massacres?|shootings?|stabbings?|assassination(?: attempt)?|raid(?=s? (?:on|in|at|near))",
    ),
    Trigger(
        "Violence against civilians",
        "Attack",
        _V,
        r"attacked|raided|massacred|shot (?:dead|and)|burn(?:ed|t)(?= (?:down |the |a |two |three |several |\w+ )?(?:house|home|village|school|church|mosque|shop|vehicle)s?)|set fire to|attack(?= (?:a|an|the|two|three|several|[A-Z]))|gunned down|beat(?:en)?(?= (?:a|an|the|up|by|two|three|several|journalists|protesters))|stabbed|assassinated|executed|beheaded|murdered",
    ),
    Trigger(
        "Obstruction",
        "Access denied",
        _V,
        r"(?:blocked|stopped|barred|prevented|kept)(?= [^.;]{1,60}? from (?:entering|reaching|leaving|visiting|inspecting|crossing|passing))",
    ),
    Trigger("Protests", "Blockade", _N, r"blockades?(?! of)|road ?blocks?"),
    Trigger(
        "Protests",
        "Blockade",
        _V,
        r"block(?:ed|ing|aded|ading)(?= (?:a|the|traffic|roads?|access|several|main|[A-Z]))",
    ),
    Trigger(
        "Protests",
        "Demonstration",
        _N,
        r"protests?(?! (?:leader|camp|movement|note|site))|demonstrations?|rall(?:y|ies)|vigils?|(?<!of )(?<!in )(?<!since )(?-i:march)(?:es)?(?= (?:in|through|to|on|by|from|against|planned|scheduled|due|called|set|was|had|is|that|which))",
    ),
    Trigger(
        "Protests",
        "Demonstration",
        _V,
        r"protested|demonstrated|rallied|marched|took to the streets|gathered(?= (?:in|at|on|outside|near|for|to|[a-z]+day))",
    ),
    Trigger(
        "Agreement",
        "Ceasefire",
        _N,
        r"cease-?fires?(?! line)|truces?|armistices?|peace (?:deal|agreement|accord)s?|memorand(?:um|a)",
    ),
    Trigger(
        "Agreement",
        "Ceasefire",
        _V,
        r"signed|ratified|initialled|agreed (?:to|on) (?:a|an|the)|struck (?:a deal|an agreement)|reached (?:a|an) (?:deal|agreement|accord)|was adopted",
    ),
    Trigger(
        "Talks",
        "Meeting",
        _N,
        r"(?<!peace )talks|negotiations?|meetings?(?! (?:place|room|point))|summits?(?! (?:of|was reached))|(?:peace )talks|consultations|briefings?|press conference|visits?(?= (?:to|by|this|on|in|last|began|ended))",
    ),
    Trigger(
        "Talks",
        "Meeting",
        _V,
        r"travel(?:s|led|ed)?(?= to (?:the )?[A-Z])|visit(?= [A-Z])|meet(?= (?:in|on|with|[A-Z]))|hold(?= (?:talks|a meeting|hearings|a summit))|(?:has |have |had )?met(?= (?:in|on|at|with|for|his|her|their|[A-Z]|again|there|late|early|behind))|hosted|received (?=(?:a|the|an) (?:delegation|envoy)|[A-Z])|discussed|negotiated|conferred|visited|held (?:talks|a meeting)|arrived (?:in|at)(?= [A-Z])|meet(?= (?:in|on|at|with|again|for|his|her|their|the|a|next|[A-Z]))|visit(?= (?:[A-Z]|the (?:town|city|site|area)))",
    ),
    Trigger("Withdrawal", "Troop withdrawal", _N, r"withdrawals?|pull-?outs?|pullbacks?"),
    Trigger(
        "Withdrawal",
        "Troop withdrawal",
        _V,
        r"withdr(?:ew|awn|aw|awing)(?! from (?:the )?(?:talks|negotiations|race|treaty|agreement))|pull(?:ed|ing)? (?:out|back)|retreated|vacated|left (?=(?:the|their|its) (?:base|positions?|camp))",
    ),
    Trigger("Deployment", "Troop deployment", _N, r"deployments?"),
    Trigger(
        "Deployment",
        "Troop deployment",
        _V,
        rf"deploy(?:ed|s|ing)?|sent (?=[\w ,]{{0,25}}{_FIGHTERS})|(?:mission|contingent|patrols?) (?:began|started)",
    ),
    Trigger(
        "Transfer of territory",
        "Handover",
        _V,
        r"handed over|took control of|entered(?= (?:the (?:town|city|village|district)|[A-Z]))",
    ),
    Trigger("Transfer of territory", "Handover", _N, r"handovers?"),
    Trigger(
        "Displacement",
        "Flight",
        _V,
        r"fled|flee(?:ing)?|evacuated|displaced|(?:has|have) been leaving|left their homes|crossed (?:into|the border into)",
    ),
    Trigger("Displacement", "Flight", _N, r"evacuations?|displacement|exodus|departure(?= of)"),
    Trigger(
        "Accident",
        "Traffic",
        _V,
        r"crashed|derailed|collided|capsized|overturned|sank|collapsed|caught fire",
    ),
    Trigger(
        "Accident",
        "Fire",
        _N,
        r"collisions?|derailments?|shipwrecks?|crash(?:es)?|(?:a|the|large|huge|forest) (?:fire|blaze)s?|wildfires?|collapse(?= of (?:a|the) )",
    ),
    Trigger(
        "Disaster",
        "Natural",
        _N,
        r"earthquakes?|landslides?|mudslides?|floods?|flooding|avalanches?|eruptions?|cyclones?|hurricanes?|typhoons?|tornado(?:es)?|magnitude[- ]\d\S* quake|quakes?",
    ),
    Trigger("Disaster", "Natural", _V, r"flooded|erupted(?= (?:on|at|early|late|in|after))|quaked"),
    Trigger(
        "Legal",
        "Ruling",
        _V,
        r"ruled|convicted|acquitted|indicted|sentenced(?= )|charged(?= (?:with|him|her|them|\w+ (?:people|men|officers)))|extradited",
    ),
    Trigger("Legal", "Ruling", _N, r"verdicts?|trials?|hearings?|decrees?"),
    Trigger("Arrests", "Arrest", _V, r"arrested|detained|rounded up"),
    Trigger("Arrests", "Arrest", _N, r"arrests|detentions"),
    Trigger(
        "Checkpoint",
        "Checkpoint",
        _V,
        r"(?:sets? up|setting up|installed|established|opened|erected|put up)(?= (?:a |an |the |new |its |two |three |several |border |\w+ )*(?:checkpoint|road ?block|border post))",
    ),
    Trigger(
        "Infrastructure",
        "Traffic",
        _V,
        r"(?:re)?opened(?= (?:to|on|for|the|a) (?:[\w-]+ ){0,3}?(?:traffic|vehicles|bridge|road|crossing|airport|border|public|section|power|line|[a-z]+day))|inaugurated|was restored|(?:was|were|been|remains?|remained) (?:re)?(?:opened|closed|shut|suspended|severed|cut(?= (?:off|at|in|by|on|near)))|reopen(?:s|ed)?(?= (?:in|on|to|for|at))|traffic (?:moves|moved)|moved [\w ]{0,20}to a new(?:ly built)? road|cut off(?= (?:power|gas|water|electricity))|(?:power|gas|water|electricity) (?:was|were) cut|closed(?= (?:the|its) (?:[\w-]+ )?(?:border|road|airport|bridge|crossing))",
    ),
    Trigger("Infrastructure", "Outage", _N, r"power cuts?|blackouts?|outages?"),
    Trigger(
        "Obstruction",
        "Inspection",
        _V,
        r"inspect(?:s|ed|ing)?|monitor(?:s|ed|ing)?(?= (?:the|of|various|in|at))|survey(?:s|ed)(?= the)",
    ),
    Trigger(
        "Obstruction",
        "Inspection",
        _N,
        r"inspections?|monitoring(?! (?:area|group|mission|team|centre|center))|(?:preliminary|planned|initial|environmental) (?:survey|monitoring)",
    ),
    Trigger(
        "Obstruction",
        "Access denied",
        _V,
        r"(?:was|were) (?:turned back|turned away|denied (?:access|entry)|refused entry)|(?:was|were) (?:stopped|blocked|prevented) from",
    ),
    Trigger(
        "Humanitarian aid",
        "Delivery",
        _V,
        r"deliver(?:ed|s|ing)?(?= [\w ,]{0,30}(?:aid|food|medicine|supplies|flour|fuel|tonnes|tons))|airlifted|distributed(?= [\w ,]{0,30}(?:aid|food|medicine|supplies))",
    ),
    Trigger(
        "Humanitarian aid",
        "Delivery",
        _N,
        r"(?:aid|humanitarian|relief|food) (?:convoy|flight|ship|truck|airlift)s?|convoys?(?= (?:of|carrying|with|reached|arrived|entered))|(?:aid|food|relief) (?:deliver(?:y|ies)|distribution|shipment)",
    ),
    Trigger(
        "Strategic developments",
        "Prisoner exchange",
        _N,
        r"prisoner (?:swap|exchange)s?|exchange of prisoners",
    ),
    Trigger(
        "Strategic developments",
        "Election",
        _N,
        r"(?:presidential|parliamentary|local|general|snap|municipal) elections?|elections?(?= (?:are|were|is|was|will|in|on|scheduled|set|planned)\b)|referendum",
    ),
    Trigger(
        "Strategic developments",
        "Exercise",
        _N,
        r"(?:military|naval|joint|live-fire) (?:exercise|drill|manoeuvre|maneuver)s?|exercises?(?=,? (?:which|will|began|started|in|near|from|on) )",
    ),
    Trigger("Strategic developments", "Weapons seized", _V, r"seized"),
    Trigger("Strategic developments", "Gathering", _N, r"concerts?|festivals?|ceremony|parades?"),
    Trigger("Battles", "Destruction", _C, r"destroyed|destroying"),
    Trigger(
        "Violence against civilians",
        "Casualties",
        _C,
        r"kill(?:ed|ing|s)|died|dead(?! (?:sea|line|lock|end))|wound(?:ed|ing)|injur(?:ed|ing)|shot",
    ),
)
