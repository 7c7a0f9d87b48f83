"""The compiled rules: reference tables in the form in which the steps ask them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from flows.normalise.actors.aliases import aliases_by_length, compile_aliases
from flows.normalise.actors.classes import KINDS, LETTERS
from flows.normalise.actors.metonym import MetonymRules, compile_metonyms
from flows.normalise.actors.user import with_origin
from flows.normalise.actors.words import run_pattern
from schemas.reference.registry import Reference
from schemas.user_actors import IS_IMPORTED

ROLE: Final = (
    "((?:{role_modifier}|{title}|{common}|{family_common}|{place_head}|{organisation_head}|{opening})*(?:{title}|{noble_title})(?:{hyphen}?{title})*"
    "(?:{of}{article}?(?:{common}|{role_modifier}|{place_head}|{organisation_head}|{and})+)?)$"
)
"""Prime Minister, Hebei Party Secretary, Secretary of State: a title with what belongs to it."""

CompiledNames = tuple[pl.DataFrame, pl.DataFrame]
"""The written names and their bearers, as `compile_aliases` returns them."""


@dataclass(frozen=True, slots=True)
class ActorRules:
    """What the actor tables know, ready to be joined."""

    run_pattern: str
    words: pl.DataFrame
    """`lookup` (lower case), `word_class` (letter), `is_common`."""
    idle_words: pl.DataFrame
    """`surface`: capitalised words that are no name by themselves and stand alone very often: The, However, Monday."""
    names: pl.DataFrame
    """`norm`, `is_given`, `is_family`."""
    aliases: pl.DataFrame
    """One row for each written name; see `compile_aliases`."""
    aliases_by_length: tuple[pl.DataFrame, ...]
    """`norm`, `alias_no`, `word_count`, `title_count`, `word_class` of the names of one word, of two, and so on."""
    alias_beginnings: pl.DataFrame
    """`norm`: the first words of the names of several words."""
    bearers: pl.DataFrame
    """Who bears a name; see `compile_aliases`."""
    patterns: tuple[tuple[str, str, str, str], ...]
    """Rule, lead, core and tail as regexes over letters, of the names of more than one word."""
    single_patterns: pl.DataFrame
    """`surface` (a letter), `rule`: the patterns of one word."""
    role_pattern: str
    """The words before a name that are the person's role, as a regex over letters."""
    weights: pl.DataFrame
    """`rule`, `priority` and a weight for each kind and `other`."""
    cues: dict[str, pl.DataFrame]
    """`cue` and a weight for each kind and `other`, of the sides `before` and `after`."""
    composite_pattern: str
    """What follows a name that makes a composite: the words added and the head."""
    lead_pattern: str
    """What stands before a group and makes it a group of parliament."""
    parents: pl.DataFrame
    """`actor_id`, `parent`: the country of a nationality."""
    composites: pl.DataFrame
    """`head`, `composite`, `composite_kind`, `sector`."""
    office_pattern: str
    """What follows a country and names an office: the words added, the office, a name after it."""
    office_words: pl.DataFrame
    """`phrase`, `office`."""
    role_offices: pl.DataFrame
    """`role` (in lower case, without dots), `office`: the office that a role names."""
    nominal_hint: str
    """Found wherever `nominal_pattern` is, and asked faster, for it knows no borders of words."""
    nominal_pattern: str
    """Nouns with their article that may stand for an actor named before."""
    nominals: pl.DataFrame
    """`nominal`, `word`, `actor_kind`."""
    sport_pattern: str
    """Words of sport."""
    locatives: pl.Series
    """Words before a place's name that tell where something is."""
    metonyms: MetonymRules
    """Capitals that stand for their country."""
    offices: pl.DataFrame
    """`actor_id`, `office`, `of_actor_id`, `from_on`, `to_on`, `is_leading`."""
    actors: pl.DataFrame
    """The actors of the tables, with the columns of dim_actor."""
    imported: pl.DataFrame
    """Those of them that a user imported."""


