"""Presets, on documents as the software writes them: what is found, what is left alone, and what a fix leaves."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from content_audit.facts.addresses import address
from content_audit.model import Fields
from content_audit.parse import parse_text
from content_audit.presets import PRESETS
from tests.conftest import Invoke, contents, read_report, write

RELATED = "REL001,REL002,REL006,REL007"


def look(invoke: Invoke, work: Path, preset: str, files: Mapping[str, str], extra: str = "") -> list[str]:
    """What the rules on related links say of these files, as "path:line CODE message"."""
    write(work, {**files, "content-audit.toml": f'preset = "{preset}"\n{extra}'})
    report = read_report(invoke("check", "--select", RELATED, "--output-format", "json").stdout)
    return [f"{f['path']}:{f['start']['line']} {f['code']} {f['message']}" for f in report["findings"]]


def fixed(invoke: Invoke, work: Path) -> dict[str, str]:
    """The documents once every safe fix is made."""
    before = contents(work)
    invoke("fix", "--select", RELATED)
    return {name: data.decode() for name, data in contents(work).items() if data != before[name]}


QUICKTAKES = {
    "hives.md": """---
id: 1
title: Where to put a hive
subject: Beekeeping
url: /learn/beekeeping/questions/where-to-put-a-hive
related_article1:
  id: 2
  title: Feeding in spring
  subject: Beekeeping
  url: /learn/beekeeping/questions/feeding-in-spring/
related_article2:
  id: 2
  title: Feeding in spring
  subject: Beekeeping
  url: /learn/beekeeping/questions/feeding-in-spring/
related_article3:
  id: 9
  title: Nothing
  subject: Beekeeping
  url: /learn/beekeeping/questions/nothing
---
""",
    "feeding.md": """---
id: 2
title: Feeding in spring
subject: Beekeeping
url: /learn/beekeeping/questions/feeding-in-spring
---
""",
}


def test_quicktakes(invoke: Invoke, work: Path) -> None:
    assert look(invoke, work, "quicktakes", QUICKTAKES) == [
        "hives.md:11 REL001 related_article2 repeats related_article1 (id 2)",
        "hives.md:16 REL007 related_article3 leads to no document of the collection (id 9)",
    ]
    assert fixed(invoke, work)["hives.md"].count("related_article") == 2


HUGO = {
    "content/_index.md": "+++\ntitle = 'Home'\n+++\n",
    "content/posts/_index.md": "+++\ntitle = 'Posts'\n+++\n",
    "content/posts/wild-bees.md": """+++
title = 'Wild bees'
date = 2024-05-01T08:00:00Z
aliases = ['/old/bees/']
related = ['/posts/hives/', 'posts/my-wasps.md', '/posts/', '/old/bees/', '/posts/none/']
+++
""",
    "content/posts/hives/index.md": """---
title: Hives
slug: Hives
related:
  - wild-bees
  - Wasps, and how to bear them
  - /
  - /posts/hives
  - ../my-wasps.md
---
""",
    "content/posts/Mud Wasps.md": '{"title": "Wasps, and how to bear them","related": ["/old/bees/", "my-wasps"]}',
    "content/posts/my-wasps.md": """---
title: Wasps, and how to live with them
params:
  related:
    - title: Wild beez
      slug: wild-bees
    - {title: Wild bees, slug: wild-bees}
    - url: /posts/nowhere/
---
""",
    "public/posts/hives/index.html": "<!doctype html><title>Hives</title><p>Made by Hugo.</p>",
}


def test_hugo(invoke: Invoke, work: Path) -> None:
    assert look(invoke, work, "hugo", HUGO) == [
        "content/posts/hives/index.md:8 REL002 related[3] leads back to this document (url /posts/hives)",
        "content/posts/my-wasps.md:7 REL001 params.related[1] repeats params.related[0] (slug wild-bees), "
        "with another record",
        "content/posts/my-wasps.md:8 REL007 params.related[2] leads to no document of the collection "
        "(url /posts/nowhere/)",
        "content/posts/wild-bees.md:5 REL002 related[3] leads back to this document (url /old/bees/)",
        "content/posts/wild-bees.md:5 REL007 related[4] leads to no document of the collection (url /posts/none/)",
    ]
    after = fixed(invoke, work)
    assert (
        "related = ['/posts/hives/', 'posts/my-wasps.md', '/posts/', '/posts/none/']"
        in after["content/posts/wild-bees.md"]
    )
    assert "  - /\n  - ../my-wasps.md\n" in after["content/posts/hives/index.md"]


JEKYLL = {
    "_posts/2024-01-02-wild-bees.md": """---
