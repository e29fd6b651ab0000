"""The tables of what is like what, which `content_audit.relevance.neighbourhoods` fills and reads."""

NEIGHBOURS = {
    "near_state": "(name TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "near_terms": "(term INTEGER PRIMARY KEY, docs BLOB NOT NULL, impacts BLOB NOT NULL)",
    "near_docs": "(doc INTEGER PRIMARY KEY, cut REAL NOT NULL, near BLOB NOT NULL, likeness BLOB NOT NULL, "
    "terms BLOB NOT NULL, impacts BLOB NOT NULL, scores BLOB NOT NULL, targets BLOB NOT NULL)",
    "near_links": "(target INTEGER, doc INTEGER, PRIMARY KEY (target, doc)) WITHOUT ROWID",
    "near_titles": "(doc INTEGER, place INTEGER, words TEXT NOT NULL, signs BLOB NOT NULL, PRIMARY KEY (doc, place)) "
    "WITHOUT ROWID",
}
"""Their columns. Numbers in a blob are as the machine has them: documents in 64 bits, terms and impacts in 32, all else
in 64; an index is never taken to another."""
