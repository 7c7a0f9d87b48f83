"""Where everything of one warehouse lies: the published link, the build file, versions, stage and lock."""

from dataclasses import dataclass
from pathlib import Path


class WarehousePathError(ValueError):
    """A warehouse path that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class WarehousePaths:
    """The files of the warehouse NAME.duckdb; all but the link to the published version lie in `.NAME/` beside it."""

    published: Path

    @property
    def work(self) -> Path:
        """The working folder."""
        return self.published.parent / f".{self.published.stem}"

    @property
    def build(self) -> Path:
        """The file that loads write to and readers never see."""
        return self.work / "build.duckdb"

    @property
    def versions(self) -> Path:
        """The folder of published versions."""
        return self.work / "versions"

    @property
    def stage(self) -> Path:
        """The folder of extracted packages that wait for their load."""
        return self.work / "stage"

    @property
    def lock(self) -> Path:
        """The file whose lock the one writer holds."""
        return self.work / "lock"

    @classmethod
    def of(cls, warehouse: Path, *, make_parent: bool = False) -> "WarehousePaths":
        """The paths of a warehouse that a run may write.

        Args:
            warehouse: the path that readers open.
            make_parent: make the parent folder where it is missing (the default warehouse's is made).

        Raises:
            WarehousePathError: the parent folder is missing or no folder, or the path is a file of somebody else's.
        """
        parent = warehouse.parent
        if make_parent:
            parent.mkdir(parents=True, exist_ok=True)
        if not parent.is_dir():
            message = f"the folder {parent} does not exist: make it, or name another with --warehouse"
            raise WarehousePathError(message)
        if warehouse.exists() and not warehouse.is_symlink():
            message = f"{warehouse} is not a link that Dateline made: move it away, or name another with --warehouse"
            raise WarehousePathError(message)
        paths = cls(parent.resolve() / warehouse.name)
        try:
            for folder in (paths.work, paths.versions, paths.stage):
                folder.mkdir(exist_ok=True)
        except OSError as error:
            message = f"cannot write to {parent} ({error.strerror}): allow it, or name another place with --warehouse"
            raise WarehousePathError(message) from error
        return paths
