"""The noun that a number counts: the head of the noun phrase behind it, in the singular."""

import polars as pl

LEAD = r"(?i)^(?:\s+of)?(?:\s+(?:the|its|their|his|her|our|my|your|these|those|all|such|any))*"
PHRASE = r"^([\s-](?:[\p{L}\p{N}][\p{L}\p{N}’'./-]*[\s]?)*)"
WORD = r"[\p{L}\p{N}](?:[\p{L}\p{N}’'./-]*[\p{L}\p{N}])?"
LONGEST = 7
"""Words of the noun phrase that are looked at."""

CASUALTY = r"(?i)^\s+(?:(?:people\s+)?(?:were|was|have been|had been|are|being)\s+)?(?:also\s+)?(?:killed|dead|wounded|injured|missing|arrested|detained|hospitalised|hospitalized|evacuated|displaced|dying|died)(?-u:\b)"
PERSON = "person"
SIBILANT = r"(?:ss|sh|ch|x|z)es$"


def singular(plural: pl.Expr, irregular: pl.Expr) -> pl.Expr:
    """The singular of a plural noun in lower case; `irregular` is its singular where spelling does not give it."""
    regular = (
        pl.when(plural.str.contains(r"[^aeiou]ies$"))
        .then(plural.str.replace(r"ies$", "y"))
        .when(plural.str.contains(SIBILANT))
        .then(plural.str.replace(r"es$", ""))
        .otherwise(plural.str.replace(r"s$", ""))
    )
    return pl.coalesce(irregular, regular)


def count_nouns(figures: pl.DataFrame, words: pl.DataFrame, irregular: pl.DataFrame, people: pl.Series) -> pl.DataFrame:
    """Fill `counted` in the figures without unit, and the unit `person` where people are counted."""
    phrase = pl.col("rest").str.replace(LEAD, "").str.extract(PHRASE, 1)
    tokens = (
        figures.filter(pl.col("dimension").is_null(), pl.col("prefix").is_null())
        .select(
            "row",
            "value",
            hyphen=pl.col("rest").str.starts_with("-"),
            word=phrase.str.extract_all(WORD).list.head(LONGEST),
        )
        .explode("word")
        .filter(pl.col("word").is_not_null())
        .with_columns(lower=pl.col("word").str.to_lowercase().str.replace(r"['’]$", ""))
        .with_columns(place=pl.int_range(pl.len()).over("row"))
        .join(words, left_on="lower", right_on="word", how="left", maintain_order="left")
        .join(irregular, left_on="lower", right_on="plural", how="left", maintain_order="left")
    )
    heads = _heads(_inside(tokens))
    noun = pl.col("noun")
    found = figures.join(heads, on="row", how="left", maintain_order="left")
    casualty = pl.col("dimension").is_null() & pl.col("prefix").is_null() & pl.col("rest").str.contains(CASUALTY)
    counted = pl.when(casualty & noun.is_null()).then(pl.lit(PERSON)).otherwise(noun)
    return (
        found.with_columns(counted=pl.coalesce("counted", counted))
        .with_columns(unit=pl.when(pl.col("counted").is_in(people.implode())).then(pl.lit(PERSON)).otherwise("unit"))
        .drop("noun")
    )


def _inside(tokens: pl.DataFrame) -> pl.DataFrame:
    """The words before the first one that ends the phrase."""
    possessive = pl.col("word").str.contains(r"['’]s$")
    ends = (pl.col("role") == "boundary").fill_null(value=False)
    ended = ends.cum_sum().over("row")
    return tokens.filter(ended == 0).with_columns(plural=_is_plural() & ~possessive, possessive=possessive)


def _is_plural() -> pl.Expr:
    regular = pl.col("lower").str.contains(r"^[\p{L}-]+[^suiW]s$|^[\p{L}-]+(?:tri|gi|ni|nu|u|i)s$") & (
        pl.col("role") != "singular"
    ).fill_null(value=True)
    return regular | pl.col("singular").is_not_null()


def _heads(words: pl.DataFrame) -> pl.DataFrame:
    """The head of each phrase: `row`, `noun`."""
    first = pl.col("place").filter("plural").min()
    marked = words.with_columns(first=first.over("row"), last=pl.col("place").max().over("row"))
    run = marked.filter(pl.col("plural") & (pl.col("place") - pl.col("first") <= 1))
    plural_head = (
        run.sort("row", "place")
        .group_by("row", maintain_order=True)
        .agg(noun=singular(pl.col("lower"), pl.col("singular")).last())
    )
    lone = marked.filter(
        pl.col("first").is_null(), pl.col("place") == pl.when("hyphen").then(0).otherwise(pl.min_horizontal("last", 2))
    ).select("row", noun="lower")
    return pl.concat([plural_head, lone.join(plural_head, on="row", how="anti")])
