"""States of the United States as containers: "Paris, Texas" lies near the middle of Texas."""

from __future__ import annotations

_ROWS = """
Alabama;Ala;AL;32.8;-86.8|Alaska;Alaska;AK;64;-152|Arizona;Ariz;AZ;34.3;-111.7
Arkansas;Ark;AR;34.8;-92.4|California;Calif;CA;37.2;-119.5|Colorado;Colo;CO;39;-105.5
Connecticut;Conn;CT;41.6;-72.7|Delaware;Del;DE;39;-75.5|Florida;Fla;FL;28.6;-82.4
Georgia;Ga;GA;32.6;-83.4|Hawaii;Hawaii;HI;20.3;-156.4|Idaho;Idaho;ID;44.4;-114.6
Illinois;Ill;IL;40;-89.2|Indiana;Ind;IN;39.9;-86.3|Iowa;Iowa;IA;42;-93.5
Kansas;Kan;KS;38.5;-98.4|Kentucky;Ky;KY;37.5;-85.3|Louisiana;La;LA;31;-92
Maine;Maine;ME;45.4;-69.2|Maryland;Md;MD;39;-76.8|Massachusetts;Mass;MA;42.3;-71.8
Michigan;Mich;MI;44.3;-85.4|Minnesota;Minn;MN;46.3;-94.3|Mississippi;Miss;MS;32.7;-89.7
Missouri;Mo;MO;38.4;-92.5|Montana;Mont;MT;47;-109.6|Nebraska;Neb;NE;41.5;-99.8
Nevada;Nev;NV;39.3;-116.6|New Hampshire;N.H.;NH;43.7;-71.6|New Jersey;N.J.;NJ;40.2;-74.7
New Mexico;N.M.;NM;34.4;-106.1|New York;N.Y.;NY;42.9;-75.6|North Carolina;N.C.;NC;35.6;-79.4
North Dakota;N.D.;ND;47.4;-100.5|Ohio;Ohio;OH;40.3;-82.8|Oklahoma;Okla;OK;35.6;-97.5
Oregon;Ore;OR;43.9;-120.6|Pennsylvania;Pa;PA;40.9;-77.8|Rhode Island;R.I.;RI;41.7;-71.6
South Carolina;S.C.;SC;33.9;-80.9|South Dakota;S.D.;SD;44.4;-100.2|Tennessee;Tenn;TN;35.9;-86.4
Texas;Texas;TX;31.5;-99.3|Utah;Utah;UT;39.3;-111.7|Vermont;Vt;VT;44.1;-72.7
Virginia;Va;VA;37.5;-78.9|Washington;Wash;WA;47.4;-120.4|West Virginia;W.Va.;WV;38.6;-80.6
Wisconsin;Wis;WI;44.6;-89.7|Wyoming;Wyo;WY;43;-107.6"""
STATE_RADIUS_KM = 600.0

STATES: dict[str, tuple[float, float]] = {}
for _row in _ROWS.replace("\n", "|").strip("|").split("|"):
    _name, _short, _code, _lat, _lon = _row.split(";")
    for _form in (_name.lower(), _short.lower(), _code):
        STATES[_form] = (float(_lon), float(_lat))


def state_middle(words: str) -> tuple[float, float] | None:
    """Return longitude and latitude of the middle of the state these words name, else None."""
    bare = words.strip()
    return STATES.get(bare) or STATES.get(bare.lower() if len(bare) > 2 else bare)
