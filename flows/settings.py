"""All settings in one typed class: flags stand above the environment (DATELINE_*), and that above dateline.toml."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from cyclopts import Group, Parameter
from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from flows.defaults import DEFAULT_WAREHOUSE
from flows.errors import UsageError

PYDANTIC = "Input "
"""How messages of Pydantic begin that say what a value should be."""
PREFIX = "DATELINE_"
CONFIG_VARIABLE = "DATELINE_CONFIG"
"""The environment variable that names another file than dateline.toml."""
DEFAULT_CONFIG = Path("dateline.toml")

Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(lambda given: given.split() if _is_text(given) else given)]
"""Several values: a list in dateline.toml, separated by white space in the environment."""
NO_FLAG = Parameter(parse=False)
WINDOW, UPKEEP, OPERATION, WARNINGS, FEEDS = (
    Parameter(group=Group(name, sort_key=number))
    for number, name in enumerate(("Backfill", "Upkeep", "Operation", "Warnings", "Feeds"), 1)
)
FLAG = Parameter(negative="", show_default=False)


class Settings(BaseSettings):
    """Everything a user can set. A field's docstring is its help; `dateline config` prints what is in force."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        validate_default=False,
        hide_input_in_errors=True,
    )

    sources: Annotated[Words, NO_FLAG] = ()
    """Files, folders, globs, and http(s) addresses of feeds and sitemaps; the sample articles where none is named."""
    warehouse: Annotated[Path, Parameter(name=["--warehouse", "-w"])] = DEFAULT_WAREHOUSE
    """The warehouse file that readers open."""
    batch_mb: Annotated[float, Field(gt=0, le=1000)] = 8.0
    """Text in one batch, in megabytes: bounds the memory."""
    map: Annotated[Words, FLAG] = ()
    """OURS=THEIRS, such as text=body: our field under the source's name."""
    full: Annotated[bool, FLAG] = False
    """Extract everything anew, known or not."""
    rates: Path | None = None
    """Exchange rates to the dollar, a CSV with the columns of dim_fx_rate, in place of those that ship."""

    since: Annotated[date | None, WINDOW] = None
    """Take only articles published on this day or later (2023-01-01); those without a day are left out."""
    until: Annotated[date | None, WINDOW] = None
    """Take only articles published on this day or earlier."""
    limit: Annotated[int | None, Field(ge=1), WINDOW] = None
    """Take at most so many new articles, the earliest first; the next run goes on from there."""

    batch_seconds: Annotated[float | None, Field(gt=0), OPERATION] = None
    """Stop a batch that takes longer, and go on with the others."""
    strict: Annotated[bool, FLAG, OPERATION] = False
    """Publish nothing where a batch fails, and end with exit code 1."""
    retries: Annotated[int, Field(ge=0, le=10), OPERATION] = 3
    """How often a step is tried again after an error of input, output or the lock; the wait doubles each time."""
    search_mb: Annotated[float, Field(ge=0), OPERATION] = 1000.0
    """Text up to which a search index is built after publishing, in megabytes; 0 builds none."""
    log_format: Annotated[Literal["text", "json"], OPERATION] = "text"
    """How progress and log are written: for people, or one JSON object a line."""
    every: Annotated[str | None, NO_FLAG] = None
    """Time between two runs of `dateline serve`: 90s, 15m, 1h, 1d."""
    cron: Annotated[str | None, NO_FLAG] = None
    """Schedule of `dateline serve`, such as "0 * * * *" (UTC)."""

    refresh: Annotated[bool, FLAG, UPKEEP] = False
    """Extract anew, from the stored text, what other rules or reference tables extracted."""
    retry_rejects: Annotated[bool, FLAG, UPKEEP] = False
    """Take rejected articles and lines again: from their source, from etl.reject where it is gone."""
    prune: Annotated[bool, FLAG, UPKEEP] = False
    """Take out the articles whose sources vanished; their facts move to schema hist."""
    corrections: Annotated[Path | None, UPKEEP] = None
    """File of corrections, if not NAME.corrections.csv beside the warehouse NAME.duckdb."""
    hold: Annotated[bool, FLAG, UPKEEP] = False
    """Load, and publish nothing yet: `dateline diff` tells what would change, the next run publishes it."""
    keep_versions: Annotated[int, Field(ge=1), UPKEEP] = 2
    """Published versions to keep, the newest included: `dateline rollback` puts an earlier one back."""

    newest_within_hours: Annotated[float | None, Field(gt=0), WARNINGS] = None
    """Warn when the newest article is older."""
    reject_jump: Annotated[float, Field(gt=0, le=1), WARNINGS] = 0.1
    """Warn when the share of rejects is higher by this than in the last 20 runs."""

    feed_pages: Annotated[int, Field(ge=1), FEEDS] = 500
    """Pages that one run fetches at most; the next run goes on from there."""
    feed_delay: Annotated[float, Field(ge=0), FEEDS] = 1.0
    """Seconds between two requests to one host, unless its robots.txt asks for more."""
    feed_timeout: Annotated[float, Field(gt=0), FEEDS] = 30.0
    """Seconds that one request may take in all."""
    feed_mb: Annotated[float, Field(gt=0), FEEDS] = 10.0
    """Largest answer that is read, in megabytes."""
    feed_keep_days: Annotated[float, Field(ge=0), FEEDS] = 30.0
    """How long fetched pages are kept as they were received."""
    feed_private: Annotated[bool, FLAG, FEEDS] = False
    """Allow addresses of this machine and its own network."""

    @field_validator("map")
    @classmethod
    def _pairs(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if len(dict(_pair(text) for text in given)) < len(given) or not all(all(_pair(text)) for text in given):
            message = f"takes OURS=THEIRS once a field, such as text=body; it was given {' '.join(given)}"
            raise ValueError(message)
        return given

    @model_validator(mode="after")
    def _window(self) -> Self:
        if self.since and self.until and self.since > self.until:
            message = f"--since {self.since} is later than --until {self.until}"
            raise ValueError(message)
        return self

    @property
    def mapping(self) -> dict[str, str]:
        """Our field -> the source's name for it."""
        return dict(_pair(text) for text in self.map)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the library's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (the same)
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, environment, file, in this order."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_file())


def in_force(flags: Settings | None = None, **more: Any) -> Settings:  # noqa: ANN401  (values of any field)
    """The settings in force: what the command line gave above environment and file; None counts as not given.

    Raises:
        UsageError: a value that cannot be, or a field that does not exist; the message says where it was given.
    """
    chosen = {name: getattr(flags, name) for name in flags.model_fields_set} if flags else {}
    try:
        return Settings(**{**chosen, **{name: value for name, value in more.items() if value is not None}})
    except ValidationError as error:
        raise UsageError(fault_of(error)) from error
    except ValueError as error:
        message = f"{config_file()} is no TOML file: {error}"
        raise UsageError(message) from error


def fault_of(error: Exception) -> str:
    """What is wrong with a setting, in the words of the command line; other errors are told as they are."""
    if isinstance(error.__cause__, ValidationError):
        error = error.__cause__
    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(_fault(fault) for fault in error.errors())


def config_file() -> Path:
    """The settings file: the one that DATELINE_CONFIG names, else dateline.toml in the current folder."""
    return Path(os.environ.get(CONFIG_VARIABLE) or DEFAULT_CONFIG)


def _fault(fault: Mapping[str, Any]) -> str:
    name = ".".join(str(part) for part in fault["loc"])
    message = str(fault["msg"]).removeprefix("Value error, ")
    if fault["type"] == "extra_forbidden":
        return f"{config_file()} has a setting {name!r} that does not exist: dateline config lists them"
    if not name:
        return message
    flag = f"--{name.replace('_', '-')}"
    if message.startswith(PYDANTIC):
        return f"{flag} {message.removeprefix(PYDANTIC)}; it was {str(fault['input'])!r}"
    return f"{flag}: {message}"


def _pair(text: str) -> tuple[str, str]:
    ours, _, theirs = text.partition("=")
    return ours, theirs


def _is_text(value: object) -> bool:
    return isinstance(value, str)
