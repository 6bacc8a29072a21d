"""The Streamlit entry point of a checkout: `streamlit run app.py`.

`geomap run` starts the same pages from an installed package.
"""

from geomap.dashboard.main import main

main()
