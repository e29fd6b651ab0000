"""Scripts that put no spaces between words: there, characters are counted and compared instead."""

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""The letters of Thai, Lao, Burmese, Khmer, Japanese and Chinese, as ranges of a regular expression's class."""
