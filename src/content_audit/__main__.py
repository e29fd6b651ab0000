"""`python -m content_audit`."""

from content_audit.cli import main

main()
