"""Sentences with their dates, figures and actors in, claims out: the stages in order."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from flows.normalise.claims.asides import take_out_asides
from flows.normalise.claims.carry import add_conversions, carry_over, take_last_named, take_nearest
from flows.normalise.claims.key import claim_keys
from flows.normalise.claims.letters import CLOSING, COMMA, DATE, FIGURE, MENTION, OPENING, STOP
from flows.normalise.claims.parties import choose_parties, joined_parties
from flows.normalise.claims.passages import are_long, cut, put_together, within
from flows.normalise.claims.roles import bind, find_slots
from flows.normalise.claims.rules import ClaimRules
from flows.normalise.claims.tell import add_dates, add_modality, add_status
from flows.normalise.claims.tokens import claim_words, sentence_letters
from flows.normalise.claims.topics import add_classes, add_topics, may_claim
from flows.normalise.spans import beside

BREAKS: Final = {COMMA: 4, STOP: 10, OPENING: 10, CLOSING: -10, "b": 10, "R": 10, "d": 2}
"""How much a word parts what stands on its two sides, in tenths; what is behind a bracket goes on from before it."""
TURNS: Final = "VdcbRkLJ"
"""Letters of words behind which another thing may be told."""

ACTS: Final = "VvgbRkLJ"
"""Letters of words behind which another thing is done."""


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """The claims and all their parties.

    Attributes:
        claims: a mention frame (the figures' spans) with the own columns of fact_claim but for the ids: instead of them
            `date_start` and `date_end`; offsets of parties and dates are those of the article.
        parties: `sentence_id`, `start`, `end` of the claim, `role`, `part_start`, `part_end`, `surface`, `actor_id`.
    """

    claims: pl.DataFrame
    parties: pl.DataFrame


def extract_claims(  # noqa: PLR0913, PLR0917  (it stands on all that was found before)
    articles: pl.DataFrame,
    sentences: pl.DataFrame,
    dates: pl.DataFrame,
    figures: pl.DataFrame,
    actors: pl.DataFrame,
    rules: ClaimRules,
) -> ClaimFacts:
    """Bind each figure to its topic, parties, status, modality and date.

    Args:
        articles: `article_no`, `article_id`, `published_on`.
        sentences: `sentence_id`, `article_no`, `span_start`, `text`, in reading order.
        dates: the mention frame of dates.
        figures: the mention frame of figures.
        actors: the mention frame of actors.
        rules: the compiled rules.

    Returns:
        The claims, one for each figure that can make one, and their parties.
    """
    if not are_long(sentences):
        return _extract(articles, sentences, dates, figures, actors, rules)
    passages = cut(sentences)
    in_passages = (within(dates, passages), within(figures, passages), within(actors, passages))
    found = _extract(articles, passages, *in_passages, rules)
    return ClaimFacts(put_together(found.claims, passages), put_together(found.parties, passages))


def _extract(  # noqa: PLR0913, PLR0917  (as above)
    articles: pl.DataFrame,
    sentences: pl.DataFrame,
    dates: pl.DataFrame,
    figures: pl.DataFrame,
    actors: pl.DataFrame,
    rules: ClaimRules,
) -> ClaimFacts:
    candidates = may_claim(figures.with_row_index("row"))
    asked = sentences.join(candidates.select("sentence_id").unique(), on="sentence_id", how="semi")
    words, conversions = _words(asked, candidates, dates.with_row_index("row"), actors.with_row_index("row"), rules)
    letters = sentence_letters(words)
    placed = add_classes(_placed(candidates, words, letters, sentences), words, conversions)
    topics = add_topics(placed, words, rules)
    bound = bind(topics, words, rules)
    told = add_dates(add_status(add_modality(topics, words, rules), bound, rules), words, dates)
    first = choose_parties(find_slots(bound, topics, rules), topics, words, rules)
    own = pl.concat([first, joined_parties(first, letters, words)])
    near = take_nearest(told, carry_over(told, own), words)
    parties = take_last_named(told, near, sentences, actors, rules.placing)
    claims, shared = add_conversions(told, parties, candidates, conversions)
    return _finish(claims, shared, articles, sentences, dates)


def _words(
    sentences: pl.DataFrame, figures: pl.DataFrame, dates: pl.DataFrame, actors: pl.DataFrame, rules: ClaimRules
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The words of the sentences with `breaks` and `turns` before them and the `actor_id` of names; the conversions.

    Breaks are counted from each sentence's beginning, in tenths until then: rounding must not tell where it stands.
    """
    spans = pl.concat(
        frame.join(sentences, on="sentence_id", how="semi").select(
            "sentence_id", "start", "end", "surface", "row", letter=pl.lit(letter)
        )
        for frame, letter in ((figures, FIGURE), (dates, DATE), (actors, MENTION))
    )
    words, conversions = take_out_asides(claim_words(sentences, spans, rules.lexicon))
    parts = pl.col("letter").replace_strict(BREAKS, default=0, return_dtype=pl.Int32)
    begun = pl.when(pl.col("word") == 0).then(parts.cum_sum() - parts).forward_fill()
    names = actors.select("row", "actor_id", "actor_kind").with_columns(letter=pl.lit(MENTION))
    after, before, second = (beside(pl.col("letter"), step).fill_null("") for step in (-1, 1, 2))
    passive = pl.when(before == "e").then(second).otherwise(before) == "B"
    dying = pl.col("verb").is_in(rules.dying.implode()).fill_null(value=False)
    joined = pl.col("verb").is_not_null() & (after == "d") & beside(pl.col("verb"), -2).is_not_null()
    joint = (joined | beside(joined, 2)).fill_null(value=False)
    broken = words.with_columns(
        breaks=(parts.cum_sum() - begun) / 10,
        governs=after.is_in(list("aFmMPwqn")) & ~passive & ~dying,
        joint=joint,
        acts=pl.col("letter").is_in(list(ACTS)).cast(pl.Int32).cum_sum(),
        turns=pl.col("letter").is_in(list(TURNS)).cast(pl.Int32).cum_sum(),
    )
    return broken.join(names, on=["row", "letter"], how="left", maintain_order="left"), conversions


def _placed(figures: pl.DataFrame, words: pl.DataFrame, letters: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """The figures with article, `word`, `breaks`, `turns`, the sentence's `letters` and those to the `right`."""
    places = words.filter(pl.col("letter") == FIGURE).select("row", "word", "breaks", "turns", "acts")
    return (
        figures.join(places, on="row", maintain_order="left")
        .join(letters, on="sentence_id", maintain_order="left")
        .join(sentences.select("sentence_id", "article_no"), on="sentence_id", maintain_order="left")
        .with_columns(right=pl.col("letters").str.slice(pl.col("word") + 1))
    )


def _finish(
    claims: pl.DataFrame, parties: pl.DataFrame, articles: pl.DataFrame, sentences: pl.DataFrame, dates: pl.DataFrame
) -> ClaimFacts:
    place = sentences.select("sentence_id", "article_no", "text", offset="span_start")
    shown = parties.join(place, on="sentence_id").select(
        "row",
        "role",
        "actor_id",
        part_start=(pl.col("start") + pl.col("offset")).cast(pl.Int32),
        part_end=(pl.col("end") + pl.col("offset")).cast(pl.Int32),
        surface=pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start")),
    )
    day = (
        dates.with_row_index("date_row")
        .join(place, on="sentence_id", maintain_order="left")
        .select(
            "date_row",
            "timex_value",
            date_start=(pl.col("start") + pl.col("offset")).cast(pl.Int32),
            date_end=(pl.col("end") + pl.col("offset")).cast(pl.Int32),
        )
    )
    ruled = claims.with_columns(rule=pl.concat_str(pl.lit("claim_"), pl.col("frame").fill_null("alone")))
    whole = ruled.join(day, on="date_row", how="left", maintain_order="left")
    for role in ("subject", "object"):
        one = shown.filter(pl.col("role") == role).unique("row", keep="first", maintain_order=True)
        whole = whole.join(
            one.select(
                "row",
                pl.col("part_start").alias(f"{role}_start"),
                pl.col("part_end").alias(f"{role}_end"),
                pl.col("surface").alias(f"{role}_surface"),
                pl.col("actor_id").alias(f"{role}_actor_id"),
            ),
            on="row",
            how="left",
            maintain_order="left",
        )
    keyed = claim_keys(whole, sentences, articles)
    spans = keyed.select("row", "sentence_id", "start", "end")
    return ClaimFacts(keyed, spans.join(shown, on="row", maintain_order="left").drop("row"))
