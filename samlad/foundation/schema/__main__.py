"""`python -m samlad.foundation.schema`: print the data dictionary."""

from samlad.foundation.schema.data_dictionary import dictionary

print(dictionary(), end="")  # noqa: T201
