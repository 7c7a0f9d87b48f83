"""From a numeral's text to its value: digits, words, mixed numbers, fractions, multitudes."""

import polars as pl

from flows.normalise.figures.digits import read_digits, read_slash

PIECE = r"\d[\d.,]*(?: ?[/\x{2044}] ?\d+|e[+-]?\d+)?|\.\d+|[^\d\s\p{P}\x{2044}]+"
ONLY_DIGITS = r"^\d[\d.,]*$"
GROUP_SPACE = r"(\d)[ \x{a0}\x{202f}\x{2009}](\d{3})"
FOLD = r"[ -]?fold$"
DIGITS = 15
"""Significant decimal digits that a DOUBLE holds exactly: a product is rounded to them, so that 4.35 hundred is 435."""

FORMS = (
    *("digits", "unit", "teen", "ten", "hundred", "scale", "zero", "absence", "point"),
    *("glyph", "slash", "part", "parts", "multiple", "vague", "multitude"),
)
"""What a numeral is made of, from the least to the most telling."""

WHOLE = ("digits", "unit", "teen", "ten", "zero", "absence", "glyph", "slash", "multiple")
"""Roles whose values add up."""


def read_numerals(numerals: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """Read the value of each numeral.

    Args:
        numerals: `row`, `numeral`, `dots_group` (whether its article groups thousands with full stops).
        words: the table `number_word`.

    Returns:
        `row`, `value`, `low`, `high`, `scale` (the magnitude of its last segment), `form` (the most telling of FORMS),
        in any order. A multitude has `low`, `high`
        and no `value`; an open end is null. A numeral that stands for no number has no row.
    """
    digits = pl.col("numeral").str.contains(ONLY_DIGITS)
    return pl.concat([_read_only_digits(numerals.filter(digits)), _read_words(numerals.filter(~digits), words)])


def _read_only_digits(numerals: pl.DataFrame) -> pl.DataFrame:
    """Most numerals are digits and nothing else: they need no taking apart."""
    number = read_digits(pl.col("numeral").str.strip_chars_end(".,"), pl.col("dots_group"))
    read = numerals.select("row", value=number).filter(pl.col("value").is_finite())
    return read.select("row", "value", low="value", high="value", scale=pl.lit(1.0), form=pl.lit("digits"))


def _read_words(numerals: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    tokens = _tokens(numerals, words)
    forms = tokens.group_by("row").agg(form=pl.col("rank").max().cast(pl.String))
    read = (
        _values(tokens)
        .join(_multitudes(tokens), on="row", how="left")
        .join(forms, on="row")
        .join(numerals.select("row", folds=pl.col("numeral").str.contains(FOLD)), on="row")
    )
    vague = pl.col("low").is_not_null()
    return read.select(
        "row",
        value=pl.when(~vague).then("value"),
        low=pl.when(vague).then("low").otherwise("value"),
        high=pl.when(vague).then("high").otherwise("value"),
        scale="scale",
        form=pl.when("folds").then(pl.lit("multiple")).otherwise("form"),
    ).filter(pl.col("low").is_finite())


def _tokens(numerals: pl.DataFrame, words: pl.DataFrame) -> pl.DataFrame:
    """One row for each word or number of a numeral: `row`, `token`, `role`, `value`, `high`, `rank`."""
    closed = pl.col("numeral").str.replace_all(GROUP_SPACE, "${1}${2}").str.replace_all(GROUP_SPACE, "${1}${2}")
    apart = closed.str.to_lowercase().str.replace(FOLD, "").str.replace("^multi-?", "multi ")
    token = apart.str.extract_all(PIECE)
    found = numerals.select("row", "dots_group", token=token).explode("token")
    slash = read_slash(pl.col("token"))
    number = pl.coalesce(slash, read_digits(pl.col("token").str.strip_chars_end(".,"), pl.col("dots_group")))
    is_number = pl.col("token").str.contains(r"^[\d.]")
    kind = pl.when(slash.is_null()).then(pl.lit("digits")).otherwise(pl.lit("slash"))
    read = found.join(words, left_on="token", right_on="word", how="left", maintain_order="left").with_columns(
        role=pl.when(is_number).then(kind).otherwise("role"),
        value=pl.when(is_number).then(number.fill_null(float("nan"))).otherwise("value"),
    )
    counted = pl.col("role").is_in(WHOLE).any().over("row")
    read = read.with_columns(
        role=pl.when((pl.col("role") == "multitude") & counted).then(pl.lit("scale")).otherwise("role")
    )
    return _after_point(read).with_columns(rank=pl.col("role").cast(pl.Enum(FORMS)))


def _after_point(tokens: pl.DataFrame) -> pl.DataFrame:
    """Turn the words behind "point" into decimals: five point zero eight, five point seventy-one."""
    digit, tens = pl.col("role").is_in(["unit", "zero"]), pl.col("role").is_in(["teen", "ten"])
    behind = (pl.col("role") == "point").cum_sum().over("row") > 0
    place = (digit & behind).cum_sum().over("row")
    pair = (tens & behind).any().over("row")
    decimal = pl.when(pair).then(pl.col("value") / 100).otherwise(pl.col("value") / pl.lit(10.0).pow(place))
    return tokens.with_columns(value=pl.when(behind & (digit | tens)).then(decimal).otherwise("value"))


def _values(tokens: pl.DataFrame) -> pl.DataFrame:
    """Sum the segments of each numeral, each times its magnitude: `row`, `value`."""
    segments = _segments(_parts(tokens))
    before = pl.col("scale").shift(1).over("row")
    lone_fraction = pl.col("fraction_only") & (pl.col("scale") == 1) & (before > 1)
    factor = pl.when(lone_fraction).then(before).otherwise("scale")
    return (
        segments.sort("row", "segment")
        .with_columns(
            amount=pl.when(factor > 1).then((pl.col("base") * factor).round_sig_figs(DIGITS)).otherwise("base")
        )
        .group_by("row")
        .agg(value=pl.col("amount").sum(), scale=pl.col("scale").last())
    )


def _parts(tokens: pl.DataFrame) -> pl.DataFrame:
    """Number the segments (each ends with its magnitudes) and the parts that `and` separates, and read each part."""
    scale = pl.col("role") == "scale"
    same_row = pl.col("row") == pl.col("row").shift(-1)
    last_scale = (scale & ~(scale.shift(-1).fill_null(value=False) & same_row.fill_null(value=False))).fill_null(
        value=False
    )
    numbered = tokens.with_columns(
        segment=last_scale.cum_sum() - last_scale.cast(pl.UInt32),
        part=(pl.col("token") == "and").cum_sum(),
        order=pl.int_range(pl.len()),
    )
    whole, hundred = pl.col("role").is_in(WHOLE), pl.col("role") == "hundred"
    fraction = pl.col("role").is_in(["part", "parts"])
    keys = ["row", "segment", "part"]
    at_hundred = pl.when(hundred).then("order").max().over(keys)
    value = pl.col("value")
    return (
        numbered.with_columns(
            total=pl.when(whole).then(value),
            above=pl.when(whole & (pl.col("order") < at_hundred)).then(value),
            hundreds=hundred,
            fraction=pl.when(fraction).then(value).otherwise(1.0),
            has_fraction=fraction,
            counts=whole | hundred | fraction,
            scale=pl.when(scale).then(value).otherwise(1.0),
        )
        .group_by(keys)
        .agg(
            pl.col("total", "above").sum(),
            pl.col("hundreds", "has_fraction", "counts").any(),
            pl.col("fraction", "scale").product(),
        )
    )


def _segments(parts: pl.DataFrame) -> pl.DataFrame:
    """Read each segment: `row`, `segment`, `base`, `scale`, `fraction_only`."""
    total, above = pl.col("total"), pl.col("above")
    hundreds = pl.when(above > 0).then(above).otherwise(1) * 100 + total - above
    share = pl.when(total > 0).then(total).otherwise(1) * pl.col("fraction")
    amount = pl.when("has_fraction").then(share).when("hundreds").then(hundreds).otherwise(total)
    counted = pl.col("counts")
    return (
        parts.with_columns(amount=amount)
        .group_by("row", "segment")
        .agg(
            base=pl.when(counted.any()).then(pl.col("amount").sum()).otherwise(1.0),
            scale=pl.col("scale").product(),
            fraction_only=(pl.col("has_fraction") | ~counted).all(),
        )
    )


def _multitudes(tokens: pl.DataFrame) -> pl.DataFrame:
    """The limits of plural and vague magnitudes: `row`, `low`, `high`; "hundreds of thousands" is a product."""
    vague = pl.col("role").is_in(["multitude", "vague"])
    factor = pl.col("value").filter(pl.col("role").is_in(["multitude", "vague", "scale", "hundred"])).product()
    spread = (pl.col("high") / pl.col("value")).filter(vague).first()
    return (
        tokens.group_by("row", maintain_order=True)
        .agg(low=factor, high=factor * spread, vague=vague.any())
        .filter("vague")
        .drop("vague")
    )
