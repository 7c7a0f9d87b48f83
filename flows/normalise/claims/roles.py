"""Who plays which part: the predicate that binds a figure, and the noun phrases beside both."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import AUXILIARIES, PHRASE
from flows.normalise.claims.rules import ClaimRules

PER_WORD, PER_BREAK = 0.1, 0.7
"""How much farther a predicate is for each word and each break between it and the figure."""
BEHIND: Final = "(?:[oifrjhpt]" + PHRASE + ")*"
"""Phrases that hang on the one before them."""
CHAIN: Final = f"(?:{AUXILIARIES}(?:[VgwP]t)?{AUXILIARIES})"
"""Auxiliaries, and verbs that lead to another: wants to, is preparing to."""
LEFT: Final = (
    f"^(.*?)({PHRASE}){BEHIND}(?:c[^cbRk]*c)?{CHAIN}$",
    f"^(.*?)({PHRASE}){BEHIND}c?R{CHAIN}$",
    f"^(.*?)({PHRASE}){BEHIND}{CHAIN}V[^bRk]*[dc]{CHAIN}$",
    f"^([^VF]*?)({PHRASE}){BEHIND}{CHAIN}V",
)
"""The noun phrase before a verb: directly, before its relative pronoun, before a verb joined with it, in the clause."""
POSSESSOR: Final = "^(.*?)([awPM]*[wPM])s[amwPMgVevnc]*$"
"""A possessive with nothing but words of its noun phrase behind it."""
PREPOSITIONS: Final = {"by": "y", "to": "t", "for": "f", "from": "r", "against": "z", "on": "j", "in": "i", "of": "o"}


def bind(figures: pl.DataFrame, words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """Find each figure's predicate.

    Args:
        figures: `row`, `sentence_id`, `word`, `breaks`, `topic`, `own`.
        words: of `claim_words`, with `breaks`.
        rules: the compiled rules.

    Returns:
        The figures with `at` (the predicate's word), `part_of_speech`, `inflection`, `frame`, `status`, or nulls.
    """
    near = figures.select("row", "sentence_id", "topic", "own", place="word", here="breaks").join(
        _predicates(words, rules), on=["sentence_id", "topic"]
    )
    step = pl.col("at") - pl.col("place")
    inside = (step > 0) & (step <= pl.col("own") + 1)
    far = 1 + PER_WORD * step.abs() + PER_BREAK * (pl.col("breaks") - pl.col("here")).abs()
    best = (
        near.with_columns(score=pl.col("fit") / far * pl.when(inside).then(1.5).otherwise(1.0))
        .sort("row", "score", "at", "frame", descending=[False, True, False, False])
        .unique("row", keep="first", maintain_order=True)
        .select("row", "at", "part_of_speech", "inflection", "frame", "status")
    )
    return figures.join(best, on="row", how="left", maintain_order="left")


def _predicates(words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    found = [
        words.select("sentence_id", "breaks", "inflection", at="word", lemma=part)
        .join(rules.predicates.filter(part_of_speech=part).rename({"word": "lemma"}), on="lemma")
        .drop("lemma")
        for part in ("verb", "noun")
    ]
    return pl.concat(found)


def find_slots(bound: pl.DataFrame) -> pl.DataFrame:
    """The noun phrases at the places of a predicate.

    Args:
        bound: of `bind`, with `letters`.

    Returns:
        `row`, `sentence_id`, `slot`, `first` (its first word), `words` (how many), `rank` (the surest is 0).
    """
    placed = bound.filter(pl.col("at").is_not_null()).with_columns(
        before=pl.col("letters").str.slice(0, pl.col("at")),
        behind=pl.col("letters").str.slice(pl.col("at") + 1),
        lead=pl.col("letters").str.slice(0, pl.col("word")),
    )
    verb = pl.col("part_of_speech") == "verb"
    verbs = placed.filter(verb).with_columns(passive=_is_passive())
    active = verbs.filter(~pl.col("passive"))
    before_slot = pl.when("passive").then(pl.lit("patient")).otherwise(pl.lit("agent"))
    ahead = active.filter(pl.col("at") < pl.col("word"))
    found = [
        *(_spans(verbs, "before", pattern, before_slot, rank) for rank, pattern in enumerate(LEFT)),
        _spans(ahead, "behind", f"^([eN]*)({PHRASE})", pl.lit("patient")),
        _spans(placed, "lead", POSSESSOR, pl.lit("possessor")),
        _spans(placed.filter(~verb), "before", POSSESSOR, pl.lit("possessor"), 1),
        *(
            _spans(placed, "behind", f"^([^bRk]*?{letter})({PHRASE})", pl.lit(slot))
            for slot, letter in PREPOSITIONS.items()
        ),
        _counted(bound),
    ]
    return pl.concat(found)


def _is_passive() -> pl.Expr:
    """A participle behind a form of be, or behind its figure without an object: 30 Britons killed in the attack."""
    participle = pl.col("inflection").is_in(["ed", "participle"])
    be = pl.col("before").str.contains("B[eNmp]*$")
    perfect = pl.col("before").str.contains("H[eN]*$")
    object_behind = pl.col("behind").str.contains(f"^[em]*(?:F|{PHRASE})")
    return participle & (be | ((pl.col("word") < pl.col("at")) & ~perfect & ~object_behind))


def _spans(frame: pl.DataFrame, text: str, pattern: str, slot: pl.Expr, rank: int = 0) -> pl.DataFrame:
    """The phrase that a pattern finds: its group 1 is what stands before the phrase, group 2 the phrase."""
    parts = pl.col(text).str.extract_groups(pattern).struct
    base = pl.col("at") + 1 if text == "behind" else pl.lit(0)
    return (
        frame.with_columns(skipped=parts.field("1"), phrase=parts.field("2"))
        .filter(pl.col("phrase").is_not_null())
        .select(
            "row",
            "sentence_id",
            slot=slot,
            first=(base + pl.col("skipped").str.len_chars()).cast(pl.Int32),
            words=pl.col("phrase").str.len_chars().cast(pl.Int32),
            rank=pl.lit(rank, pl.Int32),
        )
    )


def _counted(figures: pl.DataFrame) -> pl.DataFrame:
    """The phrase that the figure counts."""
    return figures.filter(pl.col("own") > 0).select(
        "row",
        "sentence_id",
        slot=pl.lit("counted"),
        first=(pl.col("word") + 1).cast(pl.Int32),
        words=pl.col("own").cast(pl.Int32),
        rank=pl.lit(0, pl.Int32),
    )
