"""What a page sends, as question types read it."""

from typing import Protocol


class PostedForm(Protocol):
    """What a posted form offers: all values sent under a name."""

    def getlist(self, name: str) -> list[str]:
        """Return the values sent under `name`, in order."""
        ...
