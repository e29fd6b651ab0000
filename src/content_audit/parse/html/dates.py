"""Which of the values that pages give for a date are one."""

import re
from datetime import date

from content_audit.expressions import expression

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{_NAMES})\.?"
_YEAR = r"(?P<year>[12]\d{3})"
_FORMS = [
    expression(form + r"(?!\d)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
    for form in (
        rf"{_YEAR}(?P<between>[-/.]?)(?P<month>\d\d)(?P=between)(?P<day>\d\d)",
        rf"(?:[a-z]{{3,9}},? )?{_MONTH} {_DAY},? {_YEAR}",
        rf"(?:[a-z]{{3,9}},? )?{_DAY} {_MONTH},? {_YEAR}",
    )
]
_SHORT = expression(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?")
_TIME = expression(r"(?<!\d)(\d{1,2}):(\d\d)")


def is_date(value: str) -> bool:
    """Whether a value is a day that there is, with a time or without; a month or a year as ISO 8601 writes them counts.

    The day may be written as in ISO 8601 or with the month's English name. What can be read in two ways is none.
    """
    if _SHORT.fullmatch(value):
        return True
    found = next((found for form in _FORMS if (found := form.match(value))), None)
    if found is None:
        return False
    month = found["month"].lower()
    try:
        date(int(found["year"]), int(month) if month.isdigit() else 1 + _MONTHS.index(month[:3]), int(found["day"]))
    except ValueError:
        return False
    time = _TIME.search(found["rest"])
    return time is None or (int(time[1]) <= 24 and int(time[2]) < 60)
