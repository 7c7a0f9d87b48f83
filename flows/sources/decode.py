"""Bytes to text: by byte order mark, as UTF-8, by the declared encoding, else by a detected one."""

import codecs

from charset_normalizer import from_bytes

from flows.sources.items import SourceError

UNREADABLE = "\udc00"
"""Stands for a unit of UTF-16 or UTF-32 that is none, in what is decoded with the error handler MARK_UNREADABLE; no
encoding can write it, so that the line or row which holds it is known and refused."""
MARK_UNREADABLE = "dateline_mark_unreadable"

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, the longer first, and the encodings that read them and take them off."""

SAMPLE = 100_000
"""Bytes from which an encoding is detected."""
WESTERN_SHARE = 0.05
"""Part of bytes beyond ASCII below which an undeclared text is read as Windows-1252 where that fits, as browsers do:
so few of them tell a detector too little."""
ASCII = bytes(range(128))
CONTROL_SHARE = 0.01
"""A decoded text with a larger part of control characters is binary content."""
TEXT_CONTROLS = "\t\n\r\f\v\x1a"


def marked_encoding(content: bytes) -> str | None:
    """The encoding that a byte order mark tells, or None."""
    return next((encoding for mark, encoding in MARKS if content.startswith(mark)), None)


def _mark_unreadable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNREADABLE, error.end


codecs.register_error(MARK_UNREADABLE, _mark_unreadable)


def unreadable_units() -> SourceError:
    """The error for a line or row in which UNREADABLE stands."""
    return SourceError(reason="undecodable", detail="bytes that are not in the encoding of the byte order mark")


def decode(content: bytes, declared: str | None = None) -> str:
    """Decode a text whole.

    Args:
        content: the bytes.
        declared: the encoding that the source declares, if it does.

    Raises:
        SourceError: `binary_content` (NUL bytes without a byte order mark, or mostly control characters) or
            `undecodable`.
    """
    marked = marked_encoding(content)
    if marked is None and b"\0" in content:
        raise SourceError(reason="binary_content", detail="NUL bytes")
    for encoding in (marked or "utf-8", declared):
        text = None if encoding is None else _try(content, encoding)
        if text is not None:
            return text
    return _detected(content)


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _detected(content: bytes) -> str:
    encoding = detect(content)
    text = _try(content, encoding) if encoding else None
    if text is None:
        raise SourceError(reason="undecodable", detail="neither UTF-8 nor an encoding that can be told from its bytes")
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in TEXT_CONTROLS)
    if controls > CONTROL_SHARE * len(text):
        raise SourceError(reason="binary_content", detail=f"{controls} control characters among {len(text)}")
    return text


def detect(content: bytes) -> str | None:
    """The encoding that bytes which are no UTF-8 are most likely in, or None."""
    beyond_ascii = len(content.translate(None, delete=ASCII))
    if beyond_ascii < WESTERN_SHARE * len(content) and _try(content, "cp1252") is not None:
        return "cp1252"
    best = from_bytes(content[:SAMPLE]).best()
    return best.encoding if best else None
