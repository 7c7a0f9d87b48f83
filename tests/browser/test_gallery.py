"""The pictures of README are there, small enough to load at once, and told in words."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+\.png)\)")
LARGEST = 250_000
"""Bytes of a picture."""


def test_the_pictures_of_the_readme_are_those_that_make_gallery_takes() -> None:
    shown = {path: words for words, path in PICTURE.findall((ROOT / "README.md").read_text(encoding="utf-8"))}
    source = (Path(__file__).parent / "gallery.py").read_text(encoding="utf-8")
    assert len(shown) == 3
    for path, words in shown.items():
        assert f'"{Path(path).stem}":' in source
        assert (ROOT / path).stat().st_size < LARGEST
        assert len(words.split()) > 8
