"""Where the rows of each table come from: the step that makes them, and the reference tables that its rules read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schemas.actors import DimActor, DimActorAlias, DimActorOffice, FactActorMention
from schemas.articles import ArticleSentence, ArticleText, DimArticle
from schemas.claims import ClaimParty, FactClaim
from schemas.contract import Contract
from schemas.dates import DimDate, FactDateMention
from schemas.etl import EtlArticle, EtlCheck, EtlReject, EtlRun, EtlSource
from schemas.figures import DimFxRate, DimUnit, FactFigure
from schemas.stories import ArticleStory, EtlArticleSignature
from schemas.upkeep import EtlArticleCopy, EtlCorrection, EtlSchemaVersion

ACTOR_RULES: Final = (
    "abbreviation",
    "actor",
    "actor_alias",
    "actor_class_set",
    "actor_composite",
    "actor_composite_modifier",
    "actor_cue",
    "actor_metonym_cue",
    "actor_nominal",
    "actor_office",
    "actor_pattern",
    "actor_word",
    "common_word",
    "family_name",
    "given_name",
    "office_word",
    "sport_word",
)
CLAIM_RULES: Final = (
    "claim_cue",
    "claim_frame",
    "claim_modality",
    "claim_party_noun",
    "claim_predicate",
    "claim_status_shift",
    "claim_topic_frame",
    "claim_topic_slot",
    "claim_verb",
    "claim_word",
    "irregular_plural",
    "person_noun",
)
DATE_RULES: Final = (
    "date_macro",
    "date_rule",
    "date_season",
    "date_shape",
    "date_tense_cue",
    "date_word",
    "holiday",
    "holiday_date",
    "holiday_rule",
    "world_event",
)
FIGURE_RULES: Final = (
    "absence_noun",
    "currency_area",
    "currency_name",
    "figure_bound",
    "figure_direction",
    "figure_pattern",
    "figure_stop",
    "irregular_plural",
    "noun_phrase_word",
    "number_suffix",
    "number_word",
    "person_noun",
    "rate_noun",
    "unit",
    "unit_name",
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What makes the rows of a table: the step, and the reference tables (by name) that it reads."""

    step: str
    reads: tuple[str, ...] = ()


ORIGINS: Final[Mapping[type[Contract], Origin]] = {
    DimActor: Origin(
        "load: the reference tables, the user's own actors, and those found in the texts",
        ("actor", "country_code", "ftm_schema", "ftm_topic"),
    ),
    DimActorAlias: Origin("load: the reference tables and the user's own actors", ("actor", "actor_alias")),
    DimActorOffice: Origin("load: the reference tables", ("actor_office",)),
    DimUnit: Origin("load: the reference tables", ("currency", "currency_name", "unit")),
    DimFxRate: Origin("load: the reference table, or the file given with --rates", ("fx_rate",)),
    DimDate: Origin("load: the calendar"),
    DimArticle: Origin("read: header, fields, metadata and language", ("header_field", "language", "language_word")),
    ArticleText: Origin("read: the body of the article"),
    ArticleSentence: Origin("parse: paragraphs and sentences", ("abbreviation", "sentence_word")),
    EtlArticleSignature: Origin("parse: the wording in short"),
    FactDateMention: Origin("normalise: dates", DATE_RULES),
    FactFigure: Origin("normalise: figures", FIGURE_RULES),
    FactActorMention: Origin("normalise: actors", ACTOR_RULES),
    FactClaim: Origin("normalise: claims, of the sentences with figures, dates and actors", CLAIM_RULES),
    ClaimParty: Origin("normalise: claims", CLAIM_RULES),
    ArticleStory: Origin("link: near-copies among all articles, by their signatures"),
    EtlRun: Origin("run: its record"),
    EtlSource: Origin("discover: the ledger of sources"),
    EtlArticle: Origin("load: the ledger of articles"),
    EtlArticleCopy: Origin("load: the ledger of articles"),
    EtlReject: Origin("read, validate and load: what they refuse"),
    EtlCheck: Origin("audit: its results"),
    EtlCorrection: Origin("load: the file of corrections"),
    EtlSchemaVersion: Origin("migrate: the file's schema"),
}
"""Where the rows of each table of the warehouse come from."""
