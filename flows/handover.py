"""The compiled rules of a run, handed to its workers as a file: reading it takes a tenth of the time of compiling."""

import pickle
import shutil
from functools import cache
from pathlib import Path
from typing import cast

from flows.extract import Extractor
from flows.user_actors import extractor_for

FOLDER = "draft-rules"
"""Within the stage: what is left of it is removed as any draft is."""
FILE = "extractor.pickle"
MOST_NAMES = 100_000
"""Names of actors up to which a file is worth its space on the disk; of more, workers read the user's compiled ones."""


def hand_over(stage: Path, rules: Extractor) -> None:
    """Write the rules for the workers that extract into a stage."""
    folder = stage / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    if rules.actors.aliases.height <= MOST_NAMES:
        folder.mkdir(parents=True)
        (folder / FILE).write_bytes(pickle.dumps(rules, pickle.HIGHEST_PROTOCOL))


def rules_for(stage: Path) -> Extractor:
    """The rules by which batches are extracted into a stage: those handed over, else they are compiled."""
    file = stage / FOLDER / FILE
    if not file.exists():
        return extractor_for(stage.with_name("actors"))
    return _read(file, file.stat().st_mtime_ns)


@cache
def _read(file: Path, _written: int) -> Extractor:
    return cast("Extractor", pickle.loads(file.read_bytes()))  # noqa: S301  (the run that reads it has written it)
