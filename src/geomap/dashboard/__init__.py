"""The pages of geomap in a browser: Map, Articles, Add data and Report.

`main` is the entry script; `views` holds one short script for each page; what they draw
with lies beside them. This is the only room that knows Streamlit. Text of articles and of
uploaded files reaches a page as data that our own scripts set as text: never as HTML, never
as Markdown.
"""
