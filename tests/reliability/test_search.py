"""A run that dies while it builds the search index has published; search does without until the next run."""

import signal

from tests.reliability.child import mended, shoot
from tests.reliability.world import World, work
from warehouse.reader import open_published
from warehouse.search import search


def test_a_run_killed_while_it_builds_the_index_is_mended_by_the_next(world: World) -> None:
    shot = shoot(world, "after warehouse.search_index._fill 1")
    assert (shot.code, shot.published) == (-signal.SIGKILL, "new")
    versions = work(shot.warehouse) / "versions"
    assert list(versions.rglob("*.search.draft*"))
    with open_published(shot.warehouse) as reader:
        found = search(reader, "loan port")
    assert found.plain
    assert found.total > 0
    mended(world, shot)
