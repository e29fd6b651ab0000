"""Report → str: one module for each format."""
