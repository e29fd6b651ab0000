"""The shapes that well-known software gives to front matter, for a configuration to start from.

Sources: the manuals of Hugo (URL management), Jekyll (Permalinks, and its UrlDrop for the case of categories) and
CloudCannon (Inputs).
"""

from dataclasses import replace
from typing import NamedTuple

from content_audit.model import Fields


class Preset(NamedTuple):
    """What a configuration that names it starts from: the fields, and globs of what is no content."""

    fields: Fields
    exclude: tuple[str, ...] = ()


LISTS = ("related", "related_posts", "related_articles", "related_pages", "related_content", "see_also")
ROWS = ("related#", "related_post#", "related_article#")
LINKS = (*LISTS, *ROWS)
"""What sites call their related links: the software itself has no name for them."""

SITE = Fields(
    title=("title", "linkTitle", "nav_title", "short_title"),
    subject=(),
    url=("url", "permalink"),
    file_name=(),
    description=("description", "summary", "excerpt", "seo.description", "seo.page_description"),
    keywords=("keywords", "tags"),
    text=(),
    links=LINKS,
    url_patterns=("/{section}/{page}",),  # no {slug}: made of file names and dates, it owes titles nothing
    slug=("slug",),
    link_subject=("subject", "section", "category"),
    link_url=("url", "href", "link", "permalink", "path", "page"),
    link_slug=("slug",),
    link_items="auto",
)

PAGES = (
    ("content/{folders}/_index", "/{folders:hyphens}/"),
    ("content/{folders}/{slug}/index", "/{folders:hyphens}/{slug:hyphens}/"),
    ("content/{folders}/{slug}", "/{folders:hyphens}/{slug:hyphens}/"),
)
TRANSLATIONS = tuple((f"{path}.{{lang}}", "/{lang:lower}" + url) for path, url in PAGES)
HUGO = replace(
    SITE,
    url=("url",),
    aliases=("aliases",),
    links=(*LINKS, *(f"params.{name}" for name in LINKS)),
    path_urls=(*TRANSLATIONS, *PAGES),
)

POSTS = ("_posts/{folders}/{year}-{month}-{day}-{slug}", "/{categories:lower}/{year}/{month}/{day}/{slug}.html")
BELOW_FOLDERS = (
    "{folders}/_posts/{year}-{month}-{day}-{slug}",
    "/{folders:lower}/{categories:lower}/{year}/{month}/{day}/{slug}.html",
)
"""The folders above posts are categories, but for those of the site's sources."""

JEKYLL = replace(
    SITE,
    url=("permalink",),
    aliases=("redirect_from",),
    path_urls=(
        BELOW_FOLDERS,
        POSTS,
        ("_{collection}/{folders}/index", "/{collection}/{folders}/"),
        ("_{collection}/{folders}/{file}", "/{collection}/{folders}/{file}.html"),
        ("{folders}/index", "/{folders}/"),
        ("{folders}/{file}", "/{folders}/{file}.html"),
    ),
)

CLOUDCANNON = replace(SITE, aliases=("aliases", "redirect_from"), links=HUGO.links, path_urls=(POSTS, *HUGO.path_urls))

PRESETS = {
    "quicktakes": Preset(Fields()),
    "hugo": Preset(HUGO, ("public/**", "layouts/**", "themes/**", "archetypes/**", "resources/**")),
    "jekyll": Preset(JEKYLL, ("_site/**", "_layouts/**", "_includes/**", "vendor/**")),
    "cloudcannon": Preset(CLOUDCANNON, ("_site/**", "public/**", "dist/**", "_layouts/**", "_includes/**")),
}
