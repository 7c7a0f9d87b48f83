"""Contract of the actors that a user adds to a warehouse."""

from typing import Final

import pandera.polars as pa

from schemas.reference.actor_tables import Actor

NAME_SEPARATOR: Final = "|"
"""Stands between the names of one cell."""


class UserActor(Actor):
    """A user's own actors, a row each: what `dateline actors add` takes and a warehouse keeps."""

    class Config:
        """The table and its key."""

        name = "user_actor"
        metadata = {"key": ("actor_id",)}

    aliases: str = pa.Field(nullable=True, description="other names, separated by |; like `name` they are its alone")
    weak_aliases: str = pa.Field(
        nullable=True, description="names, separated by |, that mean it only where the text shows it"
    )


IS_IMPORTED: Final = "is_imported"
"""The column that a warehouse keeps beside these: whether the actor was imported or added by hand."""

REQUIRED: Final = ("name", "actor_kind")
"""What a row must say; an actor without an id gets one from its kind and name."""
