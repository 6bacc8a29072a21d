"""The Streamlit entry point of a checkout: `streamlit run app.py`.

`geomap run` starts the same pages from an installed package. The checkout's own code is used,
so that a host that installs only `requirements.txt` can run this file too.
"""

import sys
from pathlib import Path

SOURCE = str(Path(__file__).resolve().parent / "src")
if SOURCE not in sys.path:
    sys.path.insert(0, SOURCE)

from geomap.dashboard.main import main  # noqa: E402  # found in SOURCE

main()
