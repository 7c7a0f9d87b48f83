"""Which of the currencies that share a name an article means: pesos in Mexico, dollars in Canada."""

import polars as pl

LARGE = 10_000
"""Pounds from here upward are money: nobody weighs that."""

DOMAIN = r"^\w+://[^/]*\.(\w{2})(?:[:/]|$)"


def compile_areas(areas: pl.DataFrame) -> pl.DataFrame:
    """One row a family and code: `domain` and `areas`, the places and peoples that speak for it."""
    return areas.group_by("family", "code", maintain_order=True).agg(pl.col("domain").first(), areas="area")


def follow_article(figures: pl.DataFrame, articles: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """Give amounts in a bare family name the currency that their article shows.

    The code of the area that the article names most wins. A bare dollar is the United States' unless the article tells
    it apart by writing US$ as well, or comes from the domain of another dollar's country and does not tell its own
    dollar apart. Where nothing speaks, the code of `currency_name` stays (XXX: not known).

    Args:
        figures: `article_no`, `dimension`, `unit`, `family`.
        articles: `article_no`, `text`, and `url` where the source gives one.
        areas: what `compile_areas` made of the table `currency_area`.
    """
    money = figures.filter(pl.col("family").is_not_null())
    if money.is_empty():
        return figures
    plain = money.select("article_no", "family").unique()
    named = _named_most(plain, articles, areas)
    told = figures.filter(pl.col("dimension") == "money", pl.col("family").is_null()).select("article_no", told="unit")
    contrast = told.filter(pl.col("told") == "USD").select("article_no", contrast=pl.lit(value=True)).unique()
    home = _at_home(plain, articles, areas).join(
        told, left_on=["article_no", "home"], right_on=["article_no", "told"], how="anti"
    )
    dollar = pl.col("family").is_in(["dollar", "cent"])
    shown = (
        plain.join(named, on=["article_no", "family"], how="left")
        .join(contrast, on="article_no", how="left")
        .join(home, on=["article_no", "family"], how="left")
        .with_columns(shown=pl.when(dollar & pl.col("contrast").is_null()).then("home").otherwise("named"))
    )
    return (
        figures.join(
            shown.select("article_no", "family", "shown"),
            on=["article_no", "family"],
            how="left",
            maintain_order="left",
        )
        .with_columns(unit=pl.coalesce("shown", "unit"))
        .drop("shown")
    )


def _named_most(plain: pl.DataFrame, articles: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """The code whose areas the article names most: `article_no`, `family`, `named`."""
    mentions = plain.join(areas, on="family").join(articles.select("article_no", "text"), on="article_no")
    texts = mentions.with_columns(hits=_count(mentions))
    return (
        texts.filter(pl.col("hits") > 0)
        .sort("article_no", "family", "hits", "code", descending=[False, False, True, False])
        .unique(["article_no", "family"], keep="first", maintain_order=True)
        .select("article_no", "family", named="code")
    )


def _count(mentions: pl.DataFrame) -> pl.Series:
    pattern = pl.lit(r"(?-u:\b)(?:") + pl.col("areas").list.join("|") + pl.lit(r")(?-u:\b)")
    return mentions.select(hits=pl.col("text").str.count_matches(pattern))["hits"]


def _at_home(plain: pl.DataFrame, articles: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """The code of the country in whose domain the article appeared: `article_no`, `family`, `home`."""
    addresses = articles.select("article_no", domain=pl.col("url").str.extract(DOMAIN, 1).str.to_lowercase())
    domains = areas.filter(pl.col("domain").is_not_null()).select("family", "domain", home="code")
    return plain.join(addresses, on="article_no").join(domains, on=["family", "domain"]).drop("domain")


def weigh_pounds(figures: pl.DataFrame, weight: str) -> pl.DataFrame:
    """Turn small numbers of pounds into a mass where nothing in the article speaks of money in pounds."""
    bare = (pl.col("family") == "pound") & pl.col("prefix").is_null() & pl.col("pair").ne_missing("sum")
    small = (pl.col("high").fill_null(0) < LARGE) & (pl.col("scale") == 1)
    sterling = figures.filter(pl.col("unit") == "GBP", ~bare.fill_null(value=False)).select("article_no").unique()
    spoken = pl.col("article_no").is_in(sterling["article_no"].implode())
    weighed = pl.col("before").str.contains(weight) | pl.col("rest").str.contains(weight)
    mass = (bare & small & (weighed | (~spoken & (pl.col("unit") == "XXX")))).fill_null(value=False)
    return (
        figures.with_columns(_mass=mass)
        .with_columns(
            dimension=pl.when("_mass").then(pl.lit("mass")).otherwise("dimension"),
            unit=pl.when("_mass")
            .then(pl.lit("pound"))
            .when(bare & (pl.col("unit") == "XXX"))
            .then(pl.lit("GBP"))
            .otherwise("unit"),
        )
        .drop("_mass")
    )
