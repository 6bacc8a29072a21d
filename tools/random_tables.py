"""Take in thousands of random tables and print which rows are read wrong in silence.

The tests try forty of these tables; a change of the ingest is worth thousands. The tables of a
seed are always the same::

    .venv/bin/python -m tools.random_tables SEED N

A line is a table with a fault: its number, the first fault, the number of rows, its forms and
its headers. The last lines are the numbers of tables asked about and of rows read wrong, by kind.
The exit code is 1 where any row is wrong, or more than one table in ten is asked about.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter

from tests.ingest.random_tables import random_table, reading_of

from geomap.gazetteer import open_gazetteer


def main() -> int:
    """Take in the tables of a seed; return 0 where all are right and few are asked about."""
    parser = argparse.ArgumentParser(description="Take in N random tables of a seed.")
    parser.add_argument("seed", type=int, metavar="SEED")
    parser.add_argument("count", type=int, metavar="N")
    arguments = parser.parse_args()

    world = open_gazetteer()
    asked: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for number in range(arguments.count):
        table = random_table(random.Random(f"{arguments.seed}:{number}"))  # noqa: S311 - no secret
        question, faults = reading_of(table, world)
        asked.update([question] if question else [])
        wrong.update(fault.split()[0] for fault in faults)
        if faults:
            print(number, faults[0], len(faults), *table.forms, table.header, flush=True)
    print(f"{arguments.count} tables, asked about: {dict(asked)}")
    print(f"rows read wrong in silence: {dict(wrong)}")
    return int(bool(wrong) or asked.total() * 10 > arguments.count)


if __name__ == "__main__":
    sys.exit(main())
