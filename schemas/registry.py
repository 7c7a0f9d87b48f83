"""All tables of the warehouse, in the order in which they are made and loaded."""

from schemas.actors import DimActor, DimActorAlias, DimActorOffice, FactActorMention
from schemas.articles import ArticleSentence, ArticleText, DimArticle
from schemas.claims import ClaimParty, FactClaim
from schemas.contract import Contract
from schemas.dates import DimDate, FactDateMention
from schemas.etl import EtlArticle, EtlCheck, EtlReject, EtlRun, EtlSource
from schemas.figures import DimFxRate, DimUnit, FactFigure
from schemas.stories import ArticleStory, EtlArticleSignature
from schemas.upkeep import EtlArticleCopy, EtlCorrection, EtlSchemaVersion

ARTICLE_TABLES: tuple[type[Contract], ...] = (DimArticle, ArticleText, ArticleSentence, EtlArticleSignature)
"""One row or more for each article; replaced with it."""

FACT_TABLES: tuple[type[Contract], ...] = (FactDateMention, FactFigure, FactActorMention, FactClaim, ClaimParty)
"""Facts with a span, and the parts of one; replaced with their article."""

LINK_TABLES: tuple[type[Contract], ...] = (ArticleStory,)
"""What depends on several articles: made by the link step from what is loaded, never staged."""

DIMENSION_TABLES: tuple[type[Contract], ...] = (
    DimActor,
    DimActorAlias,
    DimActorOffice,
    DimUnit,
    DimFxRate,
    DimDate,
)
"""Made from the reference data; discovered actors are added to dim_actor by the load."""

ETL_TABLES: tuple[type[Contract], ...] = (
    EtlRun,
    EtlSource,
    EtlArticle,
    EtlArticleCopy,
    EtlReject,
    EtlCheck,
    EtlCorrection,
    EtlSchemaVersion,
)
"""The run's own record."""

ALL_TABLES: tuple[type[Contract], ...] = (
    *DIMENSION_TABLES,
    *ARTICLE_TABLES,
    *FACT_TABLES,
    *LINK_TABLES,
    *ETL_TABLES,
)

DISCOVERED_ACTORS = "discovered_actor"
"""The package's table of actors that were found in the texts: the columns of dim_actor, merged into it by the load."""
