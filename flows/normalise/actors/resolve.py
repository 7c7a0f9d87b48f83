"""Which actor a name stands for: the only bearer, the bearer whom the context chooses, or a discovered actor."""

from typing import Final

import polars as pl

from flows.normalise.actors.elsewhere import acronyms_in_brackets
from flows.normalise.actors.identity import with_identity
from flows.normalise.actors.metonym import take_countries
from flows.normalise.actors.rules import ActorRules

NAMED: Final = 4.0
"""Support for a bearer whom the article names by a clear name as well."""
IN_OFFICE: Final = 2.0
"""Support for a bearer who is in office on the article's day."""
AT_HOME: Final = 3.0
"""Support for a bearer whose country is the only one that the article names; less where it names others."""
NEEDED: Final = 0.9
"""What a name that is another thing as well needs of support; a name that is not has it from the start."""
CAREER: Final = "-8y"
"""So long before the first office known a person is seldom in the news."""
COUNTRY: Final = 2.0
"""Support for a country before places and others of its name."""

ASKED: Final = ("mention", "article_no", "norm", "kind", "rule", "is_team")
"""What is asked of a mention once the tables have been."""


def resolve(mentions: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Give each judged mention its actor.

    Args:
        mentions: what `judge` returns.
        articles: `article_no`, `article_id`, `published_on`.
        rules: the compiled rules.

    Returns:
        The mentions with `actor_id`, `actor_kind`, `resolution` and `confidence`.
    """
    known = take_countries(_known(mentions, articles, rules), mentions, rules.metonyms)
    slim = mentions.select(ASKED)  # the texts around the names would be copied at each join
    first = slim.join(known, on="mention", how="left", maintain_order="left")
    shortened = _take_full(first, _short_names(first, _full_names(first)))
    named = _spell_out(_discover(shortened, articles), acronyms_in_brackets(mentions))
    return mentions.hstack(named.select("actor_id", "actor_kind", "resolution", confidence=_confidence()))


def _take_full(mentions: pl.DataFrame, short: pl.DataFrame) -> pl.DataFrame:
    """Give short names the actor of the full name, and every mention its kind and how it was resolved."""
    joined = mentions.join(short, on="mention", how="left", maintain_order="left", suffix="_short")
    takes_short = pl.col("actor_id_short").is_not_null() & (
        pl.col("actor_id").is_null() | (pl.col("rule") == "known_surname")
    )
    kind = (
        pl.when(takes_short)
        .then(pl.lit("person"))
        .when("is_team")
        .then(pl.lit("place"))
        .otherwise(pl.coalesce("actor_kind", "kind"))
    )
    resolution = pl.when(takes_short).then(pl.lit("short")).otherwise(pl.coalesce("resolution", pl.lit("discovered")))
    return joined.with_columns(
        actor_id=pl.when(takes_short).then("actor_id_short").otherwise("actor_id"),
        actor_kind=kind,
        resolution=resolution,
    ).drop("actor_id_short")


def _spell_out(mentions: pl.DataFrame, brackets: pl.DataFrame) -> pl.DataFrame:
    """Give an acronym that no table knows the actor of the name before its brackets."""
    defined = brackets.drop_nulls("long")
    long_id = (
        mentions.select("article_no", "actor_kind", long="norm", long_id="actor_id")
        .join(defined, on=["article_no", "long"], how="semi", maintain_order="left")
        .unique(["article_no", "long"], keep="first", maintain_order=True)
    )
    spelled = (
        mentions.filter(pl.col("resolution") == "discovered")
        .select("mention", "article_no", "norm")
        .join(defined, on=["article_no", "norm"])
        .join(long_id, on=["article_no", "long"])
        .select("mention", "long_id", long_kind="actor_kind", spelled=pl.lit("acronym"))
    )
    return (
        mentions.join(spelled, on="mention", how="left", maintain_order="left")
        .with_columns(
            actor_id=pl.coalesce("long_id", "actor_id"),
            actor_kind=pl.coalesce("long_kind", "actor_kind"),
            resolution=pl.coalesce("spelled", "resolution"),
        )
        .drop("long_id", "long_kind", "spelled")
    )


def _known(mentions: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """The mentions of names of the tables: `mention`, `actor_id`, `actor_kind`, `resolution`."""
    borne = _plausible(_borne(mentions, rules), articles, rules)
    people = pl.col("actor_kind") == "group"
    clear = (pl.len().over("mention") == 1) & (~pl.col("needs_context") | (people & pl.col("is_sure")))
    sure = borne.filter(clear)
    chosen = _choose(borne.filter(~clear), sure, articles, rules)
    known = pl.when(pl.col("origin") == "user").then(pl.lit("user")).otherwise(pl.lit("reference"))
    resolution = pl.when("is_sure").then(known).otherwise(pl.lit("context"))
    columns = ["mention", "actor_id", "actor_kind", "resolution"]
    return pl.concat([sure.with_columns(resolution=resolution).select(columns), chosen.select(columns)])


def _borne(mentions: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Every actor of the tables whom a mention may stand for, by name and kind."""
    people = pl.col("alias_type").is_in(["adjective", "demonym"])
    kind = pl.when(people).then(pl.lit("group")).otherwise(pl.col("actor_kind").replace({"country": "place"}))
    found = mentions.filter(pl.col("alias_no").is_not_null() & ~pl.col("is_team")).select(
        "mention", "article_no", "alias_no", "kind", "is_sure", "role"
    )
    borne = found.join(rules.bearers, on="alias_no").filter(kind == pl.col("kind"))
    return borne.with_columns(actor_kind=pl.when(people).then(pl.lit("group")).otherwise("actor_kind"))


def _plausible(borne: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Drop who took the first office known only long after the article's day: another person of that name is meant."""
    first = rules.offices.group_by("actor_id").agg(first_on=pl.col("from_on").min())
    early = pl.col("published_on") < pl.col("first_on").dt.offset_by(CAREER)
    return (
        borne.join(articles.select("article_no", "published_on"), on="article_no", how="left", maintain_order="left")
        .join(first, on="actor_id", how="left", maintain_order="left")
        .filter(~early.fill_null(value=False))
        .drop("published_on", "first_on")
    )


def _choose(several: pl.DataFrame, sure: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """Of several bearers the one for whom the article speaks: by a longer name, an office on its day, its countries."""
    named = sure.select("article_no", "actor_id", named=NAMED).unique()
    weighed = (
        several.join(named, on=["article_no", "actor_id"], how="left", maintain_order="left")
        .join(_in_office(several, articles, rules), on=["article_no", "actor_id"], how="left", maintain_order="left")
        .join(_countries(sure), on=["article_no", "country_code"], how="left", maintain_order="left")
        .with_columns(
            pl.col("named", "in_office", "at_home").fill_null(0.0), pl.col("is_leading").fill_null(value=False)
        )
        .with_columns(
            support=pl.col("named")
            + pl.when((pl.col("at_home") > 0) | pl.col("role").is_not_null() | pl.col("is_leading"))
            .then("in_office")
            .otherwise(0.0)
            + pl.when(pl.col("actor_kind") == "person").then(0.0).otherwise("at_home")
            + pl.when("needs_context").then(-NEEDED).otherwise(NEEDED)
            + pl.when(pl.col("actor_kind") == "country").then(COUNTRY).otherwise(0.0)
        )
    )
    best = pl.col("support") == pl.col("support").max().over("mention")
    resolution = pl.when(pl.col("in_office") > 0).then(pl.lit("office")).otherwise(pl.lit("context"))
    return (
        weighed.filter(best & (pl.col("support") > 0))
        .filter(pl.len().over("mention") == 1)
        .with_columns(resolution=resolution)
    )


def _in_office(several: pl.DataFrame, articles: pl.DataFrame, rules: ActorRules) -> pl.DataFrame:
    """The bearers who are in office on the article's day: `article_no`, `actor_id`, `in_office`."""
    day = pl.col("published_on")
    return (
        several.select("article_no", "actor_id")
        .unique(maintain_order=True)
        .join(articles.select("article_no", "published_on"), on="article_no")
        .join(rules.offices.select("actor_id", "from_on", "to_on", "is_leading"), on="actor_id")
        .filter(pl.col("from_on") <= day, pl.col("to_on").is_null() | (pl.col("to_on") >= day))
        .group_by("article_no", "actor_id", maintain_order=True)
        .agg(pl.col("is_leading").any(), in_office=pl.lit(IN_OFFICE))
    )


def _countries(sure: pl.DataFrame) -> pl.DataFrame:
    """The share that each country has in the article's clear names: `article_no`, `country_code`, `at_home`."""
    return (
        sure.filter(pl.col("country_code").is_not_null())
        .group_by("article_no", "country_code")
        .agg(mentions=pl.len())
        .with_columns(at_home=AT_HOME * pl.col("mentions") / pl.col("mentions").sum().over("article_no"))
        .drop("mentions")
    )


def _full_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """Persons whom the article names in full: `article_no`, `mention`, `full_id` and the words they may go by."""
    full = mentions.filter(pl.col("kind") == "person", pl.col("norm").str.contains(" ", literal=True))
    distinct = full.select("norm").unique(maintain_order=True)
    names = with_identity(distinct, pl.lit("person"), pl.col("norm")).with_columns(
        family=pl.col("norm").str.extract(r"(\S+)$"),
        given=pl.col("norm").str.extract(r"^(\S+)"),
        root=pl.col("norm").str.extract(r"-(\S+)$"),
    )
    return full.join(names, on="norm", how="left", maintain_order="left").select(
        "article_no", "mention", "family", "given", "root", full_id=pl.coalesce("actor_id", "identity")
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
            full.select("article_no", "mention", "full_id", word="root", rank=2).drop_nulls("word"),
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


def _discover(mentions: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """What no table knows: one actor for each full name and kind; a person's single name is the article's own."""
    key = ["actor_kind", "norm", "is_team"]
    name = pl.when("is_team").then(pl.concat_str("norm", pl.lit(" team"))).otherwise("norm")
    unknown = mentions.filter(pl.col("actor_id").is_null()).select("mention", "article_no", *key)
    names = unknown.select(key).unique(maintain_order=True)
    identified = with_identity(names, pl.col("actor_kind"), name)
    single = (pl.col("actor_kind") == "person") & ~pl.col("norm").str.contains(" ", literal=True)
    own = pl.when(single).then(pl.concat_str("identity", pl.lit(":"), "article_id")).otherwise("identity")
    found = (
        unknown.join(identified, on=key)
        .join(articles.select("article_no", "article_id"), on="article_no")
        .select("mention", own=own)
    )
    return (
        mentions.join(found, on="mention", how="left", maintain_order="left")
        .with_columns(actor_id=pl.coalesce("actor_id", "own"))
        .drop("own")
    )


def _confidence() -> pl.Expr:
    return pl.col("resolution").replace_strict(
        {
            "reference": 0.95,
            "user": 0.95,
            "office": 0.85,
            "short": 0.9,
            "context": 0.8,
            "acronym": 0.85,
            "discovered": 0.6,
        },
        return_dtype=pl.Float64,
    )


def discovered_actors(mentions: pl.DataFrame) -> pl.DataFrame:
    """The rows of dim_actor for the discovered actors, named as the load does: by the spelling of most mentions."""
    found = mentions.filter(pl.col("resolution") == "discovered")
    spellings = found.group_by("actor_id", name=pl.col("surface").str.replace_all(r"\s+", " ")).agg(
        pl.len(), pl.col("actor_kind").first()
    )
    return (
        spellings.sort("len", "name", descending=True)
        .unique("actor_id", keep="first")
        .select("actor_id", "name", "actor_kind")
        .sort("actor_id")
        .with_columns(origin=pl.lit("discovered"))
    )
