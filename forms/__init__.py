"""HTML forms: what pages send, checked before the domain sees it."""
