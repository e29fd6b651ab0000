"""How lines of page furniture begin that say more than a label: copyright, "Tags: …", "Share this on …"."""

import re
from functools import lru_cache

from content_audit.expressions import expression
from content_audit.text.labels import Kind


def _begins(*ways: str) -> re.Pattern[str]:
    return expression("|".join(ways), re.IGNORECASE)


COMMENTS = _begins(r"\d[\d,.]* (?:comments?|responses?|repl(?:y|ies)|thoughts? on)\b")
"""The one opening that is a title too: what follows it are the readers' comments."""

_RIGHTS = expression(
    r".{0,80}(?:\b(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|все права защищены|"
    r"todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|"
    r"tüm hakları saklıdır|alle rechten voorbehouden|wszelkie prawa zastrzeżone|bảo lưu mọi quyền)\b|"
    r"무단\s?전재|版权所有|版權所有|無断転載|جميع الحقوق محفوظة|सर्वाधिकार सुरक्षित|כל הזכויות שמורות|สงวนลิขสิทธิ์)",
    re.IGNORECASE,
)
_RESERVED = ("reserv", "behalten", "behouden", "riservati")
"""What each of these has that is in ASCII. Looking for it takes a tenth of the pattern's time."""


def reserves_rights(text: str) -> bool:
    """Is it said near a line's beginning that all rights are reserved?"""
    if text.isascii():
        said = text.lower()
        if not (_RESERVED[0] in said or _RESERVED[1] in said or _RESERVED[2] in said or _RESERVED[3] in said):
            return False
    return _RIGHTS.match(text) is not None


FIRST: dict[Kind, str] = {
    "site-navigation": "ahijsy",
    "related-posts-widget": "acdlmoprstx",
    "tag-or-category-cloud": "cefpst",
    "previous-next-navigation": "nop",
    "call-to-action": "bcdefgjlorstw",
    "page-furniture": "alprstwy0123456789",
}
"""What the openings in ASCII begin with, but for a footer's: most lines are held against two patterns of the seven."""


@lru_cache(maxsize=512)
def fitting(first: str, kinds: tuple[Kind, ...]) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """The openings of these kinds, of all where there are none, that a line with this first character may have.

    Those of a footer are among them: a claim to rights may stand further on.
    """
    return tuple(
        (kind, pattern)
        for kind, pattern in OPENINGS
        if (not kinds or kind in kinds)
        and (kind == "page-footer" or not first.isascii() or first.lower() in FIRST[kind])
    )


OPENINGS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "site-navigation",
        _begins(
            r"(?:you are here|skip to|jump to)\b",
            r"(?:home|accueil|startseite|inicio|início|главная|ana ?sayfa)\s*[>»›/❯→]",
        ),
    ),
    (
        "page-footer",
        _begins(
            r"(?:(?:copyright|©|\(c\)|@)[\s:]*)+\d{4}(?![\d\s,–-]*(?!(?:by|the|all|to)\b)(?-i:[a-z]+\b)(?!\.\w))",
            r"(?:copyright\s*)?(?:©|\(c\))\s*(?-i:[^\W\d_a-z])(?!.*[.!?]$)",
        ),
    ),
    (
        "related-posts-widget",
        _begins(
            r"(?:related|read more|read also|see also|also read|more from|more on|don.t miss)\s*[:：]\s*\S",
            r"(?:lesen sie auch|lire aussi|lee también|leia também|leggi anche|lees ook|czytaj także)\s*[:：]\s*\S",
            r"(?:читайте также|à lire (?:aussi|également)|lisez aussi|lea también|đọc thêm|xem thêm)\s*[:：]\s*\S",
            r"(?:あわせて読みたい|関連記事|延伸阅读|延伸閱讀|相关阅读|推荐阅读|관련\s?기사)\s*[:：]\s*\S",
            r"(?:اقرأ أيض\u064b?ا\u064b?|(?:यह|ये|इसे) भी पढ़ें|קראו? גם|อ่านเพิ่มเติม)\s*[:：]\s*\S",
            r"(?:more|other) (?:from|in|by|on|about) \S+(?: \S+){0,4}$",
            r"(?:more|other) (?:great |related |popular )?(?:\S+ )?(?:stories|articles|posts)$",
            r"(?:related|recent|latest|popular|similar|recommended) (?:articles|posts|stories|news)\b[^.!?]{0,40}$",
            r"(?:also|more) on [\w.]+\.\w+$",
            r"(?:most (?:read|viewed|popular|shared)|popular|trending|latest|recent) (?:in|on|from) \S+(?: \S+){0,4}$",
        ),
    ),
    (
        "tag-or-category-cloud",
        _begins(
            r"(?:tags?|tagged|filed under|posted in|categor(?:y|ies)|topics|schlagwörter|étiquettes|etiquetas|теги|"
            r"метки)\s*[:：](?:.*[,|/#·•]|\s*(?:\S+(?:\s+\S+){0,2}\s*)?$)",
            r"(?:posted in|filed under|tagged (?:with|as|in)) ",
        ),
    ),
    (
        "previous-next-navigation",
        _begins(
            r"(?:previous|next|older|newer) (?:post|article|story|entry|entries|posts|articles)\b",
            r"←\s*\S|[«‹]\s*[^«»‹›]+(?:\|[^«»‹›]*[»›])?$",
        ),
    ),
    (
        "call-to-action",
        _begins(
            r"click (?:here|the (?:button|link)|on the (?:button|link))\b|click to (?:share|print|email|tweet)",
            r"share (?:this|on|via|with) |(?:follow|like|find|join) us (?:on|at)\b",
            r"(?:sign up|subscribe|register) (?:to|for|here|now|today|with|and get)\b",
            r"(?:get|download) (?:the|our) (?:free )?(?:app|newsletter)\b",
            r"(?:this|our) (?:web)?site uses cookies|we use cookies",
            r"by (?:continuing|using|subscribing|signing|clicking|entering)\b.{0,120}\b(?:agree|consent|accept)",
            r"(?:enter|type) your e-?mail|join our (?:newsletter|mailing list|community)",
        ),
    ),
    (
        "page-furniture",
        _begins(
            COMMENTS.pattern,
            r"(?:leave|post|add|write) a (?:comment|reply)|(?:log|sign) in to (?:comment|reply|post|leave)",
            r"you must be logged in|your email address will not be published|required fields are marked",
            r"save my name, email|this site uses akismet",
        ),
    ),
)
