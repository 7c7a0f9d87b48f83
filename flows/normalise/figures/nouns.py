"""The noun that a number counts: the head of the noun phrase behind it, in the singular."""

import polars as pl

from flows.normalise.figures.rules import FigureRules

REGULAR_PLURAL = r"^[\p{L}-]+[^sui\P{L}]s$"
MODELS = r"^\p{L}[\p{L}-]*\d+\p{L}?s$"
"""Several of a model: F-16s, A400Ms."""
LAST_LONE = 2
OF = r"(?i)^\s+of\s"
PHRASE = r"^([\s-](?:[\p{L}\p{N}][\p{L}\p{N}’'./-]*[\s]?)*)"
WORD = r"[\p{L}\p{N}](?:[\p{L}\p{N}’'./-]*[\p{L}\p{N}])?"
LONGEST = 6
"""Words of the noun phrase that are looked at."""

PERSON = "person"
NO_NOUN = r"(?:ed|ing|ly|['’]s)$|^\p{N}"
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


def count_nouns(figures: pl.DataFrame, rules: FigureRules) -> pl.DataFrame:
    """Find the counted nouns of the figures without unit.

    Fills `counted`, sets the unit `person` where people are counted, and adds `named`: a capitalised word that is no
    plural follows, as in the names of products. Behind "killed" it is a group whose members are counted.
    """
    heads = _heads(_inside(_tokens(figures, rules)), rules.people)
    found = figures.join(heads, on="row", how="left", maintain_order="left")
    bare = pl.col("dimension").is_null() & pl.col("prefix").is_null()
    hit = bare & pl.col("before").str.contains(rules.patterns["casualty_before"])
    victims = hit & pl.col("named").fill_null(value=False)
    casualty = bare & pl.col("rest").str.contains(rules.patterns["casualty"])
    people = victims | casualty | (hit & pl.col("rest").str.contains(rules.patterns["ellipsis"]))
    noun = pl.when(~victims).then("noun")
    counted = pl.coalesce("counted", noun, pl.when(people).then(pl.lit(PERSON)))
    person = counted.is_in(rules.people.implode()) & pl.col("dimension").is_null()
    return found.with_columns(
        counted=counted,
        unit=pl.when(person).then(pl.lit(PERSON)).otherwise("unit"),
        named=pl.col("named") & ~victims,
    ).drop("noun")


def _tokens(figures: pl.DataFrame, rules: FigureRules) -> pl.DataFrame:
    """The first words behind each figure without unit, with their `role` and what spelling does not tell."""
    phrase = pl.col("rest").str.replace(rules.patterns["noun_lead"], "").str.extract(PHRASE, 1)
    return (
        figures.filter(pl.col("dimension").is_null(), pl.col("prefix").is_null())
        .select(
            "row",
            many=pl.col("value").ne_missing(1) | pl.col("rest").str.contains(OF),
            hyphen=pl.col("rest").str.starts_with("-"),
            word=phrase.str.extract_all(WORD).list.head(LONGEST),
        )
        .explode("word")
        .filter(pl.col("word").is_not_null())
        .with_columns(lower=pl.col("word").str.to_lowercase(), place=pl.int_range(pl.len()).over("row"))
        .join(rules.phrase_words, left_on="lower", right_on="word", how="left", maintain_order="left")
        .join(rules.irregular, left_on="lower", right_on="plural", how="left", maintain_order="left")
    )


def _inside(tokens: pl.DataFrame) -> pl.DataFrame:
    """The words before the first one that ends the phrase, with `plural`."""
    spelled = pl.col("lower").str.contains(REGULAR_PLURAL) | pl.col("word").str.contains(MODELS)
    regular = spelled & (pl.col("role").ne_missing("singular"))
    plural = regular | pl.col("singular").is_not_null()
    marked = tokens.with_columns(plural=plural).with_columns(seen=pl.col("plural").cum_sum().over("row"))
    many, first = pl.col("many"), pl.col("place") == 0
    joiner = (pl.col("role") == "joiner") & ((pl.col("seen") > 0) | first | ~many)
    participle = first & pl.col("lower").str.ends_with("ed")
    boundary = (pl.col("role") == "boundary") & (pl.col("word") == pl.col("lower")) & ~participle
    verb = ~many & pl.col("plural") & ~first
    deed = pl.col("lower").str.ends_with("ed") & (pl.col("role") == "people").shift(1).over("row")
    ends = (boundary | joiner | verb | deed).fill_null(value=False)
    return marked.filter(ends.cum_sum().over("row") == 0)


def _heads(words: pl.DataFrame, people: pl.Series) -> pl.DataFrame:
    """The head of each phrase: `row`, `noun`, `named`.

    It is the first plural, or a noun for people right behind it (arms dealers), or a plural right behind one that is
    its own singular (aircraft carriers), or where none is plural the name of a people (90 Rohingya), or the last word.
    """
    marked = words.with_columns(
        first=pl.col("place").filter("plural").min().over("row"),
        last=pl.col("place").max().over("row"),
        opening=pl.col("word").first().over("row"),
    )
    person = singular(pl.col("lower"), pl.col("singular")).is_in(people.implode())
    invariant = (pl.col("singular") == pl.col("lower")).shift(1)
    second = (pl.col("place") == pl.col("first") + 1) & (person | invariant.fill_null(value=False))
    run = marked.filter(pl.col("plural") & ((pl.col("place") == pl.col("first")) | second)).sort("row", "place")
    plural_heads = run.group_by("row", maintain_order=True).agg(
        noun=singular(pl.col("lower"), pl.col("singular")).last(), named=pl.lit(value=False)
    )
    capital = pl.col("opening").str.contains(r"^\p{Lu}") & ~pl.col("hyphen")
    folk = (pl.col("role") == "people").fill_null(value=False) & capital & (pl.col("place") == pl.col("last"))
    plain = pl.col("role").is_null() & ~pl.col("lower").str.contains(NO_NOUN)
    place = pl.when("hyphen").then(0).otherwise(pl.min_horizontal("last", LAST_LONE))
    lone = marked.filter(pl.col("first").is_null(), pl.col("place") == place).select(
        "row", noun=pl.when(folk | plain).then("lower"), named=capital & ~folk
    )
    return pl.concat([plural_heads, lone])
