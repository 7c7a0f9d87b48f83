"""Two numerals that make one figure: ranges, tallies, ratios; and chains of numerals that make none."""

import polars as pl

LINK = r"^\s*(-|–|—|−|to|and|or|in|out of|-to-|-in-|-out-of-)\s*$"
BETWEEN = r"(?i)(?-u:\b)between\s+(?:\p{L}+\s+){0,2}$"
VOTE = r"(?i)(?-u:\b)(?:vot(?:e|es|ed|ing)|ballots?|ruled|ruling|decision|approved|passed|rejected|confirmed|senate|parliament|house|committee|council|majority|verdict|seats?)(?-u:\b)"
GAME = r"(?i)(?-u:\b)(?:won|win|wins|winning|beat|beats|beaten|beating|lost|lose|loses|loss|defeat|defeats|defeated|drew|draw|victory|victories|scored?|scores|lead|led|leading|trail|trailed|trailing|aggregate|tied?|match|record|half-?time|penalt(?:y|ies)|shoot-?out|goals?|set|sets|game|down)(?-u:\b)"
FROM = r"(?i)(?-u:\b)from\s+(?:\p{L}+\s+){0,2}$"
CLOSE = 1e-9


def join_pairs(figures: pl.DataFrame, change: str) -> pl.DataFrame:
    """Merge each numeral with the next where both are one figure; drop chains such as telephone numbers.

    Args:
        figures: the columns of `find_atoms` and `find_measures`.
        change: a regex for the text before a pair that rose or fell from one value to the other.

    Returns:
        One row a figure with `pair` (range, change, tally, ratio, score or null). A change has both values as limits
        and the one it led to as `value`.
    """
    linked = _with_link(figures)
    dash = pl.col("link").is_in(["-", "–", "—", "−"])
    chained = dash & (dash.shift(1).fill_null(value=False) | dash.shift(-1).fill_null(value=False))
    chain = (chained | chained.shift(1)).fill_null(value=False)
    judged = linked.with_columns(chain=chain, pair=_pair(change))
    taken = pl.col("pair").is_not_null()
    run = (taken & ~taken.shift(1).fill_null(value=False)).cum_sum()
    place = pl.int_range(pl.len()).over(pl.when(taken).then(run))
    judged = judged.with_columns(pair=pl.when(taken & (place % 2 == 0)).then("pair"))
    second = pl.col("pair").shift(1).is_not_null()
    return _merge(judged.with_columns(second=second)).filter(~pl.col("second") & ~pl.col("chain"))


def _with_link(figures: pl.DataFrame) -> pl.DataFrame:
    """Add `link`, the word or dash that stands between a numeral and the next, and the next one's columns."""
    same = pl.col("sentence_id") == pl.col("sentence_id").shift(-1)
    distance = pl.col("start").shift(-1) - pl.col("end")
    near = same & (distance >= 0) & (distance <= 16)
    between = pl.when(near).then(pl.col("rest").str.head(distance))
    following = [
        pl.col(name).shift(-1).alias(f"next_{name}")
        for name in (
            "end",
            "value",
            "scale",
            "prefix",
            "sign_code",
            "sign_minor",
            "suffix",
            "unit",
            "code",
            "dimension",
            "family",
            "minor",
            "rest",
            "form",
        )
    ]
    return figures.with_columns(link=between.str.to_lowercase().str.extract(LINK, 1), *following)


