"""What a figure is about: cues near it, weighted by their distance and the breaks between."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import FIGURE, MENTION, NOUN, PARTY
from flows.normalise.claims.passages import pair_in_parts
from flows.normalise.claims.rules import ClaimRules

SHARES: Final = ("percent", "ratio")
MEASURES: Final = ("mass", "volume", "energy", "power", "area")
LEAST: Final = {"money": 0.4}
"""The least evidence that makes a topic, where it is not USUAL."""
USUAL: Final = 0.9
PER_WORD, PER_BREAK = 0.09, 0.7
"""How much farther a cue is for each word and each break between it and the figure."""
OWN: Final = 1.4
"""How much more a cue counts in the noun phrase that the figure counts."""
LENDERS: Final = {
    "money": ["money", "share"],
    "share": ["share", "money", "people"],
    "people": ["people", "bare"],
    "bare": ["bare", "people", "thing", "share", "tally"],
    "tally": ["tally", "bare"],
}
"""From which classes a figure of a class takes the topic of the figure before."""
BEFORE: Final = 2.0
"""What the topic of the figure before counts for a figure of the same class, less with each sentence between."""
AS_OBJECT: Final = 1.6
"""How much more a verb counts for its object."""
LISTED: Final = 4.0
"""What the topic of the figure before counts where no verb stands between the two: a list."""
DONE_TO: Final = ("casualties", "detention")
"""Topics of people to whom something is done: who does it is none of them."""
DIRECT: Final = ("casualties", "detention", "displacement", "trade")
"""Topics that a verb gives to whatever it has as its object: killed 21 cadets, sold 3 million phones."""
GIFT: Final = "^[em]*(?:o?a?[wP]+)?[tf][am]*M(?:[^wP]|$)"
GIFT_WEIGHT: Final = 1.5
"""A sum to or for an actor is aid rather than not."""
DIGITS: Final = 6
"""Decimals of a sum of weights that count: the rest tells in which order they were added."""
REACH: Final = 2
"""How many sentences on a topic is carried."""
OWN_PHRASE: Final = f"^([em]*(?:oa?m?)?(?:[{MENTION}{PARTY}{NOUN}]s?)*[{MENTION}{PARTY}{NOUN}])"
"""The noun phrase behind a figure that it counts."""


def may_claim(figures: pl.DataFrame) -> pl.DataFrame:
    """The figures of the dimensions that claims are made of."""
    return figures.filter(pl.col("dimension").is_in(["money", "count", "tally", *SHARES, *MEASURES]))


def add_classes(figures: pl.DataFrame, words: pl.DataFrame, conversions: pl.DataFrame) -> pl.DataFrame:
    """Add `own` (words of the phrase that the figure counts) and `figure_class`.

    Args:
        figures: `row`, `dimension`, `unit`, `counted`, `right` (the letters behind the figure).
        words: of `claim_words`.
        conversions: `row`, `leader`: what a conversion repeats is money, its sign may be lost.
    """
    dimension, phrase = pl.col("dimension"), pl.col("right").str.extract(OWN_PHRASE, 1)
    names_people = (phrase.str.ends_with(MENTION) & pl.col("counted").is_null()) | pl.col("is_people")
    figure_class = (
        pl.when((dimension == "money") | pl.col("row").is_in(conversions["leader"].implode()))
        .then(pl.lit("money"))
        .when(dimension.is_in(SHARES))
        .then(pl.lit("share"))
        .when(dimension == "tally")
        .then(pl.lit("tally"))
        .when((pl.col("unit") == "person") | names_people)
        .then(pl.lit("people"))
        .when(pl.col("counted").is_null() & phrase.is_null())
        .then(pl.lit("bare"))
        .otherwise(pl.lit("thing"))
    )
    own = phrase.str.len_chars().fill_null(0).cast(pl.Int32)
    heads = words.filter("is_people").select("sentence_id", head="word", is_people="is_people")
    return (
        figures.with_columns(own=own, head=pl.col("word") + own)
        .join(heads, on=["sentence_id", "head"], how="left", maintain_order="left")
        .with_columns(pl.col("is_people").fill_null(value=False))
        .with_columns(figure_class=figure_class)
        .drop("head", "is_people")
    )


def add_topics(figures: pl.DataFrame, words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """Add `topic`: count where nothing tells more.

    Args:
        figures: `row`, `article_no`, `sentence_id`, `word`, `breaks`, `turns`, `acts`, `figure_class`, `own`, `right`.
        words: of `claim_words`, with `breaks`.
        rules: the compiled rules.
    """
    cues = pair_in_parts(figures, words, lambda some, beside: _evidence(some, beside, rules))
    told = pl.concat([cues, _gifts(figures)])
    least = figures.select("row", least=pl.col("figure_class").replace_strict(LEAST, default=USUAL))
    first = _best(told.join(least, on="row"))
    best = _best(pl.concat([told, _carried(figures, first)]).join(least, on="row"))
    return figures.join(best, on="row", how="left", maintain_order="left").with_columns(
        pl.col("topic").fill_null("count")
    )


def _evidence(figures: pl.DataFrame, words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """What the cues of the sentence say: `row`, `topic`, `weight`."""
    asked = figures.select("row", "sentence_id", "figure_class", "own", "turns", place="word", here="breaks")
    cues = _cues(words, rules)
    done = cues.filter(pl.col("part") == "verb", pl.col("figure_class").is_in(["people", "money"]))
    things = asked.filter(pl.col("figure_class") == "thing").join(
        done.drop("figure_class"), on="sentence_id", suffix="_cue"
    )
    direct = (pl.col("turns") == pl.col("turns_cue")) & (pl.col("word") < pl.col("place"))
    objects = things.filter(direct, pl.col("topic").is_in(DIRECT)).unique(["row", "topic", "word"])
    near = pl.concat([asked.join(cues, on=["sentence_id", "figure_class"], suffix="_cue"), objects], how="diagonal")
    step = pl.col("word") - pl.col("place")
    inside = (step > 0) & (step <= pl.col("own"))
    distance = 1 + PER_WORD * step.abs() + PER_BREAK * (pl.col("breaks") - pl.col("here")).abs()
    weight = pl.when(inside).then(pl.col("weight") * OWN).otherwise(pl.col("weight")) / distance
    head = (step > 0) & (step == pl.col("own"))
    direct_object = (pl.col("part") == "verb") & (pl.col("turns") == pl.col("turns_cue")) & (step < 0)
    weight = pl.when(direct_object & pl.col("topic").is_in(DIRECT)).then(weight * AS_OBJECT).otherwise(weight)
    armed_elsewhere = (pl.col("topic") == "forces") & (pl.col("figure_class") == "people") & ~inside
    counted_elsewhere = (pl.col("figure_class") == "thing") & (pl.col("part") == "noun") & ~head
    attribute = inside & (pl.col("part") == "word")
    governs = pl.col("governs") & pl.col("topic").is_in(DONE_TO) & (pl.col("figure_class") == "people")
    doer = (step > 0) & governs & ~attribute
    unfit = counted_elsewhere | doer | (armed_elsewhere & (pl.col("part") == "noun"))
    return near.filter(~unfit).group_by("row", "topic").agg(weight.sum().alias("weight"))


def _gifts(figures: pl.DataFrame) -> pl.DataFrame:
    """Sums of money to or for an actor, as evidence of aid."""
    return figures.filter(pl.col("figure_class") == "money", pl.col("right").str.contains(GIFT)).select(
        "row", topic=pl.lit("aid"), weight=pl.lit(GIFT_WEIGHT)
    )


def _cues(words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """The words that tell topics: `sentence_id`, `word`, `breaks`, `part`, `figure_class`, `topic`, `weight`."""
    found = []
    for part, column in (("verb", "verb"), ("noun", "noun"), ("word", "form")):
        table = rules.cues.filter(part_of_speech=part).select(
            "cue", "topic", "weight", part="part_of_speech", figure_class="applies"
        )
        found.append(
            words.filter(pl.col("letter") != FIGURE)
            .select("sentence_id", "word", "breaks", "turns", "governs", cue=column)
            .join(table, on="cue")
            .drop("cue")
        )
    return pl.concat(found)


def _carried(figures: pl.DataFrame, first: pl.DataFrame) -> pl.DataFrame:
    """The topic of the figure before, of a class that may share it, as evidence.

    Amounts take it beside their own cues, for money is spoken of in the same words whatever it is for; people and bare
    counts only where they have none.
    """
    known = figures.join(first, on="row", how="left", maintain_order="left").with_columns(
        found=pl.when(pl.col("topic").is_not_null()).then("sentence_id"),
        lender=pl.when(pl.col("topic").is_not_null()).then("figure_class"),
        own_topic="topic",
    )
    before = known.with_columns(
        pl.col("topic", "found", "lender").shift(1).forward_fill().over("article_no"),
        same_verb=pl.col("acts") == pl.col("acts").shift(1).over("sentence_id"),
    )
    gap = (pl.col("sentence_id") - pl.col("found")).cast(pl.Float64)
    fits = pl.any_horizontal(
        (pl.col("figure_class") == own) & pl.col("lender").is_in(lenders) for own, lenders in LENDERS.items()
    )
    amount = pl.col("figure_class").is_in(["money", "share"])
    listed = pl.col("same_verb").fill_null(value=False) & (gap == 0)
    weight = pl.when(listed).then(LISTED).otherwise(BEFORE / (1 + gap / 2))
    lent = pl.col("topic").is_not_null() & (gap <= REACH) & fits
    return before.filter(lent, amount | listed | pl.col("own_topic").is_null()).select("row", "topic", weight=weight)


def _best(evidence: pl.DataFrame) -> pl.DataFrame:
    """The topic that most speaks for: `row`, `topic`."""
    return (
        evidence.group_by("row", "topic")
        .agg(pl.col("weight").sum().round(DIGITS), pl.col("least").first())
        .filter(pl.col("weight") >= pl.col("least"))
        .sort("row", "weight", "topic", descending=[False, True, False])
        .unique("row", keep="first", maintain_order=True)
        .select("row", "topic")
    )
