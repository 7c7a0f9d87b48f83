"""Who plays which part: the predicates that bind a figure, and the noun phrases beside them."""

from typing import Final

import polars as pl

from flows.normalise.claims.letters import AUXILIARIES, PHRASE
from flows.normalise.claims.passages import pair_in_parts
from flows.normalise.claims.rules import ClaimRules

PER_WORD, PER_BREAK = 0.1, 0.7
"""How much farther a predicate is for each word and each break between it and the figure."""
INSIDE: Final = 1.5
"""How much better a predicate binds in the noun phrase that the figure counts."""
WITH_FIGURE: Final = f"(?:[am]*F)?{PHRASE}"
"""A noun phrase that may hold a figure: 14 countries."""
BEHIND: Final = f"(?:[oifrjhptzy](?:{WITH_FIGURE}|D)|D|e|c[^cbRkV]*c)*"
"""What hangs on a phrase before its verb: phrases behind prepositions, dates, insertions between commas."""
JOINED: Final = f"(?:c?d{PHRASE})?"
"""A second phrase of the same part."""
CHAIN: Final = f"(?:{AUXILIARIES}(?:[Vvg]t)?{AUXILIARIES})"
"""Auxiliaries, and verbs that lead to another: wants to, is preparing to."""
LEFT: Final = (
    f"^(.*?)({WITH_FIGURE}){JOINED}{BEHIND}{CHAIN}$",
    f"^(.*?)({WITH_FIGURE}){JOINED}{BEHIND}t$",
    f"^(.*?)({WITH_FIGURE}){JOINED}{BEHIND}c?R{CHAIN}$",
    f"^(.*?)({WITH_FIGURE}){JOINED}{BEHIND}{CHAIN}[Vv][^bRk]*[dc]{CHAIN}$",
    f"^([^VvF]*?)({WITH_FIGURE}){JOINED}{BEHIND}{CHAIN}[Vv]",
)
"""The noun phrase before a verb: directly, before its infinitive or relative pronoun, before a verb joined with it, in
the clause."""
GERUND_LEFT: Final = (f"^(.*?h)({WITH_FIGURE}){CHAIN}$", LEFT[-1], LEFT[0])
"""The doer of a gerund: with Japan giving; they attacked, killing."""
POSSESSOR: Final = "^(.*?)([awPM]*[wPM])s[amwPMgVevnc]*$"
"""A possessive with nothing but words of its noun phrase behind it."""
COMPOUND: Final = "^(.*?)([wPM]+)$"
"""The words of a compound before its head."""
LISTED, LIST_END = "^(.*?)([MP])c$", "^(?:[ckd]|$)"
"""A name and a comma before a figure, and what stands behind it in a list."""
GAPPED: Final = "^(.*F[^bRkV]*[dc][^bRkVFfrtoiyz]*?)([MP])s?[am]*$"
"""A name right before a figure that shares the verb of the figure before it."""
GAPPED_DOER: Final = "^(.*[Vv][^bRkVvMPF]*F[^bRkVv]*?[dc][^bRkVvFfrtoiyz]*?)([MP])(?:c[am]*[wP]+c)?[am]*$"
"""The same where the verb has no receiver before its figure, so that the name does what its subject does."""
OWN_PLACE: Final = "[em]*(?:o?a?[wP]+)?"
"""What may stand between a figure and its own place: in aid, of assistance."""
PLACING: Final = "ifrjhtz"
"""Letters of prepositions that begin a place."""
PREPOSITIONS: Final = {
    "to": "t",
    "for": "f",
    "from": "r",
    "against": "z",
    "on": "j",
    "in": "i",
    "with": "h",
    "purpose": "t[Vvw]",
}
"""How the places behind a predicate begin; a purpose is what an infinitive is done to: to assist the army."""
SAME: Final = "[^bRk]"
"""What may stand before a place of a predicate: words of its clause."""
SHARING: Final = f"(?:[^bRkF{PLACING}]*F)*[^bRkF]"
"""The same behind the figure: of others only those that share the place, so none behind a place of the figure's own."""
OWN_SLOTS: Final = {"to": "t", "for": "f"}
"""How the places behind a figure itself begin."""
PARTS: Final = ("verb", "noun")


