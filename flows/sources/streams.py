"""Open a source's bytes, decompressed as they are read, and guarded against archives that expand beyond reason."""

import gzip
import hashlib
import io
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import zstandard

from flows.sources.discover import SourceFile
from flows.sources.items import LARGEST_ARTICLE, SourceError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 1 << 20
ZSTD_CHUNK = 2048
"""Compressed bytes taken at a time: Zstandard makes at most some 64 MB of them, so that a bomb is seen in time."""
BOMB_BYTES = 50_000_000
"""An archive may expand to this size whatever its own."""
BOMB_RATIO = 200
"""Beyond BOMB_BYTES an archive that expands to more than so many times its size is refused; news text reaches 10."""


def most_bytes(file: SourceFile) -> int:
    """The size to which a packed source may expand."""
    return max(BOMB_BYTES, BOMB_RATIO * file.size_bytes)


def bomb(limit: int) -> SourceError:
    """The error for a source that expands beyond `most_bytes`."""
    return SourceError(reason="bomb", detail=f"expands to more than {limit} bytes, {BOMB_RATIO} times its size")


def open_bytes(file: SourceFile) -> BinaryIO:
    """Open a source for reading, decompressed.

    Raises:
        OSError: it cannot be opened.
        SourceError: while reading, `broken_archive` or `bomb`.
    """
    raw = file.path.open("rb", buffering=CHUNK)
    if file.compression is None:
        return raw
    inner = gzip.GzipFile(fileobj=raw) if file.compression == "gzip" else ZstdReader(raw)
    return io.BufferedReader(_Guarded(raw, inner, most_bytes(file)), CHUNK)


def read_article(file: SourceFile) -> bytes:
    """All bytes of a source that holds a single article.

    Raises:
        OSError: it cannot be opened.
        SourceError: `empty_file`, `too_large`, and what `open_bytes` raises.
    """
    with open_bytes(file) as stream:
        content = stream.read(LARGEST_ARTICLE + 1)
    if not content:
        raise empty_file()
    if len(content) > LARGEST_ARTICLE:
        raise SourceError(reason="too_large", detail=f"more than {LARGEST_ARTICLE} bytes, the limit for one article")
    return content


def empty_file() -> SourceError:
    """The error for a file without a single byte."""
    return SourceError(reason="empty_file", detail="a file without content")


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class ZstdReader(io.RawIOBase):
    """Zstandard frames, one after the other; an end within a frame is an EOFError (zstandard itself passes it over)."""

    def __init__(self, raw: BinaryIO) -> None:
        """Read from `raw`."""
        self._raw = raw
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._rest = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer with what comes next, at least one byte; 0 at the end."""
        view = memoryview(buffer)
        while not self._ready:
            compressed = self._rest or self._raw.read(ZSTD_CHUNK)
            self._rest = b""
            if not compressed:
                if self._frame is not None:
                    message = "the archive ends within a frame"
                    raise EOFError(message)
                return 0
            self._feed(compressed)
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _feed(self, compressed: bytes) -> None:
        frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
        self._ready = memoryview(frame.decompress(compressed))
        self._frame = None if frame.eof else frame
        self._rest = frame.unused_data if frame.eof else b""


class _Guarded(io.RawIOBase):
    """A decompressor's output, with its errors as SourceError, and an end to bombs."""

    def __init__(self, raw: BinaryIO, inner: gzip.GzipFile | ZstdReader, limit: int) -> None:
        self._raw = raw
        self._inner = inner
        self._limit = limit
        self._total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        try:
            count = self._inner.readinto(buffer)
        except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
            raise SourceError(reason="broken_archive", detail=str(error)) from error
        self._total += count
        if self._total > self._limit:
            raise bomb(self._limit)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()
