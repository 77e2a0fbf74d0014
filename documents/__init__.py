"""File formats: what is written and read, without database or web."""
