"""The forms of verbs and nouns by the spelling rules of English; the irregular ones are rows."""

import polars as pl

SIBILANT = r"(?:s|x|z|ch|sh)$"
CONSONANT_Y = r"[^aeiou]y$"
FINAL_E = r"[^aeoy]e$"


def verb_forms(verbs: pl.DataFrame) -> pl.DataFrame:
    """Every form of the verbs: `form`, `verb`, `inflection` (base, s, ing, past, participle, ed for both)."""
    verb = pl.col("verb")
    stem = verb.str.replace(r"e$", "")
    past = pl.when(verb.str.contains(CONSONANT_Y)).then(verb.str.replace(r"y$", "ied")).otherwise(stem + "ed")
    doubled = pl.col("past").str.extract(r"^(.+)ed$").str.len_chars() > verb.str.len_chars()
    ing_stem = (
        pl.when(doubled.fill_null(value=False))
        .then(pl.col("past").str.extract(r"^(.+)ed$"))
        .otherwise(
            pl.when(verb.str.contains(r"ie$"))
            .then(verb.str.replace(r"ie$", "y"))
            .when(verb.str.contains(r"ee$"))
            .then(verb)
            .otherwise(stem)
        )
    )
    regular = pl.col("past").is_null() | (pl.col("past") == pl.col("participle"))
    shapes = {
        "base": verb,
        "s": _plural(verb),
        "ing": ing_stem + "ing",
        "ed": pl.when(regular).then(pl.coalesce("past", past)),
        "past": pl.when(~regular).then("past"),
        "participle": pl.when(~regular).then("participle"),
    }
    return pl.concat(
        verbs.select(form=shape, verb=verb, inflection=pl.lit(name)).drop_nulls() for name, shape in shapes.items()
    ).unique("form", keep="last", maintain_order=True)


def noun_forms(nouns: pl.Series, irregular: pl.DataFrame) -> pl.DataFrame:
    """Singular and plural of the nouns: `form`, `noun`."""
    table = pl.DataFrame({"noun": nouns})
    odd = irregular.select(form="plural", noun="singular").join(table, on="noun", how="semi")
    regular = table.select(form=_plural(pl.col("noun")), noun="noun")
    return pl.concat([table.select(form="noun", noun="noun"), odd, regular]).unique(
        "form", keep="first", maintain_order=True
    )


def _plural(word: pl.Expr) -> pl.Expr:
    """The form in s: of nouns the plural, of verbs the third person."""
    return (
        pl.when(word.str.contains(CONSONANT_Y))
        .then(word.str.replace(r"y$", "ies"))
        .when(word.str.contains(SIBILANT))
        .then(word + "es")
        .otherwise(word + "s")
    )
