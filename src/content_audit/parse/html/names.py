"""The names of elements that make a block, and of those whose text is never shown."""

BLOCKS = frozenset(
    """
    address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html label legend li main menu nav ol optgroup option p pre section
    select summary table tbody td tfoot th thead tr ul
    """.split()
)
"""Elements before and after which a line ends."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

SILENT = frozenset(
    """
    audio canvas embed head iframe math noframes noscript object script select style svg template textarea video
    """.split()
)
"""Elements whose text nobody reads on the page."""
