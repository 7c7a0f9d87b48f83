"""What a figure takes from the figures and sentences before it: its parties, where its own clause names none."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import MENTION, RECEIVING
from flows.normalise.spans import beside, with_neighbours

SENTENCES_BACK: Final = 2
"""How many sentences back a claim of the same topic lends its parties."""
LENT: Final = {"subject": ("casualties", "displacement", "detention"), "object": ("casualties", "count")}
"""Topics that borrow a party of the role from a figure of the same sentence only."""

DONE_BY: Final = ("aid", "spending", "trade", "economy", "forces")
"""Topics in which somebody does something: a claim without a doer takes the actor last spoken of."""
OF_PEOPLE: Final = ("poll", "displacement")
"""Topics whose subject is people: the nearest where none is named."""
TAKING: Final = ("get", "ask", "request")
"""Frames of who receives or asks: the giver may be nobody in particular."""
DOERS: Final = ("country", "organisation", "person")
"""Kinds of actors that do something."""
SAYING: Final = ("say", "tell", "report", "announce", "warn")
"""Verbs whose doer is a source."""
NEIGHBOURS: Final = 20
"""Characters before a name in which a preposition is looked for."""
SAME_CLAUSE: Final = 0.9
"""Breaks between a figure and the doer in its clause, at most."""


def carry_over(claims: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Give claims without a party those of the last claim of the same topic before them.

    Args:
        claims: `row`, `article_no`, `sentence_id`, `topic`, in reading order.
        parties: PARTY_SCHEMA.

    Returns:
        The parties with those that were carried.
    """
    carried = [parties]
    for role in ("subject", "object"):
        own = parties.filter(pl.col("role") == role)
        asked = claims.select("row", "article_no", "topic", "sentence_id")
        has = asked.join(own.select("row").unique(), on="row", how="semi", maintain_order="left")
        lent = (
            asked.join(has, on="row", how="anti", maintain_order="left")
            .join_asof(
                has.select("row", "article_no", "topic", lender="row", lender_sentence="sentence_id"),
                on="row",
                by=["article_no", "topic"],
                strategy="backward",
                check_sortedness=False,
            )
            .with_columns(back=pl.col("sentence_id") - pl.col("lender_sentence"))
            .filter(pl.col("back") <= pl.when(pl.col("topic").is_in(LENT[role])).then(0).otherwise(SENTENCES_BACK))
            .select("row", "lender")
        )
        borrowed = lent.join(own.rename({"row": "lender"}), on="lender", maintain_order="left")
        carried.append(borrowed.select(parties.columns))
    return pl.concat(carried)


