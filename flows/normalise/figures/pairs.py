"""Two numerals that make one figure: ranges, changes, tallies, ratios, sums; and chains of numerals that make none."""

from collections.abc import Mapping

import polars as pl

from flows.normalise.figures.bounds import BoundRules
from flows.normalise.figures.stops import FIRST_RECENT, LAST_RECENT

NEAR = 16
"""Code points that may stand between the two numerals of a pair."""

FAR = 48
"""Code points that may stand between the two values of a change: from $36 a year ago to $40."""

LEVEL, BARE_LEVEL = 4, 20
"""How many times the step by which a price moves the price is at least; so too for numbers without a unit."""

CENT = pl.lit(0.01)

NEXT = (
    *("end", "value", "scale", "form", "prefix", "sign_code", "sign_minor", "suffix"),
    *("unit", "code", "dimension", "family", "minor", "factor", "rest"),
)
"""What is read of the second numeral."""

DASHES = ("-", "–", "—", "−")  # noqa: RUF001  (dashes and minus signs as texts write them)
OWN_UNIT = ("unit", "code", "dimension", "family", "minor")
LIMITS = ("range", "change", "tally", "score")
"""Pairs whose two numbers are the limits of the figure."""


def join_pairs(figures: pl.DataFrame, patterns: Mapping[str, str], bounds: BoundRules) -> pl.DataFrame:
    """Merge each numeral with the next where both are one figure; drop chains such as telephone numbers.

    Args:
        figures: the columns of `find_atoms` and `find_measures`.
        patterns: `figure_pattern` by name.
        bounds: its `change` is a regex for the text before a pair that rose or fell from one value to the other, its
            `verb` one for the text before what something rose or fell by.

    Returns:
        One row a figure with `pair` (LIMITS, ratio, sum or null) and `turned` (up or down, of a change). A change has
        both values as limits and the one it led to as `value`.
    """
    linked = _with_link(figures, patterns, bounds.change)
    dash = pl.col("link").is_in(DASHES)
    before, after = (dash.shift(step).fill_null(value=False) for step in (1, -1))
    chained = dash & (before | after)
    chain = chained | chained.shift(1).fill_null(value=False)
    pairs = linked.filter(pl.col("link").is_not_null()).select("row", pair=_pair(patterns, bounds))
    judged = linked.with_columns(chain=chain.fill_null(value=False)).join(
        pairs, on="row", how="left", maintain_order="left"
    )
    taken = pl.col("pair").is_not_null()
    run = (taken & ~taken.shift(1).fill_null(value=False)).cum_sum()
    place = pl.int_range(pl.len()).over(pl.when(taken).then(run))
    judged = judged.with_columns(pair=pl.when(taken & (place % 2 == 0)).then("pair"))
    second = pl.col("pair").shift(1).is_not_null()
    return _merge(judged.with_columns(second=second)).filter(~pl.col("second") & ~pl.col("chain"))


def _with_link(figures: pl.DataFrame, patterns: Mapping[str, str], change: str) -> pl.DataFrame:
    """Add `link`, the word or dash that stands between a numeral and the next, and the next one's columns.

    The two values of a change may stand farther apart, with what tells when or of what each was.
    """
    same = pl.col("sentence_id") == pl.col("sentence_id").shift(-1)
    distance = pl.col("start").shift(-1) - pl.col("end")
    near, far = (
        pl.when(same & distance.is_between(0, most)).then(pl.col("rest").str.head(distance)) for most in (NEAR, FAR)
    )
    ends = pl.when(far.str.ends_with(" to ")).then(far).str.contains(patterns["far_to"])
    from_far = pl.when(ends).then(pl.col("before")).str.contains(change)
    following = [pl.col(name).shift(-1).alias(f"next_{name}") for name in NEXT]
    link = near.str.to_lowercase().str.extract(patterns["link"], 1)
    return figures.with_columns(*following, link=pl.coalesce(link, pl.when(from_far).then(pl.lit("to"))))


