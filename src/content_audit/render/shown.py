"""Text of documents made fit to be shown: names for what nobody sees."""

from content_audit.expressions import expression

_UNSEEN = expression(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u3164\uffa0\u0600-\u0605"
    "\u061c\u06dd\u070f\u08e2\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000110bd\U000110cd\U000e0000-\U000e0fff]"
    # Joiners are part of words in many scripts and of emoji; beside Latin letters nobody sees them.
    "|(?<![^\x00-\u02ff])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u02ff])"
)


def visible(text: str) -> str:
    """The text with each control, bidirectional, zero-width or unpaired character as its name: ⟨U+202E⟩."""
    if _is_plain(text):
        return text
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def one_line(text: str) -> str:
    """As `visible`, and the ends of lines named as well: one line of text that a terminal shows as it is."""
    if _is_plain(text):
        return text
    return visible(text).replace("\r", "⟨U+000D⟩").replace("\n", "⟨U+000A⟩")


def _is_plain(text: str) -> bool:
    """Does all of it show? Most of what is said is ASCII: two looks at it take a fifteenth of the pattern's search."""
    return text.isascii() and text.isprintable()