title: Wild bees
categories: [Garden, Insects]
related_posts:
  - /garden/insects/2024/02/03/wasps.html
  - 2024-02-03-wasps
  - wasps
  - /about/
  - /garden/2024/02/03/wasps.html
---
""",
    "_posts/2024-02-03-wasps.md": """---
title: Wasps
category: garden
categories: Garden insects
related_posts: ["Wild bees", /garden/insects/2024/01/02/wild-bees, _posts/2024-01-02-wild-bees.md, hives]
---
""",
    "_guides/hives.md": "---\ntitle: Hives\nredirect_from: /hives/\n---\n",
    "about.md": """---
permalink: /about/
related:
  - {title: Hives, url: /guides/hives.html}
  - {title: Hives, url: /hives/}
  - url: /about/
    title: About
---
""",
    "_layouts/post.html": "<!doctype html><title>{{ page.title }}</title>",
}


def test_jekyll(invoke: Invoke, work: Path) -> None:
    assert look(invoke, work, "jekyll", JEKYLL) == [
        "_posts/2024-01-02-wild-bees.md:9 REL007 related_posts[4] leads to no document of the collection "
        "(url /garden/2024/02/03/wasps.html)",
        "about.md:6 REL002 related[2] leads back to this document (url /about/)",
    ]
    after = fixed(invoke, work)
    assert after == {"about.md": JEKYLL["about.md"].replace("  - url: /about/\n    title: About\n", "")}


CLOUDCANNON = {
    "content/guides/hives.md": """---
title: Hives
_schema: guide
related_guides: []
related_posts:
  - content/posts/wild-bees.md
  - /content/posts/wasps.md
  - content/posts/gone.md
  - content/posts/wild-bees.md
---
""",
    "content/posts/wild-bees.md": """---
title: Wild bees
related_pages:
  - page: content/posts/wasps.mdx
    title: Wasps
  - page: /guides/hives/
    title: Hive
---
""",
    "content/posts/wasps.mdx": '---\ntitle: Wasps\nrelated_posts: ["Wild bees", "Hives"]\n---\n',
}


def test_cloudcannon(invoke: Invoke, work: Path) -> None:
    assert look(invoke, work, "cloudcannon", CLOUDCANNON) == [
        "content/guides/hives.md:8 REL007 related_posts[2] leads to no document of the collection "
        "(path content/posts/gone)",
        "content/guides/hives.md:9 REL001 related_posts[3] repeats related_posts[0] (path content/posts/wild-bees)",
    ]
    after = fixed(invoke, work)
    assert "content/posts/wild-bees.md" not in after
    assert after["content/guides/hives.md"].endswith("gone.md\n---\n")


def test_own_fields_go_before_the_preset_s(invoke: Invoke, work: Path) -> None:
    """Docusaurus has no preset: its documents are found by a pattern, its lists hold ids."""
    fields = '[fields]\nlinks = "see_also"\nlink-items = "id"\n[fields.path-urls]\n"docs/{slug}" = "/{slug}"\n'
    documents = {
        "docs/bees.md": "---\nid: bees\nsee_also: [wasps, hornets]\nrelated: [/nowhere]\n---\n",
        "docs/wasps.md": "---\nid: wasps\n---\n",
    }
    assert look(invoke, work, "hugo", documents, fields) == [
        "docs/bees.md:3 REL007 see_also[1] leads to no document of the collection (id hornets)"
    ]


TRANSLATED = {
    "content/posts/bees.md": "---\ntitle: Bees\nrelated: [{title: Wasps, url: /posts/wasps/}, /de/posts/wespen]\n---\n",
    "content/posts/bees.de.md": """---
title: Bienen
related:
  - {title: Wespen, url: /posts/wasps/}
  - {title: Bees, url: /posts/bees/}
  - {title: Hornissen, url: /posts/hornets/}
  - {title: Wespe, url: /de/posts/wespen/}
  - posts/hives.md
