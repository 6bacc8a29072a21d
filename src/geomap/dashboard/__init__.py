"""The pages of geomap in a browser: Map, Articles, Add data and Report.

`main` is the entry script, `views` has one short script for each page. Each page has a folder;
a page imports from `shared` and not from the folder of another. This is the only room that
imports Streamlit. Text of articles and of uploaded files reaches a page as data that our own
scripts set as text: never as HTML, never as Markdown.
"""
