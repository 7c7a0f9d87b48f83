"""Which actor a name stands for: the only bearer, the bearer whom the context chooses, or a discovered actor."""

import polars as pl

from flows.normalise.actors.rules import ActorRules

NOT_ASCII = r"[^\x00-\x7f]"


def resolve(mentions: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Give each judged mention its actor.

    Args:
        mentions: what `judge` returns.
        articles: `article_no`, `article_id`, `published_on`.
        rules: the compiled rules.

    Returns:
        The mentions with `actor_id`, `actor_kind`, `resolution`, `confidence` and `full_name` (of discovered actors).
    """
    known = _known(mentions, articles, rules)
    first = mentions.join(known, on="mention", how="left", maintain_order="left")
    full = _full_names(first)
    short = _short_names(first, full)
    joined = first.join(short, on="mention", how="left", maintain_order="left", suffix="_short")
    takes_short = pl.col("actor_id_short").is_not_null() & (
        pl.col("actor_id").is_null() | (pl.col("rule") == "known_surname")
    )
    resolved = joined.with_columns(
        actor_id=pl.when(takes_short).then("actor_id_short").otherwise("actor_id"),
        actor_kind=pl.when(takes_short).then(pl.lit("person")).otherwise(pl.coalesce("actor_kind", "kind")),
        resolution=pl.when(takes_short)
        .then(pl.lit("short"))
        .otherwise(pl.coalesce("resolution", pl.lit("discovered"))),
    ).drop("actor_id_short")
    return _discover(resolved, articles).with_columns(confidence=_confidence())


def _known(mentions: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """The mentions of names of the tables: `mention`, `actor_id`, `actor_kind`, `resolution`."""
    place_like = pl.col("actor_kind").replace({"country": "place"})
    found = mentions.filter(pl.col("alias_no").is_not_null()).select(
        "mention", "article_no", "alias_no", "kind", "is_sure"
    )
    borne = found.join(rules.bearers, on="alias_no").filter(place_like == pl.col("kind"))
    counted = borne.with_columns(bearers=pl.len().over("mention"))
    only = counted.filter(pl.col("bearers") == 1)
    several = counted.filter(pl.col("bearers") > 1)
    office = _in_office(several, articles, rules)
    resolution = pl.when("is_sure").then(pl.lit("reference")).otherwise(pl.lit("context"))
    columns = ["mention", "actor_id", "actor_kind", "resolution"]
    return pl.concat(
        [
            only.with_columns(resolution=resolution).select(columns),
            office.with_columns(resolution=pl.lit("office")).select(columns),
        ]
    )


def _in_office(several: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Of several bearers of a name the only one who is in office on the article's day."""
    day = pl.col("published_on")
    held = (
        several.join(articles.select("article_no", "published_on"), on="article_no")
        .join(rules.offices.select("actor_id", "from_on", "to_on"), on="actor_id")
        .filter(pl.col("from_on") <= day, pl.col("to_on").is_null() | (pl.col("to_on") >= day))
        .unique(["mention", "actor_id"], maintain_order=True)
    )
    return held.filter(pl.len().over("mention") == 1)


def _full_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """Persons whom the article names in full: `article_no`, `mention`, `family`, `given`, `norm`, `actor_id`."""
    return mentions.filter(pl.col("kind") == "person", pl.col("norm").str.contains(" ", literal=True)).select(
        "article_no",
        "mention",
        "norm",
        full_id=pl.coalesce("actor_id", discovered_id(pl.lit("person"), pl.col("norm"))),
        family=pl.col("norm").str.extract(r"(\S+)$"),
        given=pl.col("norm").str.extract(r"^(\S+)"),
    )


def _short_names(mentions: pl.DataFrame, full: pl.DataFrame) -> pl.DataFrame:
    """One word of a full name that stands before it in the article, the last such name first."""
    single = (
        mentions.filter(pl.col("kind") == "person", ~pl.col("norm").str.contains(" ", literal=True))
        .select("mention", "article_no", word="norm")
        .sort("mention")
    )
    by_word = pl.concat(
        [
            full.select("article_no", "mention", "full_id", word="family", rank=0),
            full.select("article_no", "mention", "full_id", word="given", rank=1),
        ]
    ).sort("mention", "rank")
    before = single.join_asof(
        by_word.drop("rank"), on="mention", by=["article_no", "word"], strategy="backward", check_sortedness=False
    )
    later = single.join_asof(
        by_word.drop("rank"), on="mention", by=["article_no", "word"], strategy="forward", check_sortedness=False
    )
    return (
        pl.concat([before, later])
        .filter(pl.col("full_id").is_not_null())
        .unique("mention", keep="first", maintain_order=True)
        .select("mention", actor_id="full_id")
    )


def discovered_id(kind: pl.Expr, name: pl.Expr) -> pl.Expr:
    """A readable id from kind and name; letters beyond ASCII that are no accents are written as their UTF-8 in hex."""
    plain = name.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    slug = plain.str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")
    rest = plain.str.replace_all(r"[\x00-\x7f]", "").str.encode("hex")
    ending = pl.when(rest == "").then(pl.lit("")).otherwise(pl.concat_str(pl.lit("-u"), rest))
    return pl.concat_str(pl.lit("x-"), kind, pl.lit(":"), slug, ending)


def _discover(mentions: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """What no table knows: one actor for each full name and kind; a person's single name is the article's own."""
    single = (pl.col("actor_kind") == "person") & ~pl.col("norm").str.contains(" ", literal=True)
    identity = discovered_id(pl.col("actor_kind"), pl.col("norm"))
    own = pl.when(single).then(pl.concat_str(identity, pl.lit(":"), "article_id")).otherwise(identity)
    return (
        mentions.join(articles.select("article_no", "article_id"), on="article_no", how="left", maintain_order="left")
        .with_columns(actor_id=pl.coalesce("actor_id", own))
        .drop("article_id")
    )


def _confidence() -> pl.Expr:
    base = pl.col("resolution").replace_strict(
        {"reference": 0.95, "office": 0.85, "short": 0.9, "context": 0.8, "acronym": 0.85, "discovered": 0.6},
        return_dtype=pl.Float64,
    )
    return base


def discovered_actors(mentions: pl.DataFrame) -> pl.DataFrame:
    """The rows of dim_actor for the discovered actors among the mentions: the first spelling of each becomes its name."""
    found = mentions.filter(pl.col("resolution") == "discovered")
    return (
        found.group_by("actor_id", maintain_order=True)
        .agg(name=pl.col("norm").min(), actor_kind=pl.col("actor_kind").first())
        .with_columns(origin=pl.lit("discovered"))
    )
