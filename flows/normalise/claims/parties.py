"""From noun phrases to parties: the shortest phrase that names the actor, with those that are joined to it."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import MENTION, PHRASE
from flows.normalise.claims.rules import ClaimRules

SLOT_ORDER: Final = (
    "by",
    "agent",
    "counted",
    "possessor",
    "patient",
    "to",
    "from",
    "for",
    "against",
    "of",
    "on",
    "in",
)
"""Of several places of one role the first that holds a party."""
JOINED: Final = f"^c?d({PHRASE})"
OPENING: Final = "amcndFopitrfjhyz"
"""Letters that do not open a party's name."""
PARTY_SCHEMA: Final = pl.Schema(
    {
        "row": pl.UInt32,
        "role": pl.String,
        "sentence_id": pl.UInt32,
        "first": pl.Int32,
        "last": pl.Int32,
        "start": pl.Int32,
        "end": pl.Int32,
        "actor_id": pl.String,
    }
)


def choose_parties(slots: pl.DataFrame, figures: pl.DataFrame, words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """The first party of each role.

    Args:
        slots: of `find_slots`.
        figures: `row`, `frame`, `topic`, `word`, `own`.
        words: of `claim_words` with `actor_id`.
        rules: the compiled rules.

    Returns:
        PARTY_SCHEMA, at most one row for each `row` and `role`.
    """
    roles = slots.join(figures.select("row", "frame", "topic", "word", "own"), on="row").join(
        rules.slots, on=["frame", "slot"]
    )
    outside = (pl.col("first") > pl.col("word") + pl.col("own")) | (pl.col("first") + pl.col("words") <= pl.col("word"))
    asked = roles.filter((pl.col("slot") == "counted") | outside).with_row_index("asked")
    order = pl.col("slot").replace_strict({slot: number for number, slot in enumerate(SLOT_ORDER)})
    return (
        name_phrases(asked, words)
        .filter(pl.col("is_named") | pl.col("any_noun"))
        .with_columns(order=order)
        .sort("row", "role", "order", "rank", "first")
        .unique(["row", "role"], keep="first", maintain_order=True)
        .select(PARTY_SCHEMA.names())
    )


def name_phrases(asked: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Narrow phrases to the name in them.

    Args:
        asked: `asked` (a row number), `sentence_id`, `first`, `words`.
        words: of `claim_words` with `actor_id`.

    Returns:
        The rows whose phrase has a name, with `first`, `last` (words), `start`, `end`, `actor_id`, and `is_named`:
        it is an actor or a noun for one.
    """
    inner = (
        asked.select("asked", "sentence_id", "words", opening="first")
        .join(
            words.select("sentence_id", "start", "end", "letter", "actor_id", "is_party", number="word"),
            on="sentence_id",
        )
        .filter(
            pl.col("number") >= pl.col("opening"),
            pl.col("number") < pl.col("opening") + pl.col("words"),
            ~pl.col("letter").is_in(list(OPENING)),
        )
        .sort("asked", "number")
    )
    mention = inner.filter(pl.col("letter") == MENTION).unique("asked", keep="first", maintain_order=True)
    whole = inner.group_by("asked", maintain_order=True).agg(
        first=pl.col("number").min(),
        last=pl.col("number").max(),
        start=pl.col("start").min(),
        end=pl.col("end").max(),
        is_party=pl.col("is_party").last().fill_null(value=False),
    )
    named = mention.select(
        "asked", "actor_id", m_first="number", m_start="start", m_end="end", is_mention=pl.lit(value=True)
    )
    is_mention = pl.col("is_mention").fill_null(value=False)
    narrowed = whole.join(named, on="asked", how="left").select(
        "asked",
        "actor_id",
        first=pl.coalesce("m_first", "first"),
        last=pl.coalesce("m_first", "last"),
        start=pl.coalesce("m_start", "start"),
        end=pl.coalesce("m_end", "end"),
        is_named=is_mention | pl.col("is_party"),
    )
    return asked.drop("first", "words").join(narrowed, on="asked", maintain_order="left")


def joined_parties(parties: pl.DataFrame, letters: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """The parties joined to the first of each role by and: PARTY_SCHEMA."""
    behind = parties.join(letters, on="sentence_id").with_columns(
        phrase=pl.col("letters").str.slice(pl.col("last") + 1).str.extract_groups(f"^(c?d)({PHRASE})")
    )
    asked = (
        behind.with_columns(skipped=pl.col("phrase").struct.field("1"), found=pl.col("phrase").struct.field("2"))
        .filter(pl.col("found").is_not_null())
        .select(
            "row",
            "role",
            "sentence_id",
            first=(pl.col("last") + 1 + pl.col("skipped").str.len_chars()).cast(pl.Int32),
            words=pl.col("found").str.len_chars().cast(pl.Int32),
        )
        .with_row_index("asked")
    )
    return name_phrases(asked, words).filter("is_named").select(PARTY_SCHEMA.names())