---
""",
    "content/posts/wasps.md": "---\ntitle: Wasps\n---\n",
    "content/posts/wasps.de.md": "---\ntitle: Wespen\nslug: wespen\n---\n",
    "content/posts/hornets/index.md": "---\ntitle: Hornets\n---\n",
    "content/posts/hives.en.md": "---\ntitle: Hives\nrelated: [/posts/notes.it/, /posts/hornets/]\n---\n",
    "content/posts/hives.de.md": "---\ntitle: K\u00f6rbe\nrelated: [/posts/hives/]\n---\n",
    "content/posts/notes.it.md": "---\ntitle: Notes on it\nrelated: [/posts/hives/, posts/notes.it.md]\n---\n",
}


def test_translations_by_file_name_are_no_twins(invoke: Invoke, work: Path) -> None:
    """Neither are their titles copied into each other, nor is one a link to itself in the other's language."""
    assert look(invoke, work, "hugo", TRANSLATED, 'complete = true\nselect = ["REL", "ID"]\n') == [
        "content/posts/notes.it.md:3 REL002 related[1] leads back to this document (path posts/notes.it)",
    ]
    edges = json.loads(invoke("links", "--output-format", "json").stdout)["edges"]
    targets = [edge["target"] for edge in edges if edge["source"] == "content/posts/bees.de.md"]
    assert targets[-1] == "content/posts/hives.de.md"


@pytest.mark.parametrize("preset", ["hugo", "jekyll", "cloudcannon"])
def test_a_category_is_no_section(invoke: Invoke, work: Path, preset: str) -> None:
    entries = (
        "related: [{title: B, category: Tools, url: /blog/b/}, {category: Press, url: 'https://n.example/world/x'}]"
    )
    files = {f"content/blog/{name}.md": f"---\nurl: /blog/{name}/\ntitle: {name}\n---\n" for name in "BCDEFG"}
    files["content/blog/a.md"] = f"---\ntitle: A\n{entries}\n---\n"
    write(work, {**files, "content-audit.toml": f'preset = "{preset}"\n'})
    report = read_report(invoke("check", "--select", "REL", "--output-format", "json").stdout)
    assert [f["code"] for f in report["findings"] if f["severity"] == "error"] == []


SITES = {
    "hugo": {
        "content/_index.md": "---\ntitle: Home\n---\n",
        "content/docs/_index.md": "---\ntitle: Manual\nlinkTitle: Docs\ncascade: {type: docs}\n---\n",
        "content/docs/start/install.md": """---
title: Installation
linkTitle: Install
weight: 10
related:
  - /docs/start/settings/
  - {title: install, url: /docs/commands/install/}
---
""",
        "content/docs/start/settings.md": """---
title: Settings
categories: [Guides]
tags: [settings, start]
see_also:
  - {title: Install, url: ../install/}
  - {title: From source, url: "/docs/start/install/#source"}
  - {title: Docs, url: /docs/, category: Guides}
---
""",
        "content/docs/commands/install.md": "---\ntitle: install\nrelated: [settings, /docs/start/install/]\n---\n",
        "content/posts/first.md": """---
title: "Our first post"
date: 2024-03-01T10:00:00+01:00
slug: first-post
categories: ["News"]
aliases: [/2024/03/first-post/, /first]
images: [cover.jpg]
related: [posts/second/index.md, '{{< ref "second" >}}', Second, https://forum.example/t/first]
---
""",
        "content/posts/second/index.md": """+++
title = 'Second'
date = 2024-03-05T09:00:00Z
categories = ['News', 'Tools']
[[params.related]]
title = 'Our first post'
url = '/2024/03/first-post/'
category = 'Tools'
[[params.related]]
name = 'Forum'
url = 'https://forum.example/'
category = 'Elsewhere'
+++
""",
        "content/posts/third.md": "---\ntitle: Third\nrelated: true\nsee_also: '[Second](/posts/second/)'\n---\n",
        "content/posts/fourth.md": "---\ntitle: Fourth\nrelated: {enable: true, limit: 3}\nrelated_posts:\n---\n",
    },
    "jekyll": {
        "_posts/2023-05-06-welcome.markdown": """---
layout: post
title:  "Welcome!"
date:   2023-05-06 10:00:00 -0400
categories: site update
related:
  - {title: Second, url: /site/update/2023/06/07/second.html, category: Update}
  - {title: Third, url: "{{ site.baseurl }}/third/"}
---
""",
        "_posts/2023-06-07-second.md": """---
title: Second
categories: [site, update]
redirect_from: /second/
related_posts: [2023-05-06-welcome, "{% post_url 2023-05-06-welcome %}", /news/2023/08/10/more.html, Third]
---
""",
        "_posts/2023-07-08-third.md": "---\ntitle: Third\npermalink: /:title/\nrelated: [/second/, /about]\n---\n",
        "news/_posts/2023-08-10-more.md": "---\ntitle: More\nrelated: [/2023/08/09/less.html, /news/]\n---\n",
        "news/_posts/2023-08-09-less.md": "---\ntitle: Less\nnav_title: A little\n---\n",
        "news/index.md": "---\ntitle: News\nrelated: [{title: A little, url: /news/2023/08/09/less.html}]\n---\n",
        "about.md": "---\ntitle: About\npermalink: about/\nrelated: [/docs/setup.html, docs/setup]\n---\n",
        "_docs/setup.md": "---\ntitle: Setup\nslug: set-up\nrelated: [../about/]\n---\n",
        "old.md": "---\npermalink: /:unheard/:title/\n---\n",
        "index.md": "---\ntitle: Home\nlayout: home\nrelated: [/about/]\n---\n",
    },
    "cloudcannon": {
        "content/blog/apples.md": """---
_schema: default
title: Apples
date: 2024-01-01T00:00:00Z
tags: [fruit]
category: Fruit
related_posts:
  - content/blog/pears.md
  - /content/blog/plums.md
related_articles:
  - post: content/blog/pears.md
related_article1: {title: Pears, url: /blog/pears/, category: Orchard}
related_article2: null
---
""",
        "content/blog/pears.md": "---\ntitle: Pears\nrelated_posts: [/blog/apples/, plums]\n---\n",
        "content/blog/plums.md": "---\ntitle: Plums\nrelated_posts:\nrelated_pages: ''\n---\n",
        "_posts/2024-02-02-dates.md": "---\ntitle: Dates\ncategory: Fruit\nrelated: _posts/2024-02-02-figs.md\n---\n",
        "_posts/2024-02-02-figs.md": "---\ntitle: Figs\nrelated_posts: [/fruit/2024/02/02/dates.html]\n---\n",
        "src/content/docs/sun.mdx": "---\ntitle: Sun\nrelated: [moon.mdx, /docs/moon]\n---\n",
        "src/content/docs/moon.mdx": "---\ntitle: Moon\nrelated: [src/content/docs/sun.mdx]\n---\n",
    },
}


