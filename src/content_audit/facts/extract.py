"""The facts of one document: what it says of itself and of others, as rows."""

from content_audit.facts.addresses import address, known_names, made_urls, other_names
from content_audit.facts.languages import document_language
from content_audit.facts.lines import line_rows, site_of
from content_audit.facts.links import Link, as_written, id_of, pack_parts, related_links
from content_audit.facts.prose import has_copies, own_text, told_text, word_counts
from content_audit.facts.salvage import salvaged
from content_audit.facts.standing import standing
from content_audit.facts.suppressions import suppression_rows
from content_audit.facts.tables import BandRow, DocumentRow, Facts, FieldRow, LinkRow, SketchRow, doc_key, text_key
from content_audit.facts.topics import topic_row
from content_audit.facts.urls import in_folder, letters, may_be_slug, same_site, slugs, url_parts
from content_audit.facts.wording import wording
from content_audit.model import Document, lookup, made
from content_audit.text import sketch


def field_text(document: Document, names: tuple[str, ...]) -> str:
    """The text of the first of these fields that is there; "" where none is, or where it is no text or number."""
    found = lookup(document, names)
    return as_written(document, *found) if found else ""


def id_text(document: Document) -> str:
    """The document's id, as ids are compared; "" where it has none."""
    found = lookup(document, document.fields.id)
    return id_of(found[1]) if found else ""


def extract(document: Document) -> Facts:
    """The rows that this document adds to the collection's tables."""
    doc, fields, known = doc_key(document.path), document.fields, salvaged(document)
    url, key, _ = address(known)
    words, removed = word_counts(document)
    site = site_of(document.path, url)
    text = own_text(document)
    told = told_text(document) if removed else text
    drawn = sketch(told)
    subject = field_text(document, fields.subject)
    section, is_own = _section(url, subject, fields.url_patterns)
    called = id_text(known), url, key, field_text(document, fields.title), subject
    syntax = document.front_matter.syntax if document.front_matter else ""
    counted = document.first_line().end, words, removed
    placed = site, document_language(document, key), section, int(is_own), standing(document)
    row = made(DocumentRow, (doc, document.path, document.format, syntax, *called, *counted, *placed))
    return Facts(
        documents=(row,),
        fields=_field_rows(known, doc, text),
        links=_link_rows(document, doc),
        lines=line_rows(document, doc, site),
        sketches=(SketchRow(doc, drawn.signs),) if drawn else (),
        bands=tuple(BandRow(doc, key) for key in drawn.keys) if drawn else (),
        topics=(topic_row(document, doc, told if has_copies(document) else text),),
        suppressions=suppression_rows(document, doc),
    )


def _section(url: str, subject: str, patterns: tuple[str, ...]) -> tuple[str, bool]:
    """The section that a document's url stands in, and whether it is the subject's; "" where that can't be told."""
    section = url_parts(url, patterns).get("section", "") if subject else ""
    is_own = section != "" and letters(section) in map(letters, slugs(subject))
    return (section, is_own) if is_own or not _may_be_in(section, subject, url) else ("", False)


def _field_rows(document: Document, doc: int, text: str) -> tuple[FieldRow, ...]:
    fields, rows = document.fields, []
    named = (("id", fields.id), ("title", fields.title), ("seo_title", fields.seo_title))
    for name, names in named:
        if found := lookup(document, names):
            value = id_of(found[1]) if name == "id" else as_written(document, *found)
            if value:
                node = document.nodes[found[0]]
                rows.append(FieldRow(doc, name, value if name == "id" else wording(value), node.key_start, node.end))
    _, key, pointer = address(document)
    whole = document.first_line().end
    if key:
        place = (node.key_start, node.end) if pointer and (node := document.nodes[pointer]) else (0, whole)
        rows.append(FieldRow(doc, "url", key, *place))
    if text:
        rows.append(FieldRow(doc, "text", text_key(text), 0, whole))
    called = dict.fromkeys((*known_names(document), *other_names(document)))
    rows += [FieldRow(doc, "made", key, 0, whole) for key in dict.fromkeys(made_urls(document))]
    return (*rows, *(FieldRow(doc, "name", name, 0, whole) for name in called))


def _link_rows(document: Document, doc: int) -> tuple[LinkRow, ...]:
    own, patterns = address(document).key, document.fields.url_patterns
    rows = []
    for number, link in enumerate(related_links(document)):
        if link.leads:
            url, key = (link.url, link.url_key) if link.leads_by_url else ("", "")
            stray = _stray_section(link, patterns) if same_site(link.url_key, own) else ""
            place = link.node.key_start, link.node.end
            named = link.name, link.id, link.title, link.subject, url, key, stray
            also = pack_parts(link.parts), link.name_key, link.language, link.title_key
            rows.append(made(LinkRow, (doc, number, *named, *place, *also)))
    return tuple(rows)


def _stray_section(link: Link, patterns: tuple[str, ...]) -> str:
    section = link.section(patterns)
    return "" if _may_be_in(section, link.subject, link.url) else section


def _may_be_in(section: str, subject: str, url: str) -> bool:
    return may_be_slug(section, subject) or in_folder(url, subject)
