"""Documents of many kinds and languages that carry no page, however much they speak of one, keep every line.

They lie in the folder `clean`, a document each; ferries and printing houses are all that they have in common.
"""

from pathlib import Path

import pytest

from content_audit.parse import parse_text
from content_audit.rule import DocumentRule
from content_audit.rules import CATALOGUE

CODES = [*(f"BPL00{number}" for number in range(1, 10)), "BPL015"]
DOCUMENTS = sorted((Path(__file__).parent / "clean").iterdir())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_nothing_is_found_in_a_document_without_a_page(path: Path) -> None:
    document = parse_text(path.name, path.read_text(encoding="utf-8"))
    rules = [rule for code in CODES if isinstance(rule := CATALOGUE[code], DocumentRule)]
    assert len(rules) == len(CODES)
    assert [problem.message for rule in rules for problem in rule.check(document, rule.options())] == []
