"""The report: positions, fingerprints, and what is told of a whole collection."""
