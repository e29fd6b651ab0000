"""Parts texts at ASCII characters that no word has, by tables of bytes: a line in half the time of `str.translate`."""

from collections.abc import Callable


def table(keeps: Callable[[str], object], *, lower: bool = False) -> bytes:
    """A table for `apart`: blanks for all ASCII characters but those that it keeps, which it may put in lower case.

    Bytes from 128 on are parts of other characters, and stay.
    """
    kept = "".join(letter if keeps(letter) else " " for letter in map(chr, range(128)))
    return (kept.lower() if lower else kept).encode() + bytes(range(128, 256))


def apart(text: str, blanks: bytes) -> str:
    """The text with what the table has instead of its ASCII characters."""
    return text.encode("utf-8", "surrogatepass").translate(blanks).decode("utf-8", "surrogatepass")
