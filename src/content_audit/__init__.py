"""Audits and cleans content collections."""

__version__ = "0.1.0"
