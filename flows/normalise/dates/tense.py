"""Whether a clause looks back or ahead, by the verbs and cue words around a mention."""

import polars as pl

CLAUSE = r"[^,;:!?()“”\"—]"
"""What a clause is made of: all but the marks that end it."""
REGULAR_PAST = r"\p{L}{3,}ed"
POSSESSIVE = r"^['’]s?\s"
"""What belongs to a day ("Wednesday's ruling") has happened."""
PAST, FUTURE = -1, 1


def clause_tense(tenses: pl.DataFrame) -> pl.Expr:
    """The direction of a mention's clause: -1 past, 1 future, null where nothing tells.

    What is put off "until" a day lies ahead, whatever the verb; what "ended" on it or began "not until" it lies behind,
    and so does a plan told in the pluperfect ("had been due on"). Then a modal or auxiliary of the future in the clause
    before the mention decides, whatever participle follows it ("would be paid on"); then the nearest other verb before
    it, the first one after it, the nearest one in the clauses before, and at last a preposition that looks ahead
    ("by"). Regular preterites are known by their ending.

    Args:
        tenses: reference table `date_tense_cue`.
    """
    modal = rf"(?:^|\s)(?:{_alternation(tenses, 'modal')})(?-u:\b)"
    pluperfect = rf"(?:^|\s)(?:{_alternation(tenses, 'pluperfect')})\s+(?:{_alternation(tenses, 'modal')})(?-u:\b)"
    future = f"{_alternation(tenses, 'modal')}|{_alternation(tenses, 'future')}"
    past = f"{_alternation(tenses, 'past')}|{REGULAR_PAST}"
    cue = rf"(?:^|\s)(?:({future})|({past}))(?-u:\b)"
    clause = pl.col("before").str.extract(f"({CLAUSE}*)$", 1)
    verbs = [
        clause.str.extract_groups(f"(?s)^.*{cue}"),
        pl.col("after").str.extract_groups(rf"(?s)^,?{CLAUSE}*?{cue}"),
        pl.col("before").str.extract_groups(f"(?s)^.*{cue}"),
    ]
    found = [
        direction
        for verb in verbs
        for direction in (
            pl.when(verb.struct.field("1").is_not_null()).then(FUTURE),
            pl.when(verb.struct.field("2").is_not_null()).then(PAST),
        )
    ]
    return pl.coalesce(
        pl.when(pl.col("after").str.contains(POSSESSIVE)).then(PAST),
        pl.when(_follows(tenses, "reached")).then(PAST),
        pl.when(_follows(tenses, "limit", case="")).then(FUTURE),
        pl.when(clause.str.contains(pluperfect)).then(PAST),
        pl.when(clause.str.contains(modal)).then(FUTURE),
        *found,
        pl.when(_follows(tenses, "ahead")).then(FUTURE),
    ).cast(pl.Int32)


def _follows(tenses: pl.DataFrame, tense: str, *, case: str = "(?i)") -> pl.Expr:
    """Whether the mention stands right behind a cue."""
    return pl.col("before").str.contains(rf"(?:^|\s){case}(?:{_alternation(tenses, tense)})\s+$")


def _alternation(tenses: pl.DataFrame, tense: str) -> str:
    cues = tenses.filter(pl.col("tense") == tense).sort(pl.col("cue").str.len_chars(), descending=True)["cue"]
    return "|".join(cues.str.escape_regex().str.replace_all("'", "['’]", literal=True))
