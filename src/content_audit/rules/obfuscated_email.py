"""BPL014: an address that an e-mail obfuscator replaced.

## Why
Some sites hide addresses from harvesters and show them again by script. A text taken without that script keeps the
stand-in, and the address is lost.

## Fix safety
There is no fix: the address is not in the text. Take it from the source.
"""

import re
from collections.abc import Iterator

from content_audit.expressions import expression
from content_audit.model import Document, Problem
from content_audit.rule import DocumentRule, NoOptions

_STAND_IN = expression(
    r"\[?\[email(?:\s|&#160;|&nbsp;)+protected\]\]?(?:\([^()\s]*\))?"  # Cloudflare's, bare or as a Markdown link
    r"|/cdn-cgi/l/email-protection[^\s()<>\[\]\"']*"
    # Joomla's
    r"|This e-?mail address is being protected from spam ?bots\.(?: You need JavaScript enabled to view it\.)?",
    re.IGNORECASE,
)
_SIGN, _SIGNS = b"protect", (b"[ema", b"/cdn-cg", b"protected from")
"""What all of them have, and what each has: no letters that have others beside their capitals (i, k and s in
Unicode)."""


def check(document: Document, options: NoOptions) -> Iterator[Problem]:
    """A problem for each stand-in."""
    said = document.text.encode("utf-8", "surrogatepass").lower()  # a tenth of a casefold's time
    if _SIGN not in said or not any(sign in said for sign in _SIGNS):
        return
    for found in _STAND_IN.finditer(document.text):
        message = f"an obfuscator put “{found[0]}” in place of an address"
        yield Problem(document.span(*found.span()), message, {"stand_in": found[0]})


RULE = DocumentRule("BPL014", "obfuscated-email", "an address that an obfuscator replaced", check, severity="info")
