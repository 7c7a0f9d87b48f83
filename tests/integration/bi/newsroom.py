"""A warehouse that tools open which know nothing of Dateline, and what is published beneath them meanwhile."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from flows.settings import Settings
from flows.steps import run_plain
from tests.integration.flows.office import rows
from warehouse.connection import Connection
from warehouse.paths import WarehousePaths
from warehouse.publish import publish

STORIES = (
    "Japan pledged $2 billion to Kenya on 3 March 2021. President Joe Biden praised the offer.",
    "At least 12 people were killed in Lagos on Monday, officials said. The government sent 1,500 soldiers.",
    "Prices rose by 3.4 percent in 2019, the ministry said. Peru received a loan of €30 million from Germany.",
)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """An inbox and the warehouse made of it; README's examples find it where they look, run in `folder`."""

    folder: Path

    @property
    def warehouse(self) -> Path:
        """The link that tools open."""
        return self.folder / "warehouse" / "dateline.duckdb"

    @property
    def paths(self) -> WarehousePaths:
        """Where all of the warehouse lies."""
        return WarehousePaths.of(self.warehouse)

    def tell(self, number: int, text: str) -> None:
        """Put an article into the inbox and run over it, in this process."""
        article = {"id": str(number), "title": f"Story {number}", "text": text, "published_on": "2021-03-05"}
        inbox = self.folder / "inbox"
        inbox.mkdir(exist_ok=True)
        (inbox / f"{number}.jsonl").write_text(json.dumps(article), encoding="utf-8")
        run_plain([str(inbox)], Settings(warehouse=self.warehouse))

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query on the newest version."""
        return rows(self.warehouse, query)

    def copy(self, folder: Path) -> "Newsroom":
        """Another one to change, of the same articles."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return Newsroom(folder)


def make_newsroom(folder: Path) -> Newsroom:
    """A newsroom with a published warehouse."""
    newsroom = Newsroom(folder)
    newsroom.warehouse.parent.mkdir()
    newsroom.tell(0, " ".join(STORIES))
    return newsroom


def publish_titles(build: Connection, paths: WarehousePaths, name: str) -> None:
    """Publish a build whose articles are all called by its name, as a run of that name."""
    build.execute("INSERT INTO etl.run SELECT * REPLACE (? AS run_id, true AS changed) FROM etl.run LIMIT 1", [name])
    build.execute("UPDATE dim_article SET title = ?", [name])
    publish(build, paths, name)
