"""What can go wrong, told so that the reader knows what to do next."""


class SamladError(Exception):
    """A fault the user can act on. The message is Swedish and names the next step."""


class DomainError(ValueError):
    """A function was called outside the values it is defined for: a broken promise in our own code."""
