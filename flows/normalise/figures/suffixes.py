"""Magnitude letters behind a number: 1.2bn, 5m, 10k; and where they are a unit (a 100m race) or a name (6 B-52s)."""

import polars as pl


def settle_suffixes(atoms: pl.DataFrame, suffixes: pl.DataFrame, second_measure: str) -> pl.DataFrame:
    """Decide for each magnitude letter whether it multiplies, is a unit, or belongs to the next word.

    Args:
        atoms: the columns of `find_atoms`, `factor`, `spaced`, `unit` and `cue` of the suffix among them.
        suffixes: the table `number_suffix` with the `dimension` of its units.
        second_measure: a regex for a measure in parentheses behind the letter.

    Returns:
        The same rows; `value`, `low`, `high` and `scale` multiplied where the letter is a magnitude, `suffix_unit` set
        where it is a unit; where it is neither, `suffix` is null and the figure ends before it.
    """
    lettered = _settle(atoms.filter(pl.col("suffix").is_not_null()), suffixes, second_measure)
    return pl.concat([atoms.filter(pl.col("suffix").is_null()), lettered], how="diagonal").sort("row")


def _settle(atoms: pl.DataFrame, suffixes: pl.DataFrame, second_measure: str) -> pl.DataFrame:
    behind = pl.col("after").str.extract(r"^[\s-]*(\p{L}[\p{L}-]*)", 1).str.to_lowercase()
    cue = pl.col("cue").str.split(" ").list.contains(behind) | pl.col("after").str.contains(second_measure)
    apart = pl.col("surface").str.contains(r"[ \x{a0}][A-Za-z]{1,4}$")
    abbreviation = pl.col("after").str.contains(r"^\.\p{L}")
    signed = pl.col("prefix").is_not_null()
    cued = pl.col("cue").is_null() | (apart & ~pl.col("spaced")) | cue.fill_null(value=False)
    unit = pl.col("suffix_unit").is_not_null() & ~signed & ~abbreviation & cued
    model = apart & pl.col("suffix").str.contains(r"^\p{Lu}$") & pl.col("after").str.contains(r"^-\d")
    loose = (apart & ~pl.col("spaced") & ~signed & ~unit) | ((abbreviation | model) & ~signed)
    times = pl.when(unit | loose).then(1.0).otherwise(pl.col("factor")).fill_null(1.0)
    letters = pl.when(loose).then(pl.col("suffix").str.len_chars() + apart.cast(pl.UInt32)).otherwise(0).fill_null(0)
    read = atoms.join(
        suffixes.rename({"unit": "suffix_unit", "dimension": "suffix_dimension"}),
        on="suffix",
        how="left",
        maintain_order="left",
    )
    return read.with_columns(
        *((pl.col(name) * times).round_sig_figs(15) for name in ("value", "low", "high", "scale")),
        suffix_unit=pl.when(unit).then("suffix_unit"),
        suffix_dimension=pl.when(unit).then("suffix_dimension"),
        end=(pl.col("end") - letters).cast(pl.Int32),
        after=pl.concat_str(
            pl.when(letters > 0)
            .then(pl.concat_str(pl.when(apart).then(pl.lit(" ")).otherwise(pl.lit("")), "suffix"))
            .otherwise(pl.lit("")),
            "after",
        ),
        suffix=pl.when(~loose).then("suffix"),
    ).drop("factor", "spaced", "cue")
