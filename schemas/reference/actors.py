"""Contracts of the linguistic tables by which names are found in the text: word classes, patterns, cues, composites."""

from collections.abc import Mapping
from typing import Final

import pandera.polars as pa

from schemas.contract import Contract
from schemas.vocabulary import ACTOR_KIND

WORD_CLASS: Final[Mapping[str, str]] = {
    "title": "stands before a person's name and becomes the role: Mr, General, President",
    "noble_title": "a title that goes with a place: Duchess of Cambridge; before a name it is a title",
    "role_modifier": "stands before a title and belongs to the role: Vice, Foreign, Acting",
    "organisation_head": "the head noun of an organisation's name: Ministry, Bank, Party",
    "lone_organisation": "an organisation by itself where it is capitalised: Parliament, Congress",
    "leading_head": "the head noun that begins an organisation's name in other languages: Fundación, Banco",
    "company_tail": "the legal form that ends a company's name: Inc, Ltd",
    "place_head": "the head noun that ends a place's name: River, Province",
    "place_lead": "begins a place's name: Lake, Mount, San, North",
    "other_head": "the head noun of a name that is no actor: Act, Cup, Airport",
    "other_word": "a capitalised word that is no actor by itself: Internet, Covid-19",
    "of": "joins a head and what follows it",
    "and": "joins parts of equal rank",
    "for": "joins a head and its purpose",
    "preposition": "joins parts of a few names: in, on, to",
    "article": "the article inside a name",
    "particle": "a particle of a person's or place's name: von, bin, de la",
    "leading_particle": "a particle with which a family name may begin by itself: von der Leyen",
    "generation": "follows a person's name: Jr, III",
    "time": "a month or a day of the week",
    "stop": "begins sentences and belongs to no name: The, In, However",
}
"""The classes of actor_word.csv."""

FOUND_CLASS: Final[Mapping[str, str]] = {
    "country": "a country of the actor tables",
    "place": "a place of the actor tables",
    "organisation": "an organisation of the actor tables",
    "person": "a person of the actor tables, by a name of several words",
    "surname": "a person of the actor tables, by one word",
    "group": "a nationality, religion or other group of the actor tables",
    "ambiguous": "a name of the actor tables that is another thing as well: Turkey, May, Jordan",
    "given": "a given name",
    "given_common": "a given name that is an ordinary word as well: Grace, Mark",
    "family": "a family name",
    "family_common": "a family name that is an ordinary word as well: Brown, Walker",
    "common": "an ordinary word, capitalised inside the sentence",
    "opening": "an ordinary word that begins the sentence",
    "opening_name": "a name that is an ordinary word as well and begins the sentence: Grant, Brown",
    "name_article": "The, capitalised inside the sentence: it belongs to the name",
    "acronym": "two capitals or more and nothing else",
    "initial": "one capital, with or without its dot",
    "unknown": "any other capitalised word",
    "hyphen": "a hyphen, dash or slash between two capitalised words",
    "possessive": "the ending 's",
    "lower": "a word in lower case that is none of the above",
}
"""The classes that a word gets from the other tables and from its form."""


class ActorWord(Contract):
    """Words that tell what a capitalised sequence is. Source: written for this project."""

    class Config:
        """The table and its key."""

        name = "actor_word"
        metadata = {"key": ("word",)}

    word: str = pa.Field(unique=True, str_matches=r"^[^A-Z\s]+$", description="the word in lower case")
    word_class: str = pa.Field(isin=list(WORD_CLASS), description="its class")


class ActorClassSet(Contract):
    """Sets of word classes by a name that patterns use. Source: written for this project."""

    class Config:
        """The table and its key."""

        name = "actor_class_set"
        metadata = {"key": ("set_name",)}

    set_name: str = pa.Field(unique=True, str_matches=r"^[a-z_]+$", description="the set's name in a pattern")
    classes: str = pa.Field(str_matches=r"^[a-z_]+( [a-z_]+)*$", description="the classes, separated by spaces")


class ActorPattern(Contract):
    """Patterns over word classes that make a name out of capitalised words. Source: written for this project.

    `lead`, `core` and `tail` are regexes in which `{class}` or `{set}` stands for one word; the name is the core.
    Of overlapping names the longest wins, then the lowest priority. The weights say how strongly the pattern alone
    speaks for each kind; where `other` is the largest, the words are no actor and are taken away from other patterns.
    """

    class Config:
        """The table and its key."""

        name = "actor_pattern"
        metadata = {"key": ("rule",)}

    rule: str = pa.Field(unique=True, str_matches=r"^[a-z][a-z0-9_]*$", description="the rule's name")
    lead: str = pa.Field(nullable=True, description="what must stand before the name")
    core: str = pa.Field(description="the name")
    tail: str = pa.Field(nullable=True, description="what must stand after the name")
    priority: int = pa.Field(description="of equally long names the lowest wins")
    person: float = pa.Field(description="weight for a person")
    organisation: float = pa.Field(description="weight for an organisation")
    place: float = pa.Field(description="weight for a place")
    group: float = pa.Field(description="weight for a group of people")
    other: float = pa.Field(description="weight for no actor at all")


