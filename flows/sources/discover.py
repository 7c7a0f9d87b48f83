"""Find the files that hold articles: files, folders and globs, by their extensions."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from errno import EACCES
from glob import has_magic
from pathlib import Path
from stat import S_ISREG

FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
"""The format of a file by its extension; in folders, files of other extensions are passed over."""

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}


class SourceNotFoundError(FileNotFoundError):
    """A source that does not exist, or that names nothing."""


class UnknownFormatError(ValueError):
    """A file that was named as a source, and whose extension tells no format."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    r"""A file that holds articles.

    Attributes:
        uri: its absolute path; bytes of it that are no UTF-8 are written as `\xe9`, and the file is refused.
        path: the same, to open.
        relative: its path within the source folder, with slashes: what identifies an article without id or address.
        size_bytes: its size.
        modified_ns: time of its last change, in nanoseconds since 1970.
        format: text, jsonl, csv, parquet, html, or page: HTML from the web, beside what its feed said of it.
        compression: gzip, zstd or None.
        refused: why it must not be read, or None.
    """

    uri: str
    path: Path
    relative: str
    size_bytes: int
    modified_ns: int
    format: str
    compression: str | None
    refused: str | None = None


def discover(sources: Sequence[str], base: Path) -> list[SourceFile]:
    """Find the files of all sources, each once, ordered by path.

    Folders are searched whole. Hidden files and folders and unknown extensions are passed over there. A symbolic
    link that leads out of the source folder is refused; one to a file that is found anyway is passed over.
    Addresses of feeds are passed over: `flows.sources.pages` fetches what they list.

    Args:
        sources: paths of files or folders, or globs ("archive/**/*.jsonl").
        base: what relative paths start from.

    Raises:
        SourceNotFoundError: an empty source, a path that does not exist, or a glob that is none or matches nothing.
        UnknownFormatError: a file named outright whose extension is none of FORMATS.
    """
    found: dict[str, SourceFile] = {}
    for source in sources:
        if is_address(source):
            continue
        for file in _expand(source, base):
            found.setdefault(file.uri, file)
    return sorted(found.values(), key=lambda file: file.uri)


def is_address(source: str) -> bool:
    """Whether a source is the address of a feed or sitemap, and no path."""
    return source.lower().startswith(("http://", "https://"))


def format_of(path: Path) -> tuple[str, str | None] | None:
    """Format and compression that a file's name tells, or None."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    compression = COMPRESSIONS.get(suffixes[-1]) if suffixes else None
    kinds = suffixes[:-1] if compression else suffixes
    form = FORMATS.get(kinds[-1]) if kinds else None
    return None if form is None else (form, compression)


def printable(path: Path | str) -> str:
    r"""A path as text that can be written anywhere: bytes of it that are no UTF-8 become `\xe9`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _expand(source: str, base: Path) -> Iterator[SourceFile]:
    if not source.strip():
        message = f"a source is empty: {source!r} names no file or folder (the current folder is '.')"
        raise SourceNotFoundError(message)
    path = Path(os.path.normpath(base.absolute() / source))
    if os.path.lexists(path) and path.exists():
        yield from _from_path(path, path if path.is_dir() else path.parent)
    elif has_magic(source):
        root = _fixed_part(path)
        for match in _matches(source, path, root):
            if match.is_symlink():
                yield from _from_link(match, root, root.resolve(), set())
            elif match.is_dir() or (format_of(match) and match.is_file()):
                yield from _from_path(match, root)
    else:
        message = f"there is no file or folder {printable(source)} (looked for {printable(path)})"
        raise SourceNotFoundError(message)


def _matches(source: str, pattern: Path, root: Path) -> list[Path]:
    try:
        matches = sorted(match for match in root.glob(str(pattern.relative_to(root))) if not _is_hidden(match, root))
    except (ValueError, OSError) as error:
        message = f"{printable(source)} is no glob that can be looked up: {error}"
        raise SourceNotFoundError(message) from error
    if not matches:
        message = f"nothing matches {printable(source)} (looked in {printable(root)})"
        raise SourceNotFoundError(message)
    return matches


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _fixed_part(pattern: Path) -> Path:
    """The folder above the first part of a glob that is a pattern."""
    parts = pattern.parts
    first = next(number for number, part in enumerate(parts) if has_magic(part))
    return Path(*parts[:first])


def _from_path(path: Path, root: Path) -> Iterator[SourceFile]:
    if path.is_dir():
        yield from _from_folder(path, root)
        return
    kind = format_of(path)
    if not S_ISREG(path.stat().st_mode):
        message = f"{printable(path)}: no regular file"
        raise UnknownFormatError(message)
    if kind is None:
        message = (
            f"{printable(path)}: no file of a known format; known extensions: {', '.join((*FORMATS, *COMPRESSIONS))}"
        )
        raise UnknownFormatError(message)
    yield _source_file(path, root, kind)


def _from_folder(folder: Path, root: Path) -> Iterator[SourceFile]:
    denied: list[OSError] = []
    links: list[Path] = []
    found: set[Path] = set()
    for parent, folders, names in os.walk(folder, onerror=denied.append):
        if not os.access(parent, os.X_OK):
            denied.append(PermissionError(EACCES, os.strerror(EACCES), parent))
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links.extend(path for name in folders if (path := Path(parent, name)).is_symlink())
        for name in sorted(names):
            path = Path(parent, name)
            kind = format_of(path)
            if name.startswith(".") or kind is None:
                continue
            if path.is_symlink():
                links.append(path)
            elif path.is_file():
                found.add(path.resolve())
                yield _source_file(path, root, kind)
    for path in links:
        yield from _from_link(path, root, folder.resolve(), found)
    for error in denied:
        yield _refused(Path(str(error.filename)), root, f"the folder cannot be read: {error.strerror}")


def _from_link(path: Path, root: Path, folder: Path, found: set[Path]) -> Iterator[SourceFile]:
    """A link within the folder: refused where it leads out, read where its target is not found under its own name."""
    try:
        target = path.resolve()
    except (RuntimeError, OSError):
        yield _refused(path, root, "a symbolic link that leads back to itself")
        return
    if not target.is_relative_to(folder):
        yield _refused(path, root, f"a symbolic link that leads out of the source folder, to {printable(target)}")
    elif not target.exists():
        yield _refused(path, root, f"a symbolic link to {printable(target)}, which does not exist")
    elif target.is_file() and target not in found and (kind := format_of(path)):
        yield _source_file(path, root, kind)


def _source_file(path: Path, root: Path, kind: tuple[str, str | None]) -> SourceFile:
    if printable(path) != str(path):
        return _refused(path, root, "a name that is no UTF-8")
    try:
        status = path.stat()
    except OSError as error:
        return _refused(path, root, f"the file cannot be read: {error.strerror}")
    relative = path.relative_to(root).as_posix()
    return SourceFile(str(path), path, relative, status.st_size, status.st_mtime_ns, *kind)


def _refused(path: Path, root: Path, reason: str) -> SourceFile:
    try:
        modified_ns = path.lstat().st_mtime_ns
    except OSError:
        modified_ns = 0
    form, compression = format_of(path) or ("text", None)
    relative = printable(path.relative_to(root).as_posix())
    return SourceFile(printable(path), path, relative, 0, modified_ns, form, compression, reason)
