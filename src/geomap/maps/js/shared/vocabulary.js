/* Words, numbers and bits that mean the same in Python and in the scripts.
   Written by tools/write_vocabulary.py (`make js`): change them in Python. */

/** Units of a packed position along each side of the Mercator square. */
export const WORLD = 4294967296;

/** Length of the equator in metres, as Web Mercator has it. */
export const EQUATOR_METRES = 40075016.7;

/** The first four bytes of packed events as a little-endian number. */
export const MAGIC = 843402567;

/** The byte `facts` of a packed row: masks, and how far the date's precision is shifted. */
export const FACTS = {"status": 7, "date": 7, "dateShift": 3, "geometry": 64, "extra": 128};

/** The bits of the byte `geo` that hold the precision of the place. */
export const GEO_MASK = 15;

/** Bits of a row: of each column whose words it fails, of one that the server's answer leaves out,
    all that leave it out, of one that passes but is possible at best. */
export const FAILS = {"type": 1, "source": 2, "status": 4, "geo": 8, "date": 16, "batch": 32};
export const FAILS_SERVER = 64;
export const FAILS_ANY = 127;
export const UNSURE = 128;

/** What a window and the filters make of an event. */
export const OUT = 0;
export const POSSIBLE = 1;
export const SHOWN = 2;

/** What a date's precision says of the days of a span: all, some, or all from the first. */
export const CERTAIN = 0;
export const VAGUE = 1;
export const OPEN = 2;
export const OPEN_PRECISION = "open";

/** The form of a mark, by how exactly its place is known. */
export const SHAPES = {"exact": "exact", "near": "near", "area": "area", "unknown": "unknown"};

/** The form of a place of the gazetteer. */
export const FORMS = {"point": "point", "line": "line", "area": "area"};

/** What can be filtered by: the heading of its list, its kind, and the packed columns that answer
    it; of several columns each with its words. */
export const KINDS = {"words": "words", "range": "range"};
export const CRITERIA = {
  "type": {"label": "Type", "kind": "words", "columns": {"type": {}}},
  "source": {"label": "Source", "kind": "words", "columns": {"source": {}}},
  "status": {"label": "Status", "kind": "words", "columns": {"status": {}}},
  "precision": {"label": "Precision", "kind": "words", "columns": {"geo": {"label": "of the place", "words": ["exact", "near", "admin2", "admin1", "region", "country", "line", "approximate_line", "zone", "unknown"]}, "date": {"label": "of the date", "words": ["day", "week", "month", "year", "range", "open"]}}},
  "actor": {"label": "Actor", "kind": "words", "columns": {}},
  "country": {"label": "Country", "kind": "words", "columns": {}},
  "fatalities": {"label": "Fatalities", "kind": "range", "columns": {}},
  "batch": {"label": "Batch", "kind": "words", "columns": {"batch": {}}},
};

/** What colours can stand for, and how crowded views are drawn; the first is the default. */
export const COLOUR_BY = {"type": "Type", "source": "Source", "status": "Status", "actor": "Actor"};
export const DENSITIES = {"auto": "Automatic", "on": "On", "off": "Off"};

/** Colours of one column, the last of which is that of all other words. */
export const MOST_COLOURS = 10;
export const OTHER = "other";
export const NOT_STATED = "not stated";

/** How the time control reads its two days. */
export const MODES = {"window": "window", "cumulative": "cumulative"};

/** How boundaries are drawn, and whose names places bear at first. */
export const BOUNDARIES = {"dashed": "disputed dashed", "alike": "all alike", "none": "none"};
export const SOURCE_NAMES = "source";

/** The eight counts in order: name, words before and after it; those left out while 0. */
export const COUNTS = [["shown", "", " shown"], ["possible", " + ", " possible"], ["total", " of ", ""], ["outside_dates", " · ", " outside the dates"], ["filtered", " · ", " filtered"], ["unplaced", " · ", " unplaced"], ["undated", " · ", " undated"], ["hidden", " · ", " hidden"]];
export const ONLY_IF_ANY = ["hidden"];