def compile_actor_rules(reference: Reference, names: CompiledNames | None = None) -> ActorRules:
    """Bring the tables into the form in which the steps ask them: once per process.

    Args:
        reference: the reference tables; `actor` and `actor_alias` may hold the user's own (`with_user_tables`).
        names: `aliases` and `bearers` that were compiled of these tables before; a million names take seconds.
    """
    reference = {**reference, "actor": with_origin(reference["actor"])}
    words = _words(reference)
    patterns = _patterns(reference)
    ordinary = words.filter(pl.col("is_common") | pl.col("word_class").is_not_null())
    aliases, bearers = names or compile_aliases(reference, ordinary)
    connectors = reference["actor_word"].filter(
        pl.col("word_class").is_in(["of", "and", "for", "preposition", "article", "particle", "leading_particle"]),
        pl.col("word").str.contains(r"^\p{L}+$"),
    )
    return ActorRules(
        run_pattern=run_pattern(
            connectors["word"].to_list(),
            connectors.filter(pl.col("word_class") == "leading_particle")["word"].to_list(),
            _abbreviations(reference),
        ),
        words=words,
        idle_words=_idle_words(reference, aliases),
        names=_names(reference),
        aliases=aliases,
        aliases_by_length=aliases_by_length(aliases),
        alias_beginnings=_beginnings(aliases),
        bearers=bearers,
        patterns=tuple(pattern for pattern in patterns if not _is_single(pattern)),
        single_patterns=_single_patterns(pattern for pattern in patterns if _is_single(pattern)),
        role_pattern=ROLE.format_map(LETTERS),
        weights=reference["actor_pattern"].select("rule", "priority", *KINDS, "other", is_live=_is_live()),
        cues=_cues(reference),
        composite_pattern=_composite_pattern(reference),
        lead_pattern=rf"\b((?:{'|'.join(_modifiers(reference, 'before'))})\s+)$",
        parents=_nationalities(reference),
        composites=reference["actor_composite"].rename({"actor_kind": "composite_kind"}),
        office_pattern=rf"^((?:['’]s)?\s+({_either(reference['office_word']['phrase'])}))\b(\s+\p{{Lu}})?",
        office_words=reference["office_word"].select("phrase", "office"),
        role_offices=_role_offices(reference),
        nominal_hint=rf"[Tt]he (?:{_either(reference['actor_nominal']['nominal'])})",
        nominal_pattern=rf"\b[Tt]he (?:{_either(reference['actor_nominal']['nominal'])})\b",
        nominals=reference["actor_nominal"],
        sport_pattern=rf"\b(?:{'|'.join(reference['sport_word']['word'])})\b",
        locatives=_locatives(reference),
        metonyms=compile_metonyms(reference),
        offices=_offices(reference),
        actors=reference["actor"].drop(IS_IMPORTED),
        imported=reference["actor"].filter(IS_IMPORTED).drop(IS_IMPORTED),
    )


def _abbreviations(reference: Reference) -> list[str]:
    """Titles and legal forms with their full stop; what ends a sentence as well would join two of them."""
    table = reference["abbreviation"].filter(
        pl.col("kind").is_in(["title", "tail"]), pl.col("abbreviation").str.contains(r"^\p{Lu}\p{Ll}+\.$")
    )
    return table["abbreviation"].to_list()


def _words(reference: Reference) -> pl.DataFrame:
    classes = (
        reference["actor_word"]
        .select(
            lookup=pl.col("word").str.replace_all(".", "", literal=True),
            word_class=pl.col("word_class").replace_strict(LETTERS, return_dtype=pl.String),
        )
        .unique("lookup", keep="first", maintain_order=True)
    )
    common = reference["common_word"].select(lookup="word", is_common=True)
    return classes.join(common, on="lookup", how="full", coalesce=True).with_columns(
        pl.col("is_common").fill_null(value=False)
    )


def _beginnings(aliases: pl.DataFrame) -> pl.DataFrame:
    several = aliases.filter(pl.col("word_count") > 1)
    return several.select(pl.col("norm").str.extract(r"^(\S+)")).unique(maintain_order=True)


def _idle_words(reference: Reference, aliases: pl.DataFrame) -> pl.DataFrame:
    idle = reference["actor_word"].filter(pl.col("word_class").is_in(["stop", "time", "article", "preposition"]))
    capitalised = idle.select(surface=pl.col("word").str.slice(0, 1).str.to_uppercase() + pl.col("word").str.slice(1))
    return capitalised.join(aliases.select(surface="norm"), on="surface", how="anti")


