"""What the tool says of itself: a rule's page, the catalogue, a configuration to start from."""

import json
import re
from dataclasses import fields
from typing import Any

from content_audit.resources import resource
from content_audit.rule import Rule
from content_audit.rules import BY_NAME, CATALOGUE
from content_audit.rules.documentation import module_doc

STARTER = """\
# content-audit reads this file from the folder it is run in, or the nearest one above.
# Everything is optional; what stands here commented out are the defaults.

# Folders that hold the whole collection. Documents are held against all of it, whatever paths a command names.
# roots = ["content"]

# Files that are documents, and files and folders to leave out.
# include = ["*.md", "*.mdx", "*.markdown", "*.html", "*.htm", "*.txt"]
# exclude = ["drafts/**"]

# Rules, by code or the beginning of one; `content-audit rules` lists them.
# extend-select = ["REL009", "REL012"]
# ignore = ["SEO002"]

# The lowest severity that makes a run end with 1: error, warning, info or never.
# fail-on = "error"

# Files with urls or ids that exist elsewhere: lists, one a line, or sitemaps.
# inventory = ["sitemap.xml"]

# The roots and the inventory hold all that a link may lead to: links to others are errors.
# complete = false

# What the fields below start from: quicktakes, hugo, jekyll or cloudcannon.
# preset = "quicktakes"

# [severity]
# REL008 = "error"

# [rules.SEO002]
# max = 170

# What the front matter calls things; dotted where nested, the first one present counts.
# [fields]
# description = ["seo.page_description", "description"]
# links = ["related_article#", "related_articles", "related_posts", "related"]
# link-title = ["title", "name"]

# JSON Schemas, and the documents that each of them claims.
# [[schemas]]
# file = "schemas/article.schema.json"
# include = ["content/**/*.md"]
# where = { layout = "article" }
"""


def starter_config() -> str:
    """A commented configuration in which nothing is set."""
    return STARTER


def page(code: str) -> str | None:
    """A rule's page by its code or name: the module's docstring, then examples; None where there is no such rule."""
    rule = CATALOGUE.get(code.upper()) or BY_NAME.get(code.lower())
    if rule is None:
        return None
    _, _, doc = module_doc(rule).strip().partition("\n")
    examples = resource("rules", f"{rule.code}.md").read_text(encoding="utf-8")
    examples = re.sub(r"\A# .*\n+", "", examples)
    fix, default = " or ".join(rule.fixes) or "none", "On" if rule.enabled else "Off"
    facts = f"Severity: {rule.severity}. Fix: {fix}. {default} by default."
    parts = [f"# {rule.code} {rule.name}", rule.summary[0].upper() + rule.summary[1:] + ".", facts, options_text(rule)]
    return "\n\n".join(part for part in [*parts, doc.strip(), examples.strip()] if part) + "\n"


def options_text(rule: Rule) -> str:
    """A rule's options with their defaults; "" where it has none to set."""
    rows = [f"{name} = {json.dumps(default, ensure_ascii=False)}" for name, default in option_defaults(rule).items()]
    return f"Options (`[rules.{rule.code}]`): " + ", ".join(f"`{row}`" for row in rows) + "." if rows else ""


def option_defaults(rule: Rule) -> dict[str, Any]:
    """The options of a rule that a configuration can set, and what they are without one."""
    defaults = rule.options()
    return {f.name.replace("_", "-"): getattr(defaults, f.name) for f in fields(rule.options) if f.name != "schemas"}


def catalogue_text() -> str:
    """The rules, one a line."""
    width = max(len(rule.name) for rule in CATALOGUE.values())
    return "".join(
        f"{rule.code}  {rule.name:{width}}  {rule.severity:7}  {_fix(rule):11}  {rule.summary}\n"
        for rule in CATALOGUE.values()
    )


def _fix(rule: Rule) -> str:
    return "/".join(rule.fixes) or ("-" if rule.enabled else "off")


def catalogue_json() -> str:
    """The rules as JSON."""
    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "summary": rule.summary,
            "severity": rule.severity,
            "fixes": list(rule.fixes),
            "enabled": rule.enabled,
            "options": option_defaults(rule),
        }
        for rule in CATALOGUE.values()
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
