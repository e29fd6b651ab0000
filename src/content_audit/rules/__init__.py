"""The rules, by name: those that look at one document, and those that look at the facts of all."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from difflib import get_close_matches
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from content_audit.config import Config
from content_audit.model import Problem, Severity
from content_audit.rule import CollectionRule, DocumentRule, RelevanceRule, Rule
from content_audit.rules import (
    ambiguous_scalar,
    boilerplate,
    boilerplate_ratio,
    cross_subject_link,
    description_length,
    duplicate_related_link,
    empty_section,
    escaped_newlines,
    file_name_mismatch,
    glued_text,
    identity,
    invisible_characters,
    missing_final_newline,
    missing_front_matter,
    near_duplicate_document,
    no_schema_matched,
    obfuscated_email,
    off_topic_related_link,
    parsing,
    placeholder_body,
    placeholder_value,
    related_by_neighbourhood,
    related_link_count,
    related_numbering_gap,
    related_record_conflict,
    related_subject_mismatch,
    related_url_subject_mismatch,
    repeated_across_site,
    repeated_block,
    schema_violation,
    self_related_link,
    stale_related_record,
    suppressions,
    unresolved_related_link,
    url_mismatch,
)

DOCUMENT_RULES: tuple[DocumentRule, ...] = (
    *parsing.RULES,
    missing_front_matter.RULE,
    schema_violation.RULE,
    no_schema_matched.RULE,
    ambiguous_scalar.RULE,
    escaped_newlines.RULE,
    placeholder_value.RULE,
    file_name_mismatch.RULE,
    *url_mismatch.RULES,
    duplicate_related_link.RULE,
    self_related_link.RULE,
    related_link_count.RULE,
    related_numbering_gap.RULE,
    cross_subject_link.RULE,
    *boilerplate.RULES,
    empty_section.RULE,
    boilerplate_ratio.RULE,
    placeholder_body.RULE,
    glued_text.RULE,
    obfuscated_email.RULE,
    repeated_block.RULE,
    description_length.RULE,
    missing_final_newline.RULE,
    invisible_characters.RULE,
)

COLLECTION_RULES: tuple[CollectionRule, ...] = (
    *identity.RULES,
    repeated_across_site.RULE,
    near_duplicate_document.RULE,
    related_subject_mismatch.RULE,
    related_url_subject_mismatch.RULE,
    related_record_conflict.RULE,
    stale_related_record.RULE,
    unresolved_related_link.RULE,
    related_by_neighbourhood.RULE,
)

RELEVANCE_RULES: tuple[RelevanceRule, ...] = (off_topic_related_link.RULE,)

FAMILIES = ("FM", "ID", "REL", "BPL", "DUP", "SEO", "TXT", "SUP", "RUN")
_OTHERS: tuple[Rule, ...] = (*DOCUMENT_RULES, *COLLECTION_RULES, *RELEVANCE_RULES)
SUPPRESSION_RULES: tuple[CollectionRule, ...] = suppressions.rules({each for r in _OTHERS for each in (r.code, r.name)})
"""They are asked last, once it is known what was suppressed."""

_ALL: tuple[Rule, ...] = (*_OTHERS, *SUPPRESSION_RULES)
CATALOGUE: dict[str, Rule] = {
    rule.code: rule
    for rule in sorted(_ALL, key=lambda rule: (FAMILIES.index(rule.code.rstrip("0123456789")), rule.code))
}
BY_NAME: dict[str, Rule] = {rule.name: rule for rule in CATALOGUE.values()}


def named(name: str) -> str:
    """The code of a rule by its code or its name; the text as it is where no rule has it."""
    rule = BY_NAME.get(name)
    return rule.code if rule else name


def in_turn(problems: Iterable[tuple[str, Problem]]) -> list[tuple[str, Problem]]:
    """Problems by their rules' codes, those last whose fixes give way to others', whatever order they were found in."""
    later: tuple[Rule, ...] = (*RELEVANCE_RULES, *SUPPRESSION_RULES)
    last = {rule.code: place for place, rule in enumerate(later, 1)}
    return sorted(problems, key=lambda each: last.get(each[0], 0))


def selected(config: Config) -> frozenset[str]:
    """The codes of the rules that a run reports; RUN rules always are. ConfigError for codes that no rule has."""
    chosen = {code for code, rule in CATALOGUE.items() if rule.enabled}
    if config.select:
        chosen = set(_expand(config, "select"))
    chosen |= set(_expand(config, "extend_select"))
    chosen -= set(_expand(config, "ignore"))
    return frozenset(chosen | {code for code in CATALOGUE if code.startswith("RUN")})


def spared(config: Config) -> tuple[tuple[str, frozenset[str]], ...]:
    """The files, by a glob, that the configuration leaves out of some rules. ConfigError for codes that no rule has."""
    return tuple(
        (glob, frozenset(_expand(config, "per_file_ignores", codes, glob)))
        for glob, codes in config.per_file_ignores.items()
    )


def severity(config: Config, code: str) -> Severity:
    """The severity that a rule's findings have in this configuration: its own one, else the rule's.

    Where the roots hold every target, a target that is not there is an error.
    """
    given: Severity = CATALOGUE[code].severity
    if config.complete and CATALOGUE[code] is unresolved_related_link.RULE:
        given = unresolved_related_link.WHERE_COMPLETE
    return config.severity.get(code, given)


def replaceable(config: Config) -> frozenset[str]:
    """The codes of the rules whose links give way to better ones where that is asked for.

    A link that leads nowhere is one only in a complete collection: elsewhere its target may be published.
    """
    missing = {unresolved_related_link.RULE.code} if config.complete else set()
    return frozenset({off_topic_related_link.RULE.code} | missing)


def _expand(config: Config, key: str, given_codes: Iterable[str] | None = None, *below: str) -> list[str]:
    """The codes that a list names. The beginning of a code selects no rule that is off; its whole code or name does."""
    codes: list[str] = []
    for given in getattr(config, key) if given_codes is None else given_codes:
        named = BY_NAME.get(given) or CATALOGUE.get(given)
        begun = [rule for code, rule in CATALOGUE.items() if given == "ALL" or (given and code.startswith(given))]
        if not named and not begun:
            name = key.replace("_", "-")
            config.fail(f"{name}: no rule begins with {given!r}{_hint(given)}", name, *below)
        off_too = key in ("ignore", "per_file_ignores") or given == "ALL"
        codes += [named.code] if named else [rule.code for rule in begun if rule.enabled or off_too]
    return codes


def _hint(code: str) -> str:
    near = get_close_matches(code, [*CATALOGUE, *BY_NAME], 1, 0.6)
    return f"; did you mean {near[0]}?" if near else ""


def rule_options(config: Config) -> dict[str, Any]:
    """Each rule's options as its own type. Raises ConfigError, with the line, for what that type does not take."""
    for code in (*config.rules, *config.severity):
        if code not in CATALOGUE:
            table = "rules" if code in config.rules else "severity"
            config.fail(f"{table}: no rule {code!r}{_hint(code)}", table, code)
    return {code: _options(config, rule, config.rules.get(code, {})) for code, rule in CATALOGUE.items()}


