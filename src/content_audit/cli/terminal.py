"""What the terminal at stdout can show, by the conventions that terminals and programs share."""

import os
import sys
from collections.abc import Mapping

LINKING = (
    "WT_SESSION",
    "KITTY_WINDOW_ID",
    "KONSOLE_VERSION",
    "DOMTERM",
    "GHOSTTY_RESOURCES_DIR",
    "ALACRITTY_WINDOW_ID",
)
LINKING_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "Hyper", "ghostty", "rio", "zed")
VTE = 5_000
"""The version of VTE, the widget of GNOME's and many others' terminals, from which on it has hyperlinks."""


def colours(refused: bool, environment: Mapping[str, str] = os.environ) -> bool:
    """May there be colours? NO_COLOR and a dumb terminal say no, FORCE_COLOR yes, else a terminal does."""
    if refused or environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and environment.get("TERM") != "dumb"


def hyperlinks(coloured: bool, environment: Mapping[str, str] = os.environ) -> bool:
    """Does the terminal have hyperlinks (OSC 8)? Others would show them as characters; FORCE_HYPERLINK decides."""
    forced = environment.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    version = environment.get("VTE_VERSION", "")
    known = any(environment.get(name) for name in LINKING) or environment.get("TERM_PROGRAM") in LINKING_PROGRAMS
    return coloured and not environment.get("CI") and (known or (version.isdecimal() and int(version) >= VTE))
