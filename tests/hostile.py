"""Texts that would run, or be shown as something else, where text is taken for code."""

FOLDER = "GEOMAP_RAN"
"""The folder that `RUNS` makes in the working directory of a server that renders it."""

RUNS = f"Zed {{{{cycler.__init__.__globals__.os.mkdir(dict({FOLDER}=1)|join)}}}} town"

PAYLOADS = (
    RUNS,
    "{{7*7}}",
    "{% if 1 %}yes{% endif %}",
    "{# gone #}",
    "{{ 'word' }}",
    "${alert(1)}",
    "`alert(1)`",
    "</script><script>alert(1)</script>",
    "<img src=http://stranger.test/x onerror=alert(1)>",
    "a\u2028alert(1)//",
    "]]><script>alert(1)</script>",
    "\\1 \\g<0>",
    r"$\frac{a}{b}$",
    ":red[x] :material/home:",
    "![x](http://stranger.test/x.png)",
    "[x](javascript:alert(1))",
    "=1+1",
    "{0.__class__} %s %(x)s",
    "\"'><b>x</b>&amp;",
)