def take_nearest(claims: pl.DataFrame, parties: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Give claims that lack a doer the nearest actor before the figure, claims of people the nearest people.

    Args:
        claims: `row`, `sentence_id`, `word`, `breaks`, `topic`, `status`, `frame`.
        parties: PARTY_SCHEMA.
        words: of `claim_words` with `actor_id`, `breaks`.

    Returns:
        The parties with those that were found.
    """
    near = _nearest(_without_doer(claims, parties), parties, words)
    return pl.concat([parties, near, _asked(claims, parties, words)])


def take_last_named(
    claims: pl.DataFrame, parties: pl.DataFrame, sentences: pl.DataFrame, actors: pl.DataFrame, placing: str
) -> pl.DataFrame:
    """Give claims that need a doer and have none the one last spoken of.

    Args:
        claims: `row`, `article_no`, `sentence_id`, `topic`, `status`, `frame`.
        parties: PARTY_SCHEMA.
        sentences: `sentence_id`, `article_no`, `text`.
        actors: the mention frame of actors.
        placing: a regex for what makes the name behind it a place, a purpose or a receiver.

    Returns:
        The parties with those that were found.
    """
    earlier = _spoken_of(_without_doer(claims, parties), sentences, actors, placing)
    return pl.concat([parties, earlier.select(parties.columns)])


def _without_doer(claims: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Claims that tell of somebody's deed and name nobody who does it."""
    has_object = pl.col("row").is_in(parties.filter(pl.col("role") == "object")["row"].implode())
    taken = (pl.col("topic") == "aid") & pl.col("frame").is_in(list(TAKING)) & has_object
    return claims.filter(pl.col("topic").is_in(list(DONE_BY)), pl.col("status").ne_missing("requested"), ~taken).join(
        parties.filter(pl.col("role") == "subject"), on="row", how="anti", maintain_order="left"
    )


def _nearest(claims: pl.DataFrame, parties: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """The nearest actor before the figure in its clause that plays no part yet, is no source and no place."""
    before, after = (beside(pl.col("letter"), step) for step in (1, -1))
    placed = before.is_in(list(RECEIVING)).fill_null(value=False)
    saying = pl.any_horizontal(beside(pl.col("verb"), step).is_in(list(SAYING)) for step in (-2, -1, 1))
    names = (
        words.with_columns(free=~placed & after.ne_missing("P") & ~saying.fill_null(value=False))
        .filter(pl.col("letter") == MENTION, pl.col("free"))
        .select("sentence_id", "start", "end", "actor_id", first="word", last="word", there="breaks")
    )
    return (
        claims.select("row", "sentence_id", "word", "breaks")
        .join(names, on="sentence_id")
        .filter(pl.col("first") < pl.col("word"), (pl.col("breaks") - pl.col("there")) <= SAME_CLAUSE)
        .join(parties.select("row", "start"), on=["row", "start"], how="anti")
        .sort("row", "first", descending=[False, True])
        .unique("row", keep="first", maintain_order=True)
        .with_columns(role=pl.lit("subject"))
        .select(parties.columns)
    )


def _asked(claims: pl.DataFrame, parties: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """The people nearest to a figure of people that names none: sentiment among Americans, with 41%.

    One person is none of them. Those who move stand before their number: the number of people fell to 12,000.
    """
    unnamed = claims.filter(pl.col("topic").is_in(list(OF_PEOPLE))).join(
        parties.filter(pl.col("role") == "subject"), on="row", how="anti"
    )
    many = pl.col("is_people") & ~pl.col("is_one").fill_null(value=False)
    people = words.filter((pl.col("actor_kind") == "group") | many).select(
        "sentence_id", "start", "end", "actor_id", first="word", last="word"
    )
    return (
        unnamed.select("row", "sentence_id", "word", "topic")
        .join(people, on="sentence_id")
        .join(parties.select("row", "start"), on=["row", "start"], how="anti")
        .filter((pl.col("topic") == "poll") | (pl.col("first") < pl.col("word")))
        .with_columns(role=pl.lit("subject"), far=(pl.col("first") - pl.col("word")).abs())
        .sort("row", "far", "first")
        .unique("row", keep="first", maintain_order=True)
        .select(parties.columns)
    )


def _spoken_of(claims: pl.DataFrame, sentences: pl.DataFrame, actors: pl.DataFrame, placing: str) -> pl.DataFrame:
    """The first actor of the last sentence before that names one who may do something, two sentences back at most."""
    back = pl.concat(claims.select(sentence_id=pl.col("sentence_id") - step) for step in range(1, SENTENCES_BACK + 1))
    named = actors.filter(pl.col("actor_kind").is_in(list(DOERS))).join(back.unique(), on="sentence_id", how="semi")
    leading = (
        with_neighbours(named, sentences, NEIGHBOURS)
        .filter(~pl.col("before").str.contains(placing))
        .sort("sentence_id", "start", "end", descending=[False, False, True])
        .unique("sentence_id", keep="first", maintain_order=True)
        .join(sentences.select("sentence_id", "article_no"), on="sentence_id", maintain_order="left")
        .select("article_no", "start", "end", "actor_id", named_in="sentence_id", place="sentence_id")
    )
    return (
        claims.select("row", "article_no", place=pl.col("sentence_id") - 1)
        .join_asof(leading, on="place", by="article_no", strategy="backward", check_sortedness=False)
        .filter(pl.col("place") - pl.col("named_in") < SENTENCES_BACK)
        .with_columns(role=pl.lit("subject"), sentence_id="named_in", first=pl.lit(-1), last=pl.lit(-1))
        .with_columns(pl.col("first", "last").cast(pl.Int32))
    )


def add_conversions(
    claims: pl.DataFrame, parties: pl.DataFrame, figures: pl.DataFrame, conversions: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add a claim for each conversion in brackets: all but the figure is that of its leader.

    Args:
        claims: the claims of the figures that are no conversions.
        parties: PARTY_SCHEMA.
        figures: the figures with `row`.
        conversions: `row`, `leader`.
    """
    shared = [name for name in claims.columns if name not in figures.columns]
    added = (
        figures.join(conversions, on="row")
        .join(claims.select(*shared, leader="row"), on="leader")
        .select(claims.columns)
    )
    lent = conversions.join(parties.rename({"row": "leader"}), on="leader", maintain_order="left")
    return (
        pl.concat([claims, added]).sort("row"),
        pl.concat([parties, lent.select(parties.columns)]),
    )
