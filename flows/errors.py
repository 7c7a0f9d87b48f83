"""Which errors a user can mend, and the exit code each ends with: 1 failed, 2 wrong use."""

from collections.abc import Sequence

FAILED = 1
WRONG_USE = 2
PARTLY_PUBLISHED = 3

EXIT_CODES = {
    "SourceNotFoundError": WRONG_USE,
    "UnknownFormatError": WRONG_USE,
    "CorrectionFileError": WRONG_USE,
    "UnknownArticleError": WRONG_USE,
    "NoSuchVersionError": WRONG_USE,
    "UnknownFieldError": WRONG_USE,
    "NoWarehouseError": WRONG_USE,
    "WarehousePathError": WRONG_USE,
    "UsageError": WRONG_USE,
    "ActorFileError": WRONG_USE,
    "QueryError": WRONG_USE,
    "SearchError": WRONG_USE,
    "ExportError": WRONG_USE,
    "ReportError": WRONG_USE,
    "WarehouseLockedError": FAILED,
    "AlreadyServedError": FAILED,
    "OtherSchemaError": FAILED,
    "StorageError": FAILED,
    "BrokenWarehouseError": FAILED,
    "BlockingAuditError": FAILED,
    "AllBatchesFailedError": FAILED,
    "FailedBatchError": FAILED,
    "UnmetCorrectionError": FAILED,
    "EmptyFolderError": FAILED,
    "ReferenceTableError": FAILED,
    "DimensionError": FAILED,
}
"""Exit code by the error's class name: by name, so that no command pays for importing what it does not use."""


class UsageError(ValueError):
    """The command was called in a way that cannot work; the message says how it can."""

    def __init__(self, message: str, listed: Sequence[str] = ()) -> None:
        """Say what is wrong, and list what there is to choose from, one a line."""
        super().__init__(message)
        self.listed = listed


def exit_code_of(error: Exception) -> int | None:
    """The exit code of an error that a user can mend, or None for a fault of the program."""
    if isinstance(error, OSError) and type(error).__name__ not in EXIT_CODES:
        return FAILED
    return EXIT_CODES.get(type(error).__name__)
