"""Units of measure and currencies beside a numeral."""

from collections.abc import Mapping

import polars as pl

from flows.normalise.figures.words import alternation

GAP = r"(?: - | ?\n\s*|\s+of\s+|[ \x{a0}]|-)?"
"""What may join a number and its unit, the longest first."""

MONEY = "money"


def compile_measures(reference: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Units and currencies by the names that stand behind a number.

    Returns:
        `name` (in lower case where any case is known), `unit`, `dimension`, `factor` (to the base unit), `code`,
        `family`, `minor` (what one of it is in the currency), `style`, `strict`.
    """
    units = reference["unit_name"].join(reference["unit"].select("unit", "dimension", "factor"), on="unit")
    money = reference["currency_name"].filter(side="after")
    return pl.concat(
        [
            units.select("name", "unit", "dimension", "factor", "style"),
            money.select(
                "name", "code", "family", "style", "strict", minor="factor", dimension=pl.lit(MONEY, dtype=pl.String)
            ),
        ],
        how="diagonal",
    ).unique("name", keep="first", maintain_order=True)


def measure_pattern(measures: pl.DataFrame) -> str:
    """A regex for what joins a numeral and the name of its unit, and the name."""
    words = alternation(measures.filter(style="word")["name"])
    signs = alternation(measures.filter(pl.col("style") != "word")["name"])
    return rf"^{GAP}(?:(?i:{words})|{signs})(?-u:\b{{end-half}})"


def find_measures(atoms: pl.DataFrame, pattern: str, measures: pl.DataFrame) -> pl.DataFrame:
    """Look behind each numeral for its unit or currency.

    Adds `unit`, `dimension`, `code`, `family`, `minor`, `style`, `strict` (null where there is none) and `rest` (what
    follows the figure), and extends `end` over the name. A numeral with a currency sign takes no other unit.
    """
    vague = pl.col("form").is_in(["multitude", "vague", "part", "parts"])
    free = pl.col("prefix").is_null() & pl.col("suffix_unit").is_null()
    behind = pl.when(free).then(pl.col("after"))
    reach = behind.str.len_chars() - behind.str.replace(pattern, "").str.len_chars()
    joined = pl.col("after").str.head(pl.col("_length"))
    glued = pl.col("_name").is_in(measures.filter(style="glued")["name"].implode()) & (joined != pl.col("_name"))
    abbreviated = pl.col("_name").is_in(measures.filter(style="penny")["name"].implode()) & _abbreviation()
    model = joined.str.contains(r"^\s\p{Lu}{1,2}$") & pl.col("after").str.slice(pl.col("_length")).str.contains(r"^-\d")
    allowed = (vague | ~joined.str.contains(r"^\s+of\s")) & ~glued & ~abbreviated & ~model
    name = pl.col("_name").str.replace_all(r"\s+", " ")
    found = (
        atoms.with_columns(_length=reach)
        .with_columns(_name=pl.when(pl.col("_length") > 0).then(joined.str.replace(f"^{GAP}", "")))
        .with_columns(_name=pl.when(allowed).then(name))
    )
    spelled = pl.col("_name").is_in(measures.filter(pl.col("style") != "word")["name"].implode())
    found = found.with_columns(_name=pl.when(spelled).then("_name").otherwise(pl.col("_name").str.to_lowercase())).join(
        measures, left_on="_name", right_on="name", how="left", maintain_order="left"
    )
    measured = pl.col("dimension").is_not_null()
    length = pl.when(measured).then(pl.col("_length")).otherwise(-pl.col("trim"))
    kept = pl.when(measured).then(None).otherwise(pl.col("surface").str.len_chars() - pl.col("trim"))
    return found.with_columns(
        end=(pl.col("end") + length).cast(pl.Int32),
        surface=pl.col("surface").str.head(kept.fill_null(1_000_000)),
        rest=pl.concat_str(
            pl.col("surface").str.slice(kept.fill_null(1_000_000)),
            pl.col("after").str.slice(pl.when(measured).then("_length").otherwise(0)),
        ),
        unit=pl.coalesce("suffix_unit", "unit"),
        dimension=pl.coalesce("suffix_dimension", "dimension"),
    ).drop("_name", "_length", "suffix_unit", "suffix_dimension")


def _abbreviation() -> pl.Expr:
    """A letter with a full stop and a letter behind it: 9 p.m."""
    return pl.col("after").str.contains(r"^\s?\p{L}\.\p{L}")