@pytest.mark.parametrize("preset", SITES)
def test_sites_as_people_write_them(invoke: Invoke, work: Path, preset: str) -> None:
    """No link of theirs is an error, nor are two documents one; what leads elsewhere is for information."""
    write(work, {**SITES[preset], "content-audit.toml": f'preset = "{preset}"\n'})
    report = read_report(invoke("check", "--select", "REL,ID001,ID002", "--output-format", "json").stdout)
    found = [f"{f['path']} {f['code']} {f['message']}" for f in report["findings"]]
    elsewhere = {
        "hugo": ["third.md REL007 see_also"],
        "jekyll": [],
        "cloudcannon": [],
    }
    assert [found for found in found if not any(each in found for each in elsewhere[preset])] == []
    assert len(found) == len(elsewhere[preset])


def test_a_name_that_several_have_is_no_link_to_itself(invoke: Invoke, work: Path) -> None:
    """Nor is a former url that is now another's."""
    files = {
        "content/a/intro.md": "---\ntitle: Intro\nrelated: [intro, Intro]\n---\n",
        "content/b/intro.md": "---\ntitle: intro\naliases: [/was/]\nrelated: [/b/intro/, /was/, /once/, bees]\n---\n",
        "content/was.md": "---\ntitle: Was\nrelated: [was, Was]\n---\n",
        "content/bees.md": "---\ntitle: Bees\naliases: [/once/]\nrelated: [/once/]\n---\n",
    }
    assert look(invoke, work, "hugo", files) == [
        "content/b/intro.md:4 REL002 related[0] leads back to this document (url /b/intro/)",
        "content/bees.md:4 REL002 related[0] leads back to this document (url /once/)",
        "content/was.md:3 REL002 related[0] leads back to this document (slug was)",
        "content/was.md:3 REL002 related[1] leads back to this document (title was)",
    ]


def test_folders_of_languages_and_urls_without_them(invoke: Invoke, work: Path) -> None:
    """The main language has no folder in its urls; a link there is read in the language of its own document."""
    files = {
        f"content/{lang}/docs/{name}.md": f"---\ntitle: {name} {lang}\nrelated: [/docs/b/]\n---\n"
        for lang in ("de", "en")
        for name in "ab"
    }
    assert look(invoke, work, "hugo", files, "complete = true\n") == []
    edges = json.loads(invoke("links", "--output-format", "json").stdout)["edges"]
    assert all(edge["source"][:10] == edge["target"][:10] for edge in edges)


