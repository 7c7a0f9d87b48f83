"""Contracts of the world's actors: who they are, under which names, and who held which office when."""

from collections.abc import Mapping
from typing import Final

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from schemas.contract import WIKIDATA_ID, Contract, row_check
from schemas.vocabulary import ACTOR_KIND

SECTOR: Final[Mapping[str, str]] = {
    "GOV": "government: the executive, its ministries and agencies, central banks",
    "MIL": "the military, and armed forces that a government stands behind",
    "REB": "rebels and insurgents, armed groups at war with a government",
    "OPP": "opposition to a government outside party and parliament",
    "PTY": "a political party",
    "LEG": "a legislature and its members",
    "JUD": "courts and prosecutors",
    "SPY": "intelligence services",
    "COP": "police and other law enforcement",
    "IGO": "intergovernmental organisations",
    "NGO": "non-governmental organisations",
    "MED": "news media",
    "BUS": "business",
    "EDU": "education and research",
    "REL": "religion",
    "LAB": "organised labour",
    "CRM": "organised crime",
    "CVL": "civilians and their movements",
    "ELI": "elites: royals, the rich and the famous, former office holders",
}
"""PLOVER's sectors, LAB and CRM among its secondary ones."""

ALIAS_TYPE: Final[Mapping[str, str]] = {
    "name": "a name in full, as texts use it, spellings and other languages included",
    "acronym": "initials or another abbreviation",
    "demonym": "what the people of a country, place or creed are called: Kenyans, Pole",
    "adjective": "the adjective of a country, place, creed or party: Kenyan, Polish",
    "capital_metonym": "a capital that stands for its government: Kyiv, Beijing",
    "government_metonym": "a building, street or quarter that stands for who governs there: the Kremlin, Whitehall",
    "former": "a name used earlier: Swaziland, Kiev",
    "short": "a part of the name: a surname, the Guard",
}

OFFICE: Final[Mapping[str, str]] = {
    "president": "head of state of a republic; the head of an organisation that calls its head president",
    "vice president": "the president's deputy",
    "prime minister": "head of government, premiers and the Irish taoiseach included",
    "deputy prime minister": "the prime minister's deputy",
    "first minister": "head of the government of a part of a country",
    "chancellor": "head of government in Germany and Austria",
    "king": "a king who reigns",
    "queen": "a queen who reigns",
    "emperor": "the emperor of Japan",
    "emir": "the emir of a Gulf state",
    "sultan": "the sultan of a state",
    "prince": "a prince who reigns",
    "grand duke": "the grand duke of Luxembourg",
    "crown prince": "heir to a throne who governs",
    "pope": "the head of the Catholic Church",
    "supreme leader": "the head of state above the president in Iran, of the Taliban and of North Korea",
    "head of state": "the highest office of a state, of any other title",
    "governor-general": "who stands for a monarch abroad",
    "foreign minister": "minister of foreign affairs; the secretary of state of the United States",
    "defence minister": "minister of defence; the secretary of defense of the United States",
    "finance minister": "minister of finance or economy and finance; chancellor of the exchequer, treasury secretary",
    "interior minister": "minister of the interior or of home affairs",
    "justice minister": "minister of justice",
    "economy minister": "minister of the economy",
    "trade minister": "minister of trade or commerce",
    "energy minister": "minister of energy or oil",
    "health minister": "minister of health",
    "education minister": "minister of education",
    "agriculture minister": "minister of agriculture",
    "environment minister": "minister of the environment",
    "labour minister": "minister of labour or of social affairs",
    "transport minister": "minister of transport",
    "culture minister": "minister of culture",
    "minister": "any other member of a government",
    "homeland security secretary": "the secretary of homeland security of the United States",
    "trade representative": "the trade representative of the United States",
    "national security adviser": "the head of government's adviser or council secretary on security",
    "security council secretary": "the secretary of Russia's security council",
    "chief of staff": "the head of a head of state's or government's office",
    "military chief": "the highest officer of the armed forces",
    "commander": "the commander of a force or an armed group",
    "intelligence chief": "the head of an intelligence service, or of all of a country's",
    "police chief": "the head of a police force",
    "attorney general": "the attorney general of a country",
    "prosecutor general": "the highest prosecutor of a country or court",
    "chief justice": "the head of a highest court",
    "judge": "a judge of a highest court",
    "central bank governor": "the head of a central bank",
    "ambassador to the UN": "a country's permanent representative to the United Nations",
    "ambassador to the United States": "a country's ambassador in Washington",
    "spokesperson": "who speaks for an organisation or a leader",
    "speaker": "who presides over a legislature or one of its houses",
    "majority leader": "leader of the majority in a house",
    "minority leader": "leader of the minority in a house",
    "opposition leader": "leader of the official opposition",
    "party leader": "leader of a party, its general secretary included",
    "senator": "a member of the upper house of the United States or another country",
    "representative": "a member of the lower house of the United States",
    "governor": "governor of a state, province or region",
    "mayor": "mayor of a city",
    "secretary-general": "the head of an intergovernmental organisation, of this title",
    "deputy secretary-general": "the secretary-general's deputy",
    "director-general": "the head of an organisation, of this title",
    "managing director": "the head of the International Monetary Fund",
    "executive director": "the head of an organisation, of this title",
    "high commissioner": "the head of a body of the United Nations, of this title",
    "high representative": "the foreign policy chief of the European Union; the international representative in Bosnia",
    "commissioner": "a member of a commission",
    "commissioner-general": "the head of UNRWA",
    "under-secretary-general": "the head of a department of the United Nations",
    "special envoy": "an envoy of an organisation or a country for a conflict",
    "chair": "chair of an organisation",
    "director": "the head of an agency, of this title",
    "chief executive": "the head of a company; of Hong Kong or Macau",
    "leader": "the head of a movement or armed group",
}
"""Offices by their usual English name; titles that a country gives to the same office are listed with it."""


