"""Numbers written in digits: grouped in any style, decimal, or as a fraction with a slash."""

import polars as pl

COMMA_GROUPED = r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?$"
"""Groups of three, or the lakhs and crores of India."""

DOT_GROUPED = r"^\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$|^\d{1,3}(?:\.\d{3})+,\d+$"
"""Groups of three with full stops, where they cannot be decimal points."""

LONE_DOT = r"^\d{1,3}\.\d{3}$"
DECIMAL_COMMA = r"^\d+,\d{1,2}$"
DECIMAL_POINT = r"^\d*\.?\d+(?:e[+-]?\d+)?$"
SLASH = r"^(\d+) ?[/\x{2044}] ?(\d+)$"
DENOMINATORS = (2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 16.0, 20.0, 25.0, 32.0, 50.0, 64.0, 100.0)
"""Denominators that prices, measures and recipes use; anything else with a slash is no fraction (9/11, 24/7)."""


def read_digits(digits: pl.Expr, dots_group: pl.Expr) -> pl.Expr:
    """The number that a string of digits, commas and full stops stands for; null where it is none.

    A comma groups thousands and a full stop is the decimal point. Where the string itself shows the continental style
    (1.234.567,89), or `dots_group` says that its article does, it is the other way round. A number that begins with a
    zero and another digit is a label (007).
    """
    continental = digits.str.contains(DOT_GROUPED) | (dots_group & digits.str.contains(LONE_DOT))
    swapped = digits.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    number = (
        pl.when(continental)
        .then(swapped)
        .when(digits.str.contains(r"^0\d"))
        .then(None)
        .when(digits.str.contains(DECIMAL_POINT))
        .then(digits)
        .when(digits.str.contains(COMMA_GROUPED))
        .then(digits.str.replace_all(",", "", literal=True))
        .when(digits.str.contains(DECIMAL_COMMA))
        .then(digits.str.replace(",", ".", literal=True))
    )
    return number.cast(pl.Float64, strict=False)


def read_slash(token: pl.Expr) -> pl.Expr:
    """The value of a proper fraction in digits (3/4); NaN for other numbers with a slash, null without one."""
    parts = token.str.extract_groups(SLASH).struct
    numerator, denominator = (parts[i].cast(pl.Float64, strict=False) for i in (0, 1))
    proper = denominator.is_in(DENOMINATORS) & (numerator < denominator)
    return pl.when(denominator.is_not_null()).then(
        pl.when(proper).then(numerator / denominator).otherwise(float("nan"))
    )