URLS = [
    pytest.param("hugo", "content/posts/Big Bees.md", "", "/posts/big-bees/", id="hugo: spaces and capitals"),
    pytest.param("hugo", "site/content/about.md", "", "/about/", id="hugo: at the top"),
    pytest.param("hugo", "content/a/b/index.md", "slug: c\n", "/a/c/", id="hugo: slug of a bundle"),
    pytest.param("hugo", "content/a/_index.md", "", "/a/", id="hugo: section"),
    pytest.param("hugo", "content/_index.md", "", "/", id="hugo: home"),
    pytest.param("hugo", "content/a.md", "url: /b/\n", "/b/", id="hugo: url"),
    pytest.param("hugo", "static/a.md", "", "", id="hugo: no content"),
    pytest.param("hugo", "content/a.md", "url: b/\n", "/b/", id="hugo: url without a slash in front"),
    pytest.param("hugo", "content/posts/a.fr.md", "", "/fr/posts/a/", id="hugo: translation"),
    pytest.param("hugo", "content/a/b/index.de.md", "slug: c\n", "/de/a/c/", id="hugo: translation of a bundle"),
    pytest.param("hugo", "content/a/_index.pt-BR.md", "", "/pt-br/a/", id="hugo: translation of a section"),
    pytest.param("hugo", "content/_index.fr.md", "", "/fr/", id="hugo: translation of the home page"),
    pytest.param("hugo", "content/a.fr.md", "url: b/\n", "/fr/b/", id="hugo: url below a language"),
    pytest.param("hugo", "content/v1.2.md", "", "/v1.2/", id="hugo: a number after the dot"),
    pytest.param("hugo", "content/node.js.md", "", "/node.js/", id="hugo: no language after the dot"),
    pytest.param("jekyll", "_posts/2024-01-02-Bees.md", "", "/2024/01/02/Bees.html", id="jekyll: file name"),
    pytest.param(
        "jekyll", "_posts/2024-01-02-a.md", "date: 2023-12-31 23:00\n", "/2023/12/31/a.html", id="jekyll: date"
    ),
    pytest.param(
        "jekyll", "_posts/a/2024-01-02-b.md", "category: News\n", "/news/2024/01/02/b.html", id="jekyll: folder"
    ),
    pytest.param(
        "jekyll", "_posts/2024-01-02-a.md", "permalink: /:year/:title/\n", "/2024/a/", id="jekyll: placeholders"
    ),
    pytest.param(
        "jekyll", "_docs/Guide.md", "permalink: /docs/:title:output_ext\n", "/docs/Guide.html", id="jekyll: its suffix"
    ),
    pytest.param("jekyll", "a.md", "permalink: /wiki/Talk:page/\n", "/wiki/Talk:page/", id="jekyll: a colon in a name"),
    pytest.param("jekyll", "_posts/2024-01-02-a.md", "permalink: /b/\n", "/b/", id="jekyll: permalink"),
    pytest.param("jekyll", "_guides/hives/index.md", "", "/guides/hives/", id="jekyll: collection"),
    pytest.param("jekyll", "docs/a.md", "", "/docs/a.html", id="jekyll: page"),
    pytest.param("jekyll", "a.md", "permalink: about/\n", "/about/", id="jekyll: permalink without a slash in front"),
    pytest.param("jekyll", "a.md", "permalink: 404.html\n", "/404.html", id="jekyll: permalink without any slash"),
    pytest.param("jekyll", "_docs/a.md", "slug: b\n", "/docs/a.html", id="jekyll: slugs are for posts"),
    pytest.param("jekyll", "_docs/a/b.md", "permalink: /x/:path/\n", "/x/a/b/", id="jekyll: a collection's path"),
    pytest.param(
        "jekyll",
        "_posts/2024-01-02-a.md",
        "permalink: /:short_year/:i_month/:i_day/\n",
        "/24/1/2/",
        id="jekyll: short dates",
    ),
    pytest.param(
        "jekyll",
        "news/_posts/2024-01-02-a.md",
        "category: B\n",
        "/news/b/2024/01/02/a.html",
        id="jekyll: folders above",
    ),
    pytest.param("jekyll", "a.md", "permalink: /:unheard/\n", "", id="jekyll: what can't be told"),
    pytest.param("jekyll", "docs/a.md", "permalink: pretty\n", "/docs/a.html", id="jekyll: a style of permalinks"),
    pytest.param("cloudcannon", "src/content/posts/a.mdx", "", "/posts/a/", id="cloudcannon"),
    pytest.param("quicktakes", "content/a.md", "", "", id="quicktakes: what the document says"),
]


@pytest.mark.parametrize(("preset", "path", "entries", "url"), URLS)
def test_urls_by_path(preset: str, path: str, entries: str, url: str) -> None:
    document = parse_text(path, f"---\ntitle: A\n{entries}---\n", PRESETS[preset].fields)
    assert address(document).url == url


def test_the_preset_without_a_name_is_the_default() -> None:
    assert PRESETS["quicktakes"].fields == Fields()
