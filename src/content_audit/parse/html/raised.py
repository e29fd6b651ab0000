"""Raised and lowered characters in Markdown, which has no mark for them: 10<sup>6</sup> is not 106."""

from content_audit.expressions import expression

_SUPER = str.maketrans("0123456789+-\u2212=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUB = str.maketrans("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_LETTERS = expression(r"[^\W\d_]{2,}|[^\W\d_]\.")
"""The end of an ordinal or of an abbreviation, which reads the same on the line: 21st, MM."""


def raised(tag: str, content: str, before: str) -> str:
    """What a <sup> or <sub> is in Markdown: Unicode's characters, inline HTML, or the content as it is.

    Args:
        tag: "sup" or "sub".
        content: what is in it, as Markdown, without spaces around it.
        before: the character that stands before it, "" at a line's start.

    HTML is written where the content would be read as part of the word or number before it. Signs, links and the ends
    of ordinals are not.
    """
    table = _SUPER if tag == "sup" else _SUB
    if all(ord(character) in table for character in content):
        return content.translate(table)
    joined = (before.isalnum() or before == ")") and (content[0].isalnum() or content[0] in "+-\u2212")
    return f"<{tag}>{content}</{tag}>" if joined and not _LETTERS.fullmatch(content) else content
