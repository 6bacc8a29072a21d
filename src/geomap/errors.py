"""Every error that geomap raises on purpose.

Each class also derives from the built-in error it resembles, so that a caller who
does not know geomap still catches it. Each message is one sentence that says what is
wrong, where (file, row, value) and what to do; the command line prints it as it is.
"""


class GeomapError(Exception):
    """Base of all errors that are meant to be read by a user."""


class InputError(GeomapError, ValueError):
    """A value that was given cannot be used."""


class SchemaError(GeomapError, ValueError):
    """A table does not have the required columns, dtypes or reference system."""


class FileRefusedError(GeomapError, ValueError):
    """A whole file cannot be used, and nothing of it was taken in; `code` says why."""

    def __init__(self, message: str, *, code: str = "refused") -> None:
        super().__init__(message)
        self.code = code


class Cancelled(GeomapError, InterruptedError):  # noqa: N818  # not a fault: somebody asked for it
    """A job was cancelled through its progress callback; nothing of it stays."""


class NotFoundError(GeomapError, LookupError):
    """There is nothing of the name or id that was given."""


class StoreError(GeomapError, OSError):
    """A workspace cannot be read or written."""
