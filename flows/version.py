"""The version of the rules: a hash of the code and the reference data that decide what is extracted."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

RULE_FOLDERS = (("flows", "parse"), ("flows", "normalise"), ("schemas",), ("seeds", "reference"))
RULE_SUFFIXES = (".py", ".csv")


@cache
def rules_version() -> str:
    """The first 16 hexadecimal digits of the SHA-256 over all rule files, by name and content."""
    digest = hashlib.sha256()
    for package, *inner in RULE_FOLDERS:
        folder = files(package).joinpath(*inner)
        for name, file in _rule_files(folder, "/".join((package, *inner))):
            digest.update(f"{name}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


@cache
def dateline_version() -> str:
    """The installed version of Dateline."""
    return version("dateline")


def _rule_files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        name = f"{prefix}/{entry.name}"
        if entry.is_dir():
            yield from _rule_files(entry, name)
        elif entry.name.endswith(RULE_SUFFIXES):
            yield name, entry
