"""Whether a clause looks back or ahead, by the verbs and cue words around a mention."""

import polars as pl

REGULAR_PAST = r"\p{L}{3,}ed"
PAST, FUTURE = -1, 1


def clause_tense(tenses: pl.DataFrame) -> pl.Expr:
    """The direction of a mention's clause: -1 past, 1 future, null where nothing tells.

    The nearest cue before the mention decides, then the nearest after it, both within the clause; regular preterites
    are known by their ending.

    Args:
        tenses: reference table `date_tense_cue`.
    """
    future = _alternation(tenses, "future")
    past = f"{_alternation(tenses, 'past')}|{REGULAR_PAST}"
    cue = rf"(?-u:\b)(?:({future})|({past}))(?-u:\b)"
    before = pl.col("before").str.extract(r"([^,;:.!?()“”\"—]*)$", 1).str.extract_groups(rf"(?is)^.*{cue}").struct
    after = pl.col("after").str.extract_groups(rf"(?is)^[^,;:.!?()“”\"—]*?{cue}").struct
    looks_ahead = before.field("1").is_not_null()
    looks_back = before.field("2").is_not_null()
    then_ahead = after.field("1").is_not_null()
    then_back = after.field("2").is_not_null()
    return (
        pl.when(looks_ahead)
        .then(FUTURE)
        .when(looks_back)
        .then(PAST)
        .when(then_ahead)
        .then(FUTURE)
        .when(then_back)
        .then(PAST)
        .cast(pl.Int32)
    )


def _alternation(tenses: pl.DataFrame, tense: str) -> str:
    cues = tenses.filter(pl.col("tense") == tense).sort(pl.col("cue").str.len_chars(), descending=True)["cue"]
    return "|".join(cues.str.escape_regex().str.replace_all("'", "['’]", literal=True))
