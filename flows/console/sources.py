"""What the commands take as sources: the ones named, or the samples."""

from collections.abc import Sequence
from importlib.resources import files


def default_sources(sources: Sequence[str]) -> list[str]:
    """The sources that were named, or the sample articles that ship with Dateline."""
    return list(sources) or [str(files("seeds") / "articles")]
