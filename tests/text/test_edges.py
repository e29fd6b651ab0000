"""Pages without an article lose the menus at their ends; what is listed between them stays."""

from content_audit.text.judge import judge

MENU = "Skip to content\n\n" + "\n".join(
    f"* {name}" for name in ("Boats", "Sails", "Ropes", "Anchors", "Paint", "Oars")
)
FOOTER = "Log in\nPrivacy Policy\nTerms of Use\nCopyright © 2024 The Harbour Shop"
GOODS = "\n\n".join(f"Dinghy of {length} metres with two oars\n\n{length * 900} crowns" for length in range(3, 9))


def left(text: str) -> str:
    found, at, parts = judge(text), 0, []
    for block in found.blocks:
        parts.append(text[at : block.start])
        at = block.end
    return "".join([*parts, text[at:]])


def test_the_menus_of_a_listing_go_and_the_goods_stay() -> None:
    assert left(f"{MENU}\n\n{GOODS}\n\n{FOOTER}\n").split() == GOODS.split()


def test_a_listing_of_short_items_is_not_taken_for_a_menu() -> None:
    items = "\n".join(f"* {wood} {part}" for wood in ("Larch", "Oak", "Ash", "Elm") for part in ("mast", "oar", "keel"))
    assert items in left(f"Skip to content\n\n{items}\n\n{FOOTER}\n")
