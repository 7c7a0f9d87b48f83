"""Whether a clause looks back or ahead, by the verbs and cue words around a mention."""

import polars as pl

from flows.normalise.spans import side_by_side

CLAUSE = r"[^,;:!?()“”\"—]"
"""What a clause is made of: all but the marks that end it."""
REGULAR_PAST = r"\p{L}{3,}ed"
POSSESSIVE = r"^['’]s?\s"
"""What belongs to a day ("Wednesday's ruling") has happened."""
PAST, FUTURE = -1, 1


def clause_tense(mentions: pl.DataFrame, tenses: pl.DataFrame) -> pl.DataFrame:
    """Add `tense`, the direction of a mention's clause: -1 past, 1 future, null where nothing tells.

    What is put off "until" a day lies ahead, whatever the verb; what "ended" on it or began "not until" it lies behind,
    and so does a plan told in the pluperfect ("had been due on"). Then a modal or auxiliary of the future in the clause
    before the mention decides, whatever participle follows it ("would be paid on"); then the nearest other verb before
    it, the first one after it, the nearest one in the clauses before, and at last a preposition that looks ahead
    ("by"). Regular preterites are known by their ending.

    Args:
        mentions: `before` and `after`.
        tenses: reference table `date_tense_cue`.
    """
    near = side_by_side(mentions, lambda part: part.with_columns(tense=_in_clause(tenses)))
    is_open = pl.col("tense").is_null()
    far = side_by_side(near.filter(is_open), lambda part: part.with_columns(tense=_around_clause(tenses)))
    return pl.concat([near.filter(~is_open), far])


def _in_clause(tenses: pl.DataFrame) -> pl.Expr:
    """What stands right beside the mention, and the verbs of its clause before it."""
    modal = rf"(?:^|\s)(?:{_alternation(tenses, 'modal')})(?-u:\b)"
    pluperfect = rf"(?:^|\s)(?:{_alternation(tenses, 'pluperfect')})\s+(?:{_alternation(tenses, 'modal')})(?-u:\b)"
    clause = pl.col("before").str.extract(f"({CLAUSE}*)$", 1)
    return pl.coalesce(
        pl.when(pl.col("after").str.contains(POSSESSIVE)).then(PAST),
        pl.when(_follows(tenses, "reached")).then(PAST),
        pl.when(_follows(tenses, "limit", case="")).then(FUTURE),
        pl.when(clause.str.contains(pluperfect)).then(PAST),
        pl.when(clause.str.contains(modal)).then(FUTURE),
        _direction(clause.str.extract_groups(f"(?s)^.*{_cue(tenses)}")),
    ).cast(pl.Int32)


def _around_clause(tenses: pl.DataFrame) -> pl.Expr:
    """The next verb of the clause, the last one before it, and prepositions that look ahead."""
    cue = _cue(tenses)
    return pl.coalesce(
        _direction(pl.col("after").str.extract_groups(rf"(?s)^,?{CLAUSE}*?{cue}")),
        _direction(pl.col("before").str.extract_groups(f"(?s)^.*{cue}")),
        pl.when(_follows(tenses, "ahead")).then(FUTURE),
    ).cast(pl.Int32)


def _cue(tenses: pl.DataFrame) -> str:
    """A regex whose first group is a verb of the future and whose second is one of the past."""
    future = f"{_alternation(tenses, 'modal')}|{_alternation(tenses, 'future')}"
    return rf"(?:^|\s)(?:({future})|({_alternation(tenses, 'past')}|{REGULAR_PAST}))(?-u:\b)"


def _direction(verb: pl.Expr) -> pl.Expr:
    """The direction of the groups of `_cue`."""
    is_future, is_past = (verb.struct.field(group).is_not_null() for group in ("1", "2"))
    return pl.when(is_future).then(FUTURE).when(is_past).then(PAST)


def _follows(tenses: pl.DataFrame, tense: str, *, case: str = "(?i)") -> pl.Expr:
    """Whether the mention stands right behind a cue."""
    return pl.col("before").str.contains(rf"(?:^|\s){case}(?:{_alternation(tenses, tense)})\s+$")


def _alternation(tenses: pl.DataFrame, tense: str) -> str:
    cues = tenses.filter(pl.col("tense") == tense).sort(pl.col("cue").str.len_chars(), descending=True)["cue"]
    return "|".join(cues.str.escape_regex().str.replace_all("'", "['’]", literal=True))
