"""Audits and cleans content collections."""

__version__ = "0.1.0"

INTERRUPTED = 130
"""The exit status of a run that Ctrl-C ended, as shells tell it: 128 and the number of SIGINT."""


class Said(SystemExit):
    """The end of a run that has said all and has nothing open: nobody need take its memory apart."""

    code: int
