"""What the commands take as sources: the ones named, or the samples; and columns under other names."""

from collections.abc import Sequence
from importlib.resources import files

from flows.errors import UsageError


def default_sources(sources: Sequence[str]) -> list[str]:
    """The sources that were named, or the sample articles that ship with Dateline."""
    return list(sources) or [str(files("seeds") / "articles")]


def parse_mapping(pairs: Sequence[str]) -> dict[str, str]:
    """`text=body` as a mapping of our field to the source's column.

    Raises:
        UsageError: a pair without an equals sign or with an empty side.
    """
    mapping = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    if len(mapping) < len(pairs) or not all((*mapping, *mapping.values())):
        message = f"--map takes OURS=THEIRS once a field, such as text=body; it was given {' '.join(pairs)}"
        raise UsageError(message)
    return mapping