def _options(config: Config, rule: Rule, given: Mapping[str, Any]) -> Any:
    names = {field.name.replace("_", "-"): field.name for field in fields(rule.options) if field.name != "schemas"}
    hints = get_type_hints(rule.options)
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in names:
            known = f"; known are {', '.join(names)}" if names else "; it has none"
            config.fail(f"rules.{rule.code}: no option {key!r}{known}", "rules", rule.code, key)
        values[names[key]] = _typed(config, rule, key, value, hints[names[key]])
    options = rule.options(**values)
    if any(field.name == "schemas" for field in fields(rule.options)):
        uses = config.schemas if rule is no_schema_matched.RULE else config.schemas_in_force
        options = replace(options, schemas=uses)
    return options


def _typed(config: Config, rule: Rule, key: str, value: Any, hint: Any) -> Any:
    if isinstance(value, list) and get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(_typed(config, rule, key, item, inner) for item in value)
    allowed = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    fits = isinstance(value, bool) == (bool in allowed) and isinstance(
        value, (*allowed, *((int,) if float in allowed else ()))
    )
    if not fits:
        wanted = getattr(hint, "__name__", str(hint))
        config.fail(f"rules.{rule.code}.{key}: expected {wanted}, found {value!r}", "rules", rule.code, key)
    return float(value) if float in allowed else value
