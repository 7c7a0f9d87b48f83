"""Where everything of one warehouse lies: the published link, the build file, versions, stage and lock."""

from dataclasses import dataclass
from pathlib import Path

GLOB_CHARACTERS = ("*", "?", "[")
SCHEMA_NAMES = ("main", "mart", "etl", "hist")
"""No names for a warehouse: DuckDB names the catalog after the file, and `mart.claims` would be ambiguous."""


class WarehousePathError(ValueError):
    """A warehouse path that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class WarehousePaths:
    """The files of the warehouse NAME.duckdb; all but the link to the published version lie in `.NAME/` beside it."""

    published: Path

    @property
    def work(self) -> Path:
        """The working folder."""
        return self.published.parent / f".{self.published.name.removesuffix('.duckdb')}"

    @property
    def build(self) -> Path:
        """The file that loads write to and readers never see."""
        return self.work / "build.duckdb"

    @property
    def versions(self) -> Path:
        """The folder of published versions, each in a folder of its own."""
        return self.work / "versions"

    def version(self, name: str) -> Path:
        """The file of a published version.

        Every version's file has the warehouse's name: DuckDB makes it the name of the catalog, and tools that store
        catalog.schema.table must find the same names in the next version.
        """
        return self.versions / name / self.published.name

    @property
    def pages(self) -> Path:
        """The folder of pages fetched from feeds, as they were received."""
        return self.work / "pages"

    @property
    def stage(self) -> Path:
        """The folder of extracted packages that wait for their load."""
        return self.work / "stage"

    @property
    def actors(self) -> Path:
        """The folder of the user's own actors."""
        return self.work / "actors"

    @property
    def lock(self) -> Path:
        """The file whose lock the one writer holds."""
        return self.work / "lock"

    def refuse_foreign(self, warehouse: Path) -> None:
        """Refuse a path at which something stands that Dateline did not make.

        Raises:
            WarehousePathError: it is no link into the folder of versions.
        """
        if not (warehouse.is_symlink() and Path(self.work.name) / "versions" in warehouse.readlink().parents):
            message = f"{warehouse} is not a link that Dateline made: move it away, or name another with --warehouse"
            raise WarehousePathError(message)

    def refuse_foreign_work(self) -> None:
        """Refuse a working folder that Dateline did not make: what lies in its stage and versions is taken away.

        Raises:
            WarehousePathError: it holds either, and no lock.
        """
        held = (entry for folder in (self.stage, self.versions) if folder.is_dir() for entry in folder.iterdir())
        if not self.lock.exists() and next(held, None) is not None:
            message = f"{self.work} is a folder that Dateline did not make: name another warehouse with --warehouse"
            raise WarehousePathError(message)

    @classmethod
    def of(cls, warehouse: Path, *, make_parent: bool = False) -> "WarehousePaths":
        """The paths of a warehouse that a run may write.

        Args:
            warehouse: the path that readers open.
            make_parent: make the parent folder where it is missing (the default warehouse's is made).

        Raises:
            WarehousePathError: the parent folder is missing or no folder, the path is a file of somebody else's, or
                DuckDB could not use its name.
        """
        parent = warehouse.parent
        paths = cls(parent.resolve() / warehouse.name)
        if set(GLOB_CHARACTERS) & set(str(paths.published)):
            message = f"DuckDB reads {' '.join(GLOB_CHARACTERS)} in a path as a pattern: name another with --warehouse"
            raise WarehousePathError(message)
        if warehouse.name == ".duckdb" or not _is_text(str(paths.published)):
            message = f"{str(warehouse)!a} is no name for a warehouse: name another with --warehouse"
            raise WarehousePathError(message)
        if warehouse.name.split(".")[0].lower() in SCHEMA_NAMES:
            message = f"DuckDB would take {warehouse.name} for one of its schemas: name another with --warehouse"
            raise WarehousePathError(message)
        if not (make_parent or parent.is_dir()):
            message = f"the folder {parent} does not exist: make it, or name another with --warehouse"
            raise WarehousePathError(message)
        if warehouse.is_symlink() or warehouse.exists():
            paths.refuse_foreign(warehouse)
        else:
            paths.refuse_foreign_work()
        try:
            parent.mkdir(parents=True, exist_ok=True)
            for folder in (paths.work, paths.versions, paths.stage):
                folder.mkdir(exist_ok=True)
        except OSError as error:
            message = f"cannot write to {parent} ({error.strerror}): allow it, or name another place with --warehouse"
            raise WarehousePathError(message) from error
        return paths


def _is_text(path: str) -> bool:
    """Whether a path is text throughout: bytes that are no UTF-8 come as surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in path)
