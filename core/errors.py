"""What the product refuses, and the HTTP status that app.py gives to each."""


class DomainError(Exception):
    """A refusal with a sentence for the person: what is wrong and how to mend it."""

    status = 400

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotFoundError(DomainError):
    """There is no such thing, or not for this person."""

    status = 404


class ForbiddenError(DomainError):
    """The person may see the thing but not do this to it."""

    status = 403


class ConflictError(DomainError):
    """The thing is no longer in the state that the request was made for."""

    status = 409


class BusyError(DomainError):
    """Too much of this is going on at once; a while later it can be done."""

    status = 503


class TooOftenError(DomainError):
    """This has been asked for too many times in a short while."""

    status = 429


class InvalidError(DomainError):
    """What was entered can't be taken; `fields` says why, field by field."""

    status = 422

    def __init__(self, message: str = "", fields: dict[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}
