"""Documents that the tests of the commands share."""

PAGE = """---
id: 1
title: Apples
related_article1: {id: 2, title: Pears, url: /learn/fruit/pears}
related_article2: {id: 2, title: Pears, url: /learn/fruit/pears}
related_article3: {id: 3, title: Plums, url: /learn/fruit/plums}
---

Apples keep until spring.
"""
FIXED = PAGE.replace("related_article2: {id: 2, title: Pears, url: /learn/fruit/pears}\n", "").replace(
    "article3", "article2"
)
CLEAN = "# Pears\n\nPears finish in a cool room.\n"
PLACEHOLDER = "---\nid: 4\ntitle: Quinces\n---\n\n&nbsp;\n"
HTML = """<!doctype html>
<html lang="en"><head><title>Drying plums</title><meta name="author" content="Fieldnotes"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav>
<article><h1>Drying plums</h1>
<p>Plums are dried slowly, because a hot oven bursts their skins and all juice is lost.</p>
<p>Turn them every evening, and keep the tray where the morning sun does not reach it before noon.</p></article>
</body></html>
"""