def _pair(change: str) -> pl.Expr:
    link, value, second = pl.col("link"), pl.col("value"), pl.col("next_value")
    dash = link.is_in(["-", "–", "−", "to", "-to-"])
    bare = pl.all_horizontal(
        pl.col(c).is_null() for c in ("prefix", "suffix", "dimension", "next_prefix", "next_suffix")
    )
    plain = bare & pl.col("next_dimension").is_null() & (value == value.floor()) & (second == second.floor())
    low = value * _shared_scale()
    year = bare_year()
    rising = dash & _same_unit() & (low < second) & ~year
    between = (link == "and") & pl.col("before").str.contains(BETWEEN) & _same_unit() & (low < second)
    either = (link == "or") & _same_unit() & ((low + _shared_scale()) == second)
    vote = pl.col("before").str.contains(VOTE) | pl.col("next_rest").str.contains(VOTE)
    game = pl.col("before").str.contains(GAME)
    odds = (link.is_in(["to", "-to-"])) & plain & (second == 1) & (value > 1)
    share = link.is_in(["in", "out of", "-in-", "-out-of-"]) & bare & (value < second) & (second >= 2)
    source = (link == "to") & pl.col("before").str.contains(FROM) & _same_unit() & ~year
    changed = source & ((low > second) | pl.col("before").str.contains(change))
    return (
        pl.when(share & (link != "in"))
        .then(pl.lit("ratio"))
        .when(share & (pl.col("form") != "digits") & (pl.col("next_form") != "digits"))
        .then(pl.lit("ratio"))
        .when(odds)
        .then(pl.lit("ratio"))
        .when(dash & plain & vote & (value >= second))
        .then(pl.lit("tally"))
        .when(dash & plain & vote & game.not_() & (link != "to"))
        .then(pl.lit("tally"))
        .when((link == "-") & plain & ((value >= second) | game))
        .then(pl.lit("score"))
        .when(changed)
        .then(pl.lit("change"))
        .when(rising | between | either)
        .then(pl.lit("range"))
    )


def bare_year() -> pl.Expr:
    """A first number that can only be a year: four digits, no comma, and no year behind it."""
    digits = pl.col("surface").str.contains(r"^(?:1[89]|20)\d\d$")
    return digits & ((pl.col("next_scale") > 1) | pl.col("next_dimension").is_not_null())


def _same_unit() -> pl.Expr:
    """The first has no unit of its own, or the same as the second; a sign of the first goes for both."""
    free = pl.col("dimension").is_null() & (pl.col("prefix").is_null() | pl.col("next_dimension").is_null())
    same = pl.col("sign_code").eq_missing(pl.col("next_sign_code")) & pl.col("sign_minor").eq_missing(
        pl.col("next_sign_minor")
    )
    unit = pl.col("unit").eq_missing(pl.col("next_unit")) & pl.col("code").eq_missing(pl.col("next_code"))
    lone_sign = pl.col("next_prefix").is_null() | same
    return lone_sign & (free | unit) & (pl.col("dimension").is_null() | unit)


def _shared_scale() -> pl.Expr:
    """What the first number takes over of the second's magnitude: 5 to 7 billion."""
    mantissa = pl.col("next_value") / pl.col("next_scale")
    shares = (
        (pl.col("scale") == 1) & (pl.col("next_scale") > 1) & (pl.col("value") < mantissa * 1000 * CLOSE + mantissa)
    )
    return pl.when(shares).then("next_scale").otherwise(1.0)


def _merge(judged: pl.DataFrame) -> pl.DataFrame:
    """Give the first of a pair the values, the end and the unit of both."""
    pair, value, second = pl.col("pair"), pl.col("value"), pl.col("next_value")
    both = pair.is_not_null()
    low, high = value * _shared_scale(), second
    quotient = value / second
    merged_value = (
        pl.when(pair == "range")
        .then(None)
        .when(pair == "ratio")
        .then(quotient)
        .when(pair == "change")
        .then(second)
        .otherwise(value)
    )
    unit_columns = [
        pl.when(both).then(pl.coalesce(f"next_{name}", name)).otherwise(name).alias(name)
        for name in ("unit", "code", "dimension", "family", "minor")
    ]
    turned = pl.when(low > high).then(pl.lit("down")).otherwise(pl.lit("up"))
    return judged.with_columns(
        pl.when(pair == "change").then(turned).alias("turned"),
        pl.when(both).then(merged_value).otherwise("value").alias("value"),
        pl.when(pair == "ratio")
        .then(quotient)
        .when(both)
        .then(pl.min_horizontal(low, high))
        .otherwise("low")
        .alias("low"),
        pl.when(pair == "ratio")
        .then(quotient)
        .when(both)
        .then(pl.max_horizontal(low, high))
        .otherwise("high")
        .alias("high"),
        pl.when(both).then("next_end").otherwise("end").alias("end"),
        pl.when(both).then("next_rest").otherwise("rest").alias("rest"),
        *unit_columns,
    )
