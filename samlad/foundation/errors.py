"""Errors that the whole package shares. A package's own refusals stand where they are raised."""

from pathlib import Path


class SamladError(Exception):
    """A fault the user can act on. The message is Swedish and names the next step."""


class Altered(SamladError):
    """A file of the data folder that is not as it was written, or is gone. `path` is the file."""

    def __init__(self, path: Path, happened: str = "har ändrats sedan den skrevs") -> None:
        super().__init__(f"{path} {happened}. Återställ den från säkerhetskopian.")
        self.path = path
        self.happened = happened


class PublishRefused(SamladError):
    """Refusal to publish; the old snapshot stays current."""


class DomainError(ValueError):
    """A call outside the values a function is defined for: a broken promise in our own code."""
