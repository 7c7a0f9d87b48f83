"""The folder of an export: written as a draft beside it, then put in its place, so that nothing half stands there.

Where the system can exchange two names in one step (Linux), there is no moment without a folder. Elsewhere an earlier
export is moved away first; what a kill leaves in between, the next export puts back before it begins.
"""

import ctypes
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from warehouse.export.catalog import ExportError

DESCRIPTOR = "datapackage.json"
"""The file that describes an export, and by which an export is known as one."""
MARK = "dateline"
"""The property of the descriptor that says who made it."""

MOVED_AWAY = ".old"
AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Of Linux: paths as the process sees them; exchange, do not replace (renameat2(2))."""


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of `target` when the block ends well, and is gone when it does not.

    Raises:
        ExportError: the target is not empty and no export of Dateline, or holds files of somebody else.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100  (not resolved: a link is refused, not followed)
    refuse_foreign(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _drop_leftovers(target)
    draft = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
    with _held(draft):
        try:
            yield draft
            _put(draft, target)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def refuse_foreign(target: Path) -> None:
    """Refuse a target that holds anything but an earlier export.

    Raises:
        ExportError: it is a file or a link, or a folder with something else in it.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        message = f"{target} is no folder: name a new or an empty one"
        raise ExportError(message)
    if not target.exists() or not any(target.iterdir()):
        return
    own = _own_files(target / DESCRIPTOR)
    held = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    foreign = sorted(held - own)
    if foreign:
        message = f"{target} holds what is not of an earlier export ({foreign[0]}): name a new or an empty folder"
        raise ExportError(message)


def _own_files(descriptor: Path) -> set[str]:
    """The files that an export's descriptor names, itself included; none where it is no such descriptor."""
    try:
        package = json.loads(descriptor.read_text(encoding="utf-8"))
        paths = [resource["path"] for resource in package["resources"]] if MARK in package else None
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    if paths is None:
        return set()
    return {DESCRIPTOR}.union(*([path] if isinstance(path, str) else path for path in paths))


def _put(draft: Path, target: Path) -> None:
    """Give the draft the target's name; what stood there has the draft's name then, which is removed."""
    draft.chmod(0o777 & ~_umask())
    if not target.exists():
        draft.rename(target)
    elif not exchange(draft, target):
        old = draft.with_name(f"{draft.name}{MOVED_AWAY}")
        target.rename(old)
        draft.rename(target)
        shutil.rmtree(old)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or the file system cannot."""
    system = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if system is None:
        return False
    return bool(system(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)


def _umask() -> int:
    """The mask that new folders get; a temporary folder is closed to all others."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _drop_leftovers(target: Path) -> None:
    """Remove the drafts of exports that were killed; one that is being written is held by its process.

    An export that was moved away and whose place is empty was to be replaced when its process was killed: it goes back.
    """
    for moved in target.parent.glob(f"{_prefix(target)}*{MOVED_AWAY}"):
        with suppress(BlockingIOError), _held(moved):
            if not target.exists():
                moved.rename(target)
    for leftover in target.parent.glob(f"{_prefix(target)}*"):
        with suppress(BlockingIOError), _held(leftover):
            shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _prefix(target: Path) -> str:
    return f".{target.name}.draft-"
