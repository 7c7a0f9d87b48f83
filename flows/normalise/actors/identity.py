"""The identity of an actor that no table knows: a readable id from its kind and name."""

import polars as pl


def with_identity(names: pl.DataFrame, kind: pl.Expr, name: pl.Expr) -> pl.DataFrame:
    """Add `identity`, the `discovered_id`; a name in ASCII has neither accents nor letters beyond it."""
    is_ascii = name.str.len_bytes() == name.str.len_chars()
    plain = pl.concat_str(pl.lit("x-"), kind, pl.lit(":"), _slug(name.str.to_lowercase()))
    return pl.concat(
        [
            names.filter(is_ascii).with_columns(identity=plain),
            names.filter(~is_ascii).with_columns(identity=discovered_id(kind, name)),
        ]
    )


def discovered_id(kind: pl.Expr, name: pl.Expr) -> pl.Expr:
    """A readable id from kind and name; letters beyond ASCII that are no accents are written as their UTF-8 in hex."""
    plain = name.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    rest = plain.str.replace_all(r"[\x00-\x7f]", "").str.encode("hex")
    ending = pl.when(rest == "").then(pl.lit("")).otherwise(pl.concat_str(pl.lit("-u"), rest))
    return pl.concat_str(pl.lit("x-"), kind, pl.lit(":"), _slug(plain), ending)


def _slug(plain: pl.Expr) -> pl.Expr:
    return plain.str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")