def _pair(patterns: Mapping[str, str], bounds: BoundRules) -> pl.Expr:
    """What a numeral is together with the next."""
    link, before = pl.col("link"), pl.col("before")
    dash = link.is_in([*DASHES, "to", "-to-"])
    first, second = pl.col("value") * _shared_scale(), pl.col("next_value")
    alike = _same_unit() & ~_bare_year() & ~_part_of_none()
    told = before.str.contains(bounds.change)
    source = (link == "to") & before.str.contains(patterns["from"]) & (alike | (told & _elliptic()))
    valued = pl.col("dimension").is_not_null() | pl.col("next_dimension").is_not_null() | pl.col("prefix").is_not_null()
    changed = source & (((first > second) & valued) | told)
    between = (link == "and") & before.str.contains(patterns["between"]) & alike & (first < second)
    either = (link == "or") & alike & (first + _shared_scale() == second)
    return (
        pl.when(_is_ratio(patterns))
        .then(pl.lit("ratio"))
        .when(_is_tally(patterns))
        .then(pl.lit("tally"))
        .when(_is_score(patterns))
        .then(pl.lit("score"))
        .when(_is_sum(patterns))
        .then(pl.lit("sum"))
        .when(changed)
        .then(pl.lit("change"))
        .when((dash & alike & ~_is_step(patterns["by"], bounds.verb) & (first < second)) | between | either)
        .then(pl.lit("range"))
    )


def _is_bare() -> pl.Expr:
    parts = ("prefix", "suffix", "dimension", "next_prefix", "next_suffix")
    return pl.all_horizontal(pl.col(name).is_null() for name in parts)


def _is_plain() -> pl.Expr:
    """Two whole numbers without unit or currency."""
    first, second = pl.col("value"), pl.col("next_value")
    whole = (first == first.floor()) & (second == second.floor())
    return _is_bare() & pl.col("next_dimension").is_null() & whole


def _elliptic() -> pl.Expr:
    """The second has neither unit nor magnitude: from 21 mpg to 23."""
    parts = ("next_prefix", "next_suffix", "next_dimension")
    return pl.all_horizontal(pl.col(name).is_null() for name in parts) & (pl.col("scale") == 1)


def _is_step(by: str, moved: str) -> pl.Expr:
    """Shares rose 3p to 164p: the first is by how much, the second how high they stand then."""
    own = pl.col("dimension").is_not_null() | pl.col("prefix").is_not_null()
    far = pl.col("next_value") > pl.when(own).then(LEVEL).otherwise(BARE_LEVEL) * pl.col("value")
    moves = pl.col("before").str.contains(moved) | pl.col("before").str.contains(by)
    return (pl.col("link") == "to") & far & moves


def _is_ratio(patterns: Mapping[str, str]) -> pl.Expr:
    """One in five, 4 out of 10, 3 to 1, a ratio of 2:1."""
    link, first, second = pl.col("link"), pl.col("value"), pl.col("next_value")
    spoken = pl.col("before").str.contains(patterns["ratio"]) | pl.col("next_rest").str.contains(patterns["ratio"])
    colon = (link == ":") & _is_plain() & (second > 0) & spoken
    worded = (pl.col("form") != "digits") & (pl.col("next_form") != "digits")
    one = (first == 1) & ~second.is_between(FIRST_RECENT, LAST_RECENT)
    inside = link.is_in(["out of", "-out-of-"]) | (link.is_in(["in", "in every", "-in-"]) & (worded | one))
    odds = link.is_in(["to", "-to-"]) & _is_plain() & (second == 1) & (first > 1)
    return (inside & _is_bare() & (first < second) & (second > 1)) | odds | colon


def _is_tally(patterns: Mapping[str, str]) -> pl.Expr:
    """52-48, where a vote is spoken of."""
    link, before, rest = pl.col("link"), pl.col("before"), pl.col("next_rest")
    vote = before.str.contains(patterns["vote"]) | rest.str.contains(patterns["vote"])
    falling = pl.col("value") >= pl.col("next_value")
    dash = link.is_in([*DASHES, "-to-"])
    voted = dash & (falling | ~before.str.contains(patterns["game"]))
    counted = link.is_in(["votes to", "vote to"])
    return _is_plain() & ((vote & (voted | ((link == "to") & falling))) | counted)


def _is_score(patterns: Mapping[str, str]) -> pl.Expr:
    """Won 3-1: a result of a game, no quantity."""
    game = pl.col("before").str.contains(patterns["game"])
    return pl.col("link").is_in(DASHES) & _is_plain() & ((pl.col("value") >= pl.col("next_value")) | game)