class ActorCue(Contract):
    """Words beside a name that speak for a kind of actor. Source: written for this project."""

    class Config:
        """The table and its key."""

        name = "actor_cue"
        metadata = {"key": ("side", "cue", "actor_kind")}

    side: str = pa.Field(isin=["before", "after"], description="where the cue stands")
    cue: str = pa.Field(description="one or two words or signs, in lower case, the one nearest to the name included")
    actor_kind: str = pa.Field(isin=[*ACTOR_KIND, "other"], description="the kind that it speaks for")
    weight: float = pa.Field(description="how strongly")


class ActorComposite(Contract):
    """Nouns that make an actor of its own out of the name before them: administration, officials, forces.

    Source: written for this project; the sectors are PLOVER's.
    """

    class Config:
        """The table and its key."""

        name = "actor_composite"
        metadata = {"key": ("head",)}

    head: str = pa.Field(unique=True, description="the noun, in lower case")
    composite: str = pa.Field(str_matches=r"^[a-z][a-z0-9_]*$", description="the actor that it makes, for its id")
    actor_kind: str = pa.Field(isin=list(ACTOR_KIND), description="what kind of actor that is")
    sector: str = pa.Field(nullable=True, description="PLOVER's sector")


class ActorCompositeModifier(Contract):
    """Words of composites: between a name and its head (senior, ground), or before a group (congressional).

    Source: written for this project.
    """

    class Config:
        """The table and its key."""

        name = "actor_composite_modifier"
        metadata = {"key": ("word",)}

    word: str = pa.Field(unique=True, str_matches=r"^[^A-Z\s]+$", description="the word in lower case")
    place: str = pa.Field(isin=["between", "before"], description="where it stands")


class GivenName(Contract):
    """Given names of the world in Latin script.

    Source: the name lists of Faker (MIT), the 1990 census of the United States (public domain), first names of office
    holders from Wikidata (CC0).
    """

    class Config:
        """The table and its key."""

        name = "given_name"
        metadata = {"key": ("name",)}

    name: str = pa.Field(unique=True, str_length={"min_value": 2}, description="the name as texts write it")


class FamilyName(Contract):
    """Family names of the world in Latin script.

    Source: the name lists of Faker (MIT), the 1990 census of the United States (public domain), last names of office
    holders from Wikidata (CC0).
    """

    class Config:
        """The table and its key."""

        name = "family_name"
        metadata = {"key": ("name",)}

    name: str = pa.Field(unique=True, str_length={"min_value": 2}, description="the name as texts write it")


class CommonWord(Contract):
    """Ordinary English words, British and American, that are written in lower case.

    Source: SCOWL, sizes up to 35, copyright 2000-2011 Kevin Atkinson; permission to use, copy, modify, distribute and
    sell these word lists is granted without fee, provided that this notice appears in supporting documentation.
    """

    class Config:
        """The table and its key."""

        name = "common_word"
        metadata = {"key": ("word",)}

    word: str = pa.Field(unique=True, str_matches=r"^[^A-Z\s]+$", description="the word in lower case")


class OfficeWord(Contract):
    """The words for an office, as texts write them after a country: prime minister, foreign secretary.

    Source: written for this project; the offices are those of actor_office.csv.
    """

    class Config:
        """The table and its key."""

        name = "office_word"
        metadata = {"key": ("phrase", "office")}

    phrase: str = pa.Field(str_matches=r"^[^A-Z]+$", description="the words in lower case")
    office: str = pa.Field(description="the office")
    is_leading: bool = pa.Field(description="whether its holder is known by the family name alone")


class ActorNominal(Contract):
    """Common nouns that stand for an actor named before: the general for Gen. Milley, the ministry for a ministry.

    Source: written for this project.
    """

    class Config:
        """The table and its key."""

        name = "actor_nominal"
        metadata = {"key": ("nominal", "word", "actor_kind")}

    nominal: str = pa.Field(str_matches=r"^[^A-Z]+$", description="the noun in lower case")
    word: str = pa.Field(str_matches=r"^[^A-Z\s]+$", description="last word of the role, or of the organisation's name")
    actor_kind: str = pa.Field(isin=list(ACTOR_KIND), description="what it may stand for")


METONYM_SIDE: Final[Mapping[str, str]] = {
    "acts": "follows the capital, at most adverbs and auxiliaries between: Kyiv has repeatedly said",
    "owns": "follows the capital's genitive, at most one word between: Moscow's ground forces",
    "faces": "stands before the capital: pressure on Beijing",
}
"""Where a cue of actor_metonym_cue.csv stands."""


class ActorMetonymCue(Contract):
    """Words by which a capital is its country acting, not a place. Source: written for this project."""

    class Config:
        """The table and its key."""

        name = "actor_metonym_cue"
        metadata = {"key": ("side", "cue")}

    side: str = pa.Field(isin=list(METONYM_SIDE), description="where the cue stands")
    cue: str = pa.Field(str_matches=r"^[a-z]+( [a-z]+)*$", description="the words in lower case")


class SportWord(Contract):
    """Words of sport: a report that is full of them speaks of teams. Source: written for this project."""

    class Config:
        """The table and its key."""

        name = "sport_word"
        metadata = {"key": ("word",)}

    word: str = pa.Field(unique=True, description="the word as texts write it")


LINGUISTIC_TABLES: tuple[type[Contract], ...] = (
    ActorWord,
    ActorClassSet,
    ActorPattern,
    ActorCue,
    ActorComposite,
    ActorCompositeModifier,
    GivenName,
    FamilyName,
    CommonWord,
    SportWord,
    OfficeWord,
    ActorNominal,
    ActorMetonymCue,
)
"""The tables of this module."""
