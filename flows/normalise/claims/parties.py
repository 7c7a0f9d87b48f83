"""From noun phrases to parties: the shortest phrase that names the actor, with those that are joined to it."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import MENTION, PHRASE
from flows.normalise.claims.rules import ClaimRules

THINGS: Final = ("price", "casualties", "displacement", "detention", "poll")
"""Topics of which a party need be no actor: a thing with a price, people without a name."""
OF_PEOPLE: Final = ("casualties", "displacement", "detention")
"""Topics whose subject is as many people as the figure counts."""
WHOLE_SLOTS: Final = ("counted",)
"""Places whose phrase is taken whole: the people counted, not the country in their name."""
ACTOR_SLOTS: Final = ("owner",)
"""Places of which only a named actor is taken."""
ORDER: Final = {
    name: number
    for number, name in enumerate(
        (
            "listed",
            "gapped",
            "counted",
            "owner",
            "by",
            "agent",
            "possessor",
            "patient",
            "from",
            "to",
            "against",
            "with",
            "of",
            "purpose",
            "for",
            "compound",
            "on",
            "in",
        )
    )
}
"""Of several places of one role the first that holds a party, the better bound predicate's before the other's."""
NO_NAME: Final = "amcndFopitrfjhyzesgVvDR"
"""Letters of words that are no part of a party's name."""
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
        figures: `row`, `topic`, `word`, `own`, `value`, `value_low`, `value_high`.
        words: of `claim_words` with `actor_id`.
        rules: the compiled rules.

    Returns:
        PARTY_SCHEMA, at most one row for each `row` and `role`; a phrase plays one role only.
    """
    many = pl.max_horizontal("value", "value_low", "value_high") > 1
    placed = slots.join(figures.select("row", "topic", "word", "own", many=many), on="row")
    by_frame = placed.join(rules.slots, on=["frame", "slot"])
    by_topic = placed.filter(pl.col("frame").is_null()).join(rules.topic_slots, on=["topic", "slot"])
    roles = pl.concat([by_frame.with_columns(is_last=pl.lit(value=False)).select(by_topic.columns), by_topic])
    last = pl.col("first") + pl.col("words") - 1
    own = pl.col("slot").is_in([*WHOLE_SLOTS, *ACTOR_SLOTS])
    outside = (pl.col("first") > pl.col("word") + pl.col("own")) | (last < pl.col("word"))
    doers = pl.col("slot").is_in(["agent", "patient"]) & ~pl.col("any_noun")
    others = pl.col("has_figure") & (pl.col("slot") == "patient") & pl.col("topic").is_in(list(THINGS))
    sure = ~others & (~doers | (pl.col("rank") == pl.col("rank").min().over("row", "part", "slot")))
    named = name_phrases(roles.filter(own | outside, sure).with_row_index("asked"), words)
    order = pl.col("slot").replace_strict(ORDER)
    second = pl.col("score").fill_null(0) < pl.col("score").max().over("row").fill_null(0)
    loose = (pl.col("part") == "noun") & (pl.col("slot") == "agent")
    later = (
        pl.col("is_last").cast(pl.Int32) * 2
        + (second & pl.col("frame").is_not_null()).cast(pl.Int32)
        + loose.cast(pl.Int32)
    )
    thing = pl.col("any_noun") & pl.col("topic").is_in(list(THINGS))
    placed_in = (pl.col("slot") == "in") & (
        (pl.col("actor_kind") == "place")
        | (pl.col("topic").is_in(["vote", "forces"]) & (pl.col("actor_kind") == "country"))
    )
    one_of_many = (
        (pl.col("role") == "subject")
        & (pl.col("actor_kind") == "person")
        & pl.col("topic").is_in(list(OF_PEOPLE))
        & pl.col("many")
    )
    return (
        named.filter(pl.col("is_named") | thing, ~placed_in.fill_null(value=False), ~one_of_many.fill_null(value=False))
        .with_columns(order=order + len(ORDER) * later)
        .sort("row", "order", "rank", "role", "first", "last")
        .unique(["row", "first", "last"], keep="first", maintain_order=True)
        .unique(["row", "role"], keep="first", maintain_order=True)
        .select(PARTY_SCHEMA.names())
    )


def name_phrases(asked: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Narrow phrases to the name in them: the last actor, or else the whole phrase without article.

    Args:
        asked: `asked` (a row number), `sentence_id`, `slot`, `first`, `words`.
        words: of `claim_words` with `actor_id`.

    Returns:
        The rows whose phrase has a name, with `first`, `last` (words), `start`, `end`, `actor_id`, and `is_named`:
        it is an actor or a noun for one.
    """
    phrase = asked.select(
        "asked", "sentence_id", "slot", "topic", number=pl.int_ranges("first", pl.col("first") + pl.col("words"))
    )
    inner = (
        phrase.explode("number")
        .with_columns(pl.col("number").cast(pl.Int32))
        .join(
            words.select(
                "sentence_id", "start", "end", "letter", "actor_id", "actor_kind", "is_party", "is_event", number="word"
            ),
            on=["sentence_id", "number"],
            maintain_order="left",
        )
        .filter(~pl.col("letter").is_in(list(NO_NAME)))
        .with_columns(event=pl.col("is_event").fill_null(value=False) & (pl.col("slot") == "counted"))
        .with_columns(events=pl.col("event").any().over("asked"))
        .filter(~pl.col("event"))
    )
    whole_phrase = pl.col("slot").is_in(list(WHOLE_SLOTS)) | (pl.col("topic") == "price")
    mention = inner.filter(pl.col("letter") == MENTION, ~whole_phrase | (pl.len().over("asked") == 1)).unique(
        "asked", keep="last", maintain_order=True
    )
    whole = inner.group_by("asked", maintain_order=True).agg(
        first=pl.col("number").min(),
        last=pl.col("number").max(),
        start=pl.col("start").min(),
        end=pl.col("end").max(),
        is_party=pl.col("is_party").last().fill_null(value=False),
        events=pl.col("events").first(),
        only_actor=pl.col("slot").first().is_in(list(ACTOR_SLOTS)),
    )
    named = mention.select("asked", "actor_id", "actor_kind", m_word="number", m_start="start", m_end="end")
    is_mention = pl.col("m_word").is_not_null()
    narrowed = (
        whole.join(named, on="asked", how="left")
        .filter(is_mention | ~pl.col("only_actor"), ~pl.col("events") | is_mention | pl.col("is_party"))
        .select(
            "asked",
            "actor_id",
            "actor_kind",
            first=pl.coalesce("m_word", "first"),
            last=pl.coalesce("m_word", "last"),
            start=pl.coalesce("m_start", "start"),
            end=pl.coalesce("m_end", "end"),
            is_named=is_mention | pl.col("is_party"),
        )
    )
    return asked.drop("first", "words").join(narrowed, on="asked", maintain_order="left")


def joined_parties(parties: pl.DataFrame, letters: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """The parties joined to the first of each role by and: PARTY_SCHEMA."""
    parts = pl.col("tail").str.extract_groups(f"^(c?d)({PHRASE})").struct
    asked = (
        parties.join(letters, on="sentence_id", maintain_order="left")
        .with_columns(tail=pl.col("letters").str.slice(pl.col("last") + 1))
        .with_columns(skipped=parts.field("1"), phrase=parts.field("2"))
        .filter(pl.col("phrase").is_not_null())
        .select(
            "row",
            "role",
            "sentence_id",
            slot=pl.lit("joined"),
            topic=pl.lit(""),
            first=(pl.col("last") + 1 + pl.col("skipped").str.len_chars()).cast(pl.Int32),
            words=pl.col("phrase").str.len_chars().cast(pl.Int32),
        )
        .with_row_index("asked")
    )
    return name_phrases(asked, words).filter("is_named").select(PARTY_SCHEMA.names())