class Actor(Contract):
    """The world's actors: countries, their people, persons, organisations and places, each once.

    An id is the kind and a readable name: `country:ukr`, `person:joe-biden`, `org:nato`, `place:kyiv-ukr`,
    `group:kurds`. Governments are `org:government-ukr` under their country; a people is under its country. An empty
    `wikidata_id` means that no source gives one. Sources: see seeds/reference/README.md.
    """

    class Config:
        """The table and its key."""

        name = "actor"
        metadata = {"key": ("actor_id",)}

    actor_id: str = pa.Field(unique=True, str_matches=r"^[a-z0-9][a-z0-9:_-]*$", description="readable, stable id")
    name: str = pa.Field(str_length={"min_value": 1}, description="usual English name")
    actor_kind: str = pa.Field(isin=list(ACTOR_KIND), description="what kind of actor it is")
    country_code: str = pa.Field(nullable=True, str_matches=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3")
    sector: str = pa.Field(nullable=True, isin=list(SECTOR), description="sector of PLOVER: GOV, MIL, IGO, ...")
    wikidata_id: str = pa.Field(nullable=True, str_matches=WIKIDATA_ID, description="Wikidata item, where sure")
    parent_actor_id: str = pa.Field(nullable=True, description="the actor that it is a part of")
    latitude: float = pa.Field(nullable=True, ge=-90, le=90, description="of a place", metadata={"unit": "degrees"})
    longitude: float = pa.Field(nullable=True, ge=-180, le=180, description="of a place", metadata={"unit": "degrees"})


class ActorAlias(Contract):
    """The names under which texts speak of the actors.

    Rules, each kept by a test:
    - An alias (letter case apart) may stand on several actors, but on one at most with `needs_context` false: that is
      how it is read where nothing in the text decides (Paris the city, Kurdish the people). All other readings
      need a reason: for a person the office, the given name or another mention in full; for a place, party or
      organisation its country; for the government behind a capital_metonym that it acts.
    - `needs_context` is also true where the alias is an ordinary word, a given name, a common surname or another
      thing that the tables do not hold (May, Turkey, Jordan, Bush, Good Party, Nice).
    - A surname alone (short) has `needs_context` false only for those whom a reader anywhere takes for its bearer.
    - An adjective stands on the people (its reading as a group) and, with `needs_context`, on the country, where
      it makes a composite actor ("Ukrainian officials").
    - `case_sensitive` true: only as written, or in capitals where all is in capitals; false: in any case.
    """

    class Config:
        """The table and its key."""

        name = "actor_alias"
        metadata = {"key": ("alias", "actor_id")}

    alias: str = pa.Field(str_length={"min_value": 2}, description="the name as texts write it")
    actor_id: str = pa.Field(description="whose name it is")
    alias_type: str = pa.Field(isin=list(ALIAS_TYPE), description="what kind of name it is")
    case_sensitive: bool = pa.Field(description="whether it is a name only as it is written here")
    needs_context: bool = pa.Field(description="whether the text must show that this actor is meant")


class ActorOffice(Contract):
    """Who held which office of which actor, from when to when, since 2000.

    An office has its usual English name whatever a country calls it: the Secretary of State of the United States is
    its foreign minister. A day that no source gives is null, never guessed; where holders of an office that
    only one can hold follow each other, the first day of the next closes the one before.
    """

    class Config:
        """The table and its key."""

        name = "actor_office"
        metadata = {"key": ("actor_id", "office", "of_actor_id", "from_on")}

    actor_id: str = pa.Field(description="who held it")
    office: str = pa.Field(isin=list(OFFICE), description="the office: president, foreign minister, spokesperson")
    of_actor_id: str = pa.Field(description="the country, place or organisation whose office it is")
    from_on: pl.Date = pa.Field(nullable=True, description="first day in office; null where unknown")
    to_on: pl.Date = pa.Field(nullable=True, description="last day in office; null while in office or unknown")

    @pa.dataframe_check(name="from_before_to", description="from_on is not after to_on")
    def from_before_to(cls, data: PolarsData) -> pl.LazyFrame:
        """An office begins before it ends."""
        return row_check(data, pl.col("from_on") <= pl.col("to_on"))


ACTOR_TABLES: tuple[type[Contract], ...] = (Actor, ActorAlias, ActorOffice)
"""The tables of this module."""
