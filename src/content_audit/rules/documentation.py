"""What rules say of themselves, where they are asked for it."""

import sys

from content_audit.rule import Rule


def module_doc(rule: Rule) -> str:
    """The docstring of the module that a rule stands in: its `## Why` and `## Fix safety`."""
    function = getattr(rule.check, "func", rule.check)
    return sys.modules[function.__module__].__doc__ or ""