def bind(figures: pl.DataFrame, words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """Find the verb and the noun that bind each figure.

    Args:
        figures: `row`, `sentence_id`, `word`, `breaks`, `topic`, `own`, `letters`.
        words: of `claim_words`, with `breaks`.
        rules: the compiled rules.

    Returns:
        At most one row for each figure and part of speech: `row`, `sentence_id`, `topic`, `word`, `own`, `letters`,
        `at` (the predicate's word), `part`, `inflection`, `joint`, `frame`, `status`, `score`.
    """
    return pair_in_parts(figures, words, lambda some, beside: _nearest(some, _predicates(beside, rules)))


def _nearest(figures: pl.DataFrame, predicates: pl.DataFrame) -> pl.DataFrame:
    """Of the predicates of a figure's sentence and topic the one that binds it best, a verb and a noun."""
    near = figures.select("row", "sentence_id", "topic", "own", "letters", "word", here="breaks").join(
        predicates, on=["sentence_id", "topic"]
    )
    step = pl.col("at") - pl.col("word")
    inside = (step > 0) & (step <= pl.col("own") + 1)
    far = 1 + PER_WORD * step.abs() + PER_BREAK * (pl.col("breaks") - pl.col("here")).abs()
    score = pl.col("fit") / far * pl.when(inside).then(INSIDE).otherwise(1.0)
    return (
        near.with_columns(score=score)
        .filter(pl.col("score") == pl.col("score").max().over("row", "part"))
        .sort("row", "part", "score", "at", "frame", "status", descending=[False, False, True, False, False, False])
        .unique(["row", "part"], keep="first", maintain_order=True)
        .drop("here", "breaks", "fit")
    )


def _predicates(words: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    found = [
        words.select("sentence_id", "breaks", "inflection", "joint", at="word", lemma=part)
        .join(rules.predicates.filter(part_of_speech=part).rename({"word": "lemma"}), on="lemma")
        .drop("lemma")
        for part in PARTS
    ]
    return pl.concat(found).rename({"part_of_speech": "part"})


def find_slots(bound: pl.DataFrame, figures: pl.DataFrame, rules: ClaimRules) -> pl.DataFrame:
    """The noun phrases at the places of predicates and figures.

    Args:
        bound: of `bind`.
        figures: `row`, `sentence_id`, `topic`, `word`, `own`, `letters`, `right`.
        rules: the compiled rules: only the places that a frame asks for are looked at.

    Returns:
        `row`, `sentence_id`, `frame` (null for the places of the figure itself), `part`, `slot`, `first` (its first
        word), `words` (how many), `rank` (the surest is 0).
    """
    placed = bound.with_columns(
        before=pl.col("letters").str.slice(0, pl.col("at")),
        behind=pl.col("letters").str.slice(pl.col("at") + 1),
        right=pl.col("letters").str.slice(pl.col("word") + 1),
        between=pl.col("letters").str.slice(pl.col("at") + 1, (pl.col("word") - pl.col("at") - 1).clip(lower_bound=0)),
    ).with_columns(passive=_is_passive())
    verbs = placed.filter(pl.col("part") == "verb")
    loose = (pl.col("inflection") == "ing") & ~pl.col("before").str.contains("B[eN]*$")
    gerunds, finite = verbs.filter(loose), verbs.filter(~loose)
    nouns = placed.filter(pl.col("part") == "noun")
    ahead = pl.col("at") < pl.col("word")
    ahead_all, fronted = placed.filter(ahead), placed.filter(~ahead)
    agent = pl.when("passive").then(pl.lit("patient")).otherwise(pl.lit("agent"))
    active = verbs.filter(~pl.col("passive"))
    found = [
        *(_spans(finite, "before", pattern, agent, rank) for rank, pattern in enumerate(LEFT)),
        *(_spans(gerunds, "before", pattern, agent, rank) for rank, pattern in enumerate(GERUND_LEFT)),
        _spans(_asking(active, "patient", rules), "behind", f"^([eN]*)({PHRASE})", pl.lit("patient")),
        _spans(nouns, "before", POSSESSOR, pl.lit("possessor")),
        _spans(_asking(placed, "of", rules), "behind", f"^([em]*o)({WITH_FIGURE})", pl.lit("of")),
        _spans(_asking(nouns, "compound", rules), "before", COMPOUND, pl.lit("compound")),
        _spans(_asking(nouns, "agent", rules), "before", LEFT[-1], pl.lit("agent"), len(LEFT)),
        *(
            _spans(_asking(frame, slot, rules), text, f"^({before}*?{letter})({WITH_FIGURE})", pl.lit(slot), rank)
            for rank, (frame, text, before) in enumerate(
                ((ahead_all, "right", SHARING), (ahead_all, "between", SAME), (fronted, "behind", SAME))
            )
            for slot, letter in PREPOSITIONS.items()
        ),
        _spans(
            _asking(placed.filter("passive"), "by", rules), "behind", f"^([^bRkVvF]*?y)({WITH_FIGURE})", pl.lit("by")
        ),
        *_own_places(figures),
    ]
    return pl.concat(found)


def _own_places(figures: pl.DataFrame) -> list[pl.DataFrame]:
    """The noun phrases at the places of the figures themselves."""
    own = figures.with_columns(
        before=pl.col("letters").str.slice(0, pl.col("word")),
        frame=pl.lit(None, pl.String),
        part=pl.lit("figure"),
        score=pl.lit(None, pl.Float64),
    )
    return [
        _spans(own, "before", POSSESSOR, pl.lit("possessor")),
        *(_counted(own, slot) for slot in ("counted", "owner")),
        _spans(own.filter(pl.col("right").str.contains(LIST_END)), "before", LISTED, pl.lit("listed")),
        _spans(own, "before", GAPPED, pl.lit("listed"), 1),
        _spans(own, "before", "^(.*)([MP])s$", pl.lit("listed"), 2),
        _spans(own, "before", GAPPED_DOER, pl.lit("gapped")),
        *(
            _spans(own, "right", f"^({OWN_PLACE}{letter})({PHRASE})", pl.lit(slot))
            for slot, letter in OWN_SLOTS.items()
        ),
    ]


def _asking(bound: pl.DataFrame, slot: str, rules: ClaimRules) -> pl.DataFrame:
    """The predicates whose frame has the place."""
    frames = rules.slots.filter(pl.col("slot") == slot)["frame"]
    return bound.filter(pl.col("frame").is_in(frames.implode()))


def _is_passive() -> pl.Expr:
    """A participle behind a form of be, or behind its figure without an object: 30 Britons killed in the attack."""
    participle = pl.col("inflection").is_in(["ed", "participle"])
    be = pl.col("before").str.contains("B[eNmp]*$")
    perfect = pl.col("before").str.contains("H[eN]*$")
    object_behind = pl.col("behind").str.contains(f"^[em]*(?:F|{PHRASE})")
    return (pl.col("part") == "noun") | participle & (
        be | ((pl.col("word") < pl.col("at")) & ~perfect & ~object_behind)
    )


def _spans(frame: pl.DataFrame, text: str, pattern: str, slot: pl.Expr, rank: int = 0) -> pl.DataFrame:
    """The phrase that a pattern finds: its group 1 is what stands before the phrase, group 2 the phrase."""
    parts = pl.col(text).str.extract_groups(pattern).struct
    behind = pl.col("at") + 1
    base = {"behind": behind, "between": behind, "right": pl.col("word") + 1}.get(text, pl.lit(0))
    return (
        frame.with_columns(skipped=parts.field("1"), phrase=parts.field("2"))
        .filter(pl.col("phrase").is_not_null())
        .select(
            "row",
            "sentence_id",
            "frame",
            "part",
            "score",
            slot=slot,
            first=(base + pl.col("skipped").str.len_chars()).cast(pl.Int32),
            words=pl.col("phrase").str.len_chars().cast(pl.Int32),
            rank=pl.lit(rank, pl.Int32),
            has_figure=pl.col("phrase").str.contains("F"),
        )
    )


def _counted(figures: pl.DataFrame, slot: str) -> pl.DataFrame:
    """The phrase that the figure counts; its owner is the actor in it."""
    return figures.filter(pl.col("own") > 0).select(
        "row",
        "sentence_id",
        "frame",
        "part",
        "score",
        slot=pl.lit(slot),
        first=(pl.col("word") + 1).cast(pl.Int32),
        words=pl.col("own").cast(pl.Int32),
        rank=pl.lit(0, pl.Int32),
        has_figure=pl.lit(value=False),
    )