def _is_live() -> pl.Expr:
    """Whether a pattern can make an actor at all: the others only take their words away."""
    return (pl.max_horizontal(*KINDS) > 0) | (pl.col("other") <= 1)


def _names(reference: Reference) -> pl.DataFrame:
    given = reference["given_name"].select(norm="name", is_given=True)
    family = reference["family_name"].select(norm="name", is_family=True)
    return given.join(family, on="norm", how="full", coalesce=True).with_columns(
        pl.col("is_given", "is_family").fill_null(value=False)
    )


def _patterns(reference: Reference) -> tuple[tuple[str, str, str, str], ...]:
    table = reference["actor_class_set"]
    sets = {
        name: "[" + "".join(LETTERS[part] for part in classes.split()) + "]"
        for name, classes in zip(table["set_name"], table["classes"], strict=True)
    }
    names = {**LETTERS, **sets}
    rows = reference["actor_pattern"]
    lead, core, tail = (
        [_without_captures((part or "").format_map(names)) for part in rows[column]]
        for column in ("lead", "core", "tail")
    )
    return tuple(zip(rows["rule"], lead, core, tail, strict=True))


def _without_captures(pattern: str) -> str:
    """The pattern with groups that capture nothing: much faster, and over letters no bracket is escaped."""
    return pattern.replace("(?:", "(").replace("(", "(?:")


def _is_single(pattern: tuple[str, str, str, str]) -> bool:
    """Whether a pattern is one word of one class or of several, without anything around it."""
    _, lead, core, tail = pattern
    return not lead and not tail and all(len(part) == 1 for part in core.split("|"))


def _single_patterns(patterns: Iterable[tuple[str, str, str, str]]) -> pl.DataFrame:
    rows = [(letter, rule) for rule, _, core, _ in patterns for letter in core.split("|")]
    return pl.DataFrame(rows, schema={"surface": pl.String, "rule": pl.String}, orient="row")


def _cues(reference: Reference) -> dict[str, pl.DataFrame]:
    kind = pl.col("actor_kind").replace({"country": "place"})
    table = reference["actor_cue"]
    return {
        side: table.filter(pl.col("side") == side)
        .group_by("cue", maintain_order=True)
        .agg(pl.col("weight").filter(kind == name).sum().alias(name) for name in (*KINDS, "other"))
        for side in ("before", "after")
    }


def _nationalities(reference: Reference) -> pl.DataFrame:
    """The country of each nationality: the two share an adjective."""
    adjectives = reference["actor_alias"].filter(pl.col("alias_type") == "adjective").select("alias", "actor_id")
    groups = reference["actor"].filter(pl.col("actor_kind") == "group").select("actor_id")
    countries = reference["actor"].filter(pl.col("actor_kind") == "country").select("actor_id")
    return (
        adjectives.join(groups, on="actor_id", how="semi")
        .join(adjectives.join(countries, on="actor_id", how="semi").rename({"actor_id": "parent"}), on="alias")
        .select("actor_id", "parent")
        .unique("actor_id", keep="first", maintain_order=True)
    )


def _offices(reference: Reference) -> pl.DataFrame:
    leading = reference["office_word"].filter("is_leading")["office"].unique()
    return reference["actor_office"].with_columns(is_leading=pl.col("office").is_in(leading.implode()))


def _role_offices(reference: Reference) -> pl.DataFrame:
    words = reference["office_word"].unique("phrase", keep="first", maintain_order=True)
    return words.select("office", role=pl.col("phrase").str.replace_all(".", "", literal=True))


def _either(words: pl.Series) -> str:
    """An alternation of the words, the longest first."""
    return "|".join(sorted(words.unique().to_list(), key=lambda word: (-len(word), word)))


def _modifiers(reference: Reference, place: str) -> list[str]:
    return reference["actor_composite_modifier"].filter(pl.col("place") == place)["word"].to_list()


def _composite_pattern(reference: Reference) -> str:
    heads = "|".join(reference["actor_composite"]["head"].to_list())
    modifiers = "|".join(_modifiers(reference, "between"))
    return rf"^(\s+(?:(?:{modifiers})\s+){{0,2}}({heads}))\b"


def _locatives(reference: Reference) -> pl.Series:
    return reference["actor_cue"].filter(
        pl.col("side") == "before", pl.col("actor_kind") == "place", ~pl.col("cue").str.contains(" ")
    )["cue"]