def _is_sum(patterns: Mapping[str, str]) -> pl.Expr:
    """Three dollars and fifty cents, thirteen dollars forty five, 5ft 6in; lengths of time stay apart, as in TimeML."""
    link, second = pl.col("link"), pl.col("next_value")
    money = (pl.col("dimension") == "money") & (pl.col("next_dimension") == "money")
    coins = (pl.col("code") == pl.col("next_code")) & (pl.col("minor") == 1) & (pl.col("next_minor") < 1)
    whole = (pl.col("scale") == 1) & (pl.col("value") == pl.col("value").floor()) & pl.col("next_form").ne("digits")
    bare = (pl.col("dimension") == "money") | pl.col("prefix").is_not_null()
    joined = (link == "and") | ((link == "") & (pl.col("form") != "digits"))
    cents = (
        bare
        & _elliptic()
        & whole
        & joined
        & second.is_between(1, 99)
        & pl.col("next_rest").str.contains(patterns["sum_end"])
    )
    same = (pl.col("dimension") == pl.col("next_dimension")) & (pl.col("dimension") != "duration")
    smaller = second * pl.col("next_factor") < pl.col("factor")
    return (link.is_in(["and", ""]) & money & coins) | cents | (same & smaller & (link == ""))


def _bare_year() -> pl.Expr:
    """A first number that can only be a year: four digits, no comma, and no year behind it."""
    digits = pl.col("surface").str.contains(r"^(?:1[89]|20)\d\d$")
    return digits & ((pl.col("next_scale") > 1) | pl.col("next_dimension").is_not_null())


def _same_unit() -> pl.Expr:
    """The first has no unit of its own, or the same as the second; a sign of the first goes for both."""
    sign = pl.col("sign_code").eq_missing(pl.col("next_sign_code")) & pl.col("sign_minor").eq_missing(
        pl.col("next_sign_minor")
    )
    unit = pl.col("unit").eq_missing(pl.col("next_unit")) & pl.col("code").eq_missing(pl.col("next_code"))
    free = pl.col("dimension").is_null() & (pl.col("prefix").is_null() | pl.col("next_dimension").is_null())
    return (pl.col("next_prefix").is_null() | sign) & (free | unit)


def _shared_scale() -> pl.Expr:
    """What the first number takes over of the second's magnitude: 5 to 7 billion."""
    mantissa = pl.col("next_value") / pl.col("next_scale")
    shares = (pl.col("scale") == 1) & (pl.col("next_scale") > 1) & (pl.col("value") <= mantissa)
    return pl.when(shares).then("next_scale").otherwise(1.0)


def _merge(judged: pl.DataFrame) -> pl.DataFrame:
    """Give the first of a pair the values, the end and the unit of both."""
    pair = pl.col("pair")
    first, second = pl.col("value") * _shared_scale(), pl.col("next_value")
    single = (
        pl.when(pair == "ratio")
        .then(pl.col("value") / second)
        .when(pair == "sum")
        .then(pl.col("value") + second * pl.coalesce(pl.col("next_factor") / pl.col("factor"), "next_minor", CENT))
    )
    both, limits = pair.is_not_null(), pair.is_in(LIMITS)
    value = (
        pl.when(pair == "range").then(None).when(pair == "change").then(second).otherwise(pl.coalesce(single, "value"))
    )
    low = pl.when(limits).then(pl.min_horizontal(first, second)).otherwise(pl.coalesce(single, "low"))
    high = pl.when(limits).then(pl.max_horizontal(first, second)).otherwise(pl.coalesce(single, "high"))
    turned = pl.when(first > second).then(pl.lit("down")).otherwise(pl.lit("up"))
    shared = both & (pair != "sum")
    return judged.with_columns(
        *(pl.when(shared).then(pl.coalesce(f"next_{name}", name)).otherwise(name).alias(name) for name in OWN_UNIT),
        value=value,
        low=low,
        high=high,
        turned=pl.when(pair == "change").then(turned),
        end=pl.when(both).then("next_end").otherwise("end"),
        rest=pl.when(both).then("next_rest").otherwise("rest"),
    )


def _part_of_none() -> pl.Expr:
    """A fraction before a number that is none: by a quarter to 20 trillion."""
    part, second = (pl.col(name).is_in(["part", "parts"]) for name in ("form", "next_form"))
    return (part & ~second & (pl.col("next_value") > 1)).fill_null(value=False)
