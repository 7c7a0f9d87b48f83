"""The closed vocabularies: each value with its definition. Contracts take the keys; the data dictionary prints both."""

from collections.abc import Mapping
from typing import Final

TIMEX_TYPE: Final[Mapping[str, str]] = {
    "DATE": "a calendar point or period of a day or longer (ISO-TimeML)",
    "TIME": "a point or part of a day (ISO-TimeML)",
    "DURATION": "a length of time, anchored or not (ISO-TimeML)",
    "SET": "a recurring time (ISO-TimeML)",
}

TIMEX_MOD: Final[Mapping[str, str]] = {
    "BEFORE": "earlier than the value",
    "AFTER": "later than the value",
    "ON_OR_BEFORE": "not later than the value",
    "ON_OR_AFTER": "not earlier than the value",
    "LESS_THAN": "shorter than the value",
    "MORE_THAN": "longer than the value",
    "EQUAL_OR_LESS": "at most as long as the value",
    "EQUAL_OR_MORE": "at least as long as the value",
    "START": "the beginning of the value",
    "MID": "the middle of the value",
    "END": "the end of the value",
    "APPROX": "about the value",
}

GRANULARITY: Final[Mapping[str, str]] = {
    "time": "finer than a day",
    "day": "a day",
    "weekend": "a weekend",
    "week": "a week",
    "month": "a month",
    "quarter": "a quarter of a year",
    "half": "half a year",
    "season": "a season",
    "year": "a year, fiscal years included",
    "decade": "ten years",
    "century": "a hundred years",
    "millennium": "a thousand years",
    "none": "no calendar unit (PRESENT_REF, PAST_REF, FUTURE_REF, vague durations)",
}

DATE_RESOLUTION: Final[Mapping[str, str]] = {
    "explicit": "the text alone says it",
    "publication": "counted from the day of publication",
    "context": "counted from another date of the same article",
    "event": "dated by a named event of the table of world events; TimeML does not annotate these",
    "vague": "cannot be placed: the TIMEX3 value keeps what is known (XXXX-..), the dates are null",
}

BOUND: Final[Mapping[str, str]] = {
    "exact": "the value as it stands",
    "about": "near the value",
    "over": "more than the value",
    "under": "less than the value",
    "at_least": "the value or more",
    "at_most": "the value or less",
    "range": "between value_low and value_high",
}

DIRECTION: Final[Mapping[str, str]] = {
    "up": "the figure rose, or is an amount by which something rose",
    "down": "the figure fell, or is an amount by which something fell",
}

DIMENSION: Final[Mapping[str, str]] = {
    "money": "an amount of a currency; unit is ISO 4217",
    "percent": "a share or rate in hundredths, percentage points and basis points included",
    "count": "how many; `counted` holds the noun",
    "tally": "a vote or seat count of two sides",
    "ratio": "a relation of two numbers, a fraction or a multiple",
    "duration": "a length of time",
    "age": "how old somebody or something is",
    "length": "a length, height, depth or distance",
    "area": "an area",
    "volume": "a volume, barrels included",
    "mass": "a mass or weight",
    "speed": "a speed",
    "temperature": "a temperature",
    "energy": "an energy",
    "power": "a power",
    "force": "a force or torque",
    "pressure": "a pressure",
    "data": "an amount of data or a data rate",
    "frequency": "a frequency",
    "electric": "a voltage, current or charge",
    "angle": "an angle or a geographic degree",
    "magnitude": "a place on a scale, such as an earthquake's magnitude",
    "compound": "any other combination of units, such as miles per gallon",
}

ACTOR_KIND: Final[Mapping[str, str]] = {
    "person": "a person",
    "organisation": "an organisation, government, company, party or armed group",
    "country": "a country or territory with an ISO 3166-1 code, or a former one",
    "place": "any other place",
    "group": "a nationality, religion, ethnic or political group of people",
}

MENTION_TYPE: Final[Mapping[str, str]] = {
    "name": "a proper name: Biden, U.S., NATO",
    "composite": "an actor of its own around a name: the Biden administration, U.S. officials, Russian forces",
    "nominal": "a common noun that stands for a named actor: the general, the alliance",
}

ACTOR_RESOLUTION: Final[Mapping[str, str]] = {
    "reference": "a name or alias of the reference tables, the only actor who bears it",
    "user": "a name or alias of the tables that the user brought",
    "context": "one of several bearers of the name, chosen by the context",
    "office": "the holder of an office on the article's day",
    "short": "a short form of a name that the same article gives in full",
    "acronym": "an acronym that the same article defines",
    "composite": "built around the name of another actor",
    "discovered": "found in the text, unknown to the tables",
}

ACTOR_ORIGIN: Final[Mapping[str, str]] = {
    "reference": "the reference tables shipped with Dateline",
    "user": "tables that the user brought",
    "discovered": "found in the articles",
}

PUBLISHED_FROM: Final[Mapping[str, str]] = {
    "header": "a header line above the text",
    "field": "a field of the source's record",
    "html": "the page's metadata",
    "feed": "the feed's entry",
    "filename": "the name of the file",
    "none": "nothing says when it was published",
}

EXTRACTION: Final[Mapping[str, str]] = {
    "done": "facts were extracted",
    "language": "not English: stored without facts",
    "too_long": "longer than the extraction's limit: stored without facts",
}

ARTICLE_STATE: Final[Mapping[str, str]] = {
    "loaded": "its facts are in the warehouse",
    "stale": "its facts are in the warehouse and are to be made anew: its batch failed",
    "rejected": "it was refused; etl.reject says why",
    "pruned": "its sources vanished and its facts were taken out; it is loaded again when it comes back",
    "forgotten": "everything of it was removed on request; it is never loaded again",
}

SOURCE_STATE: Final[Mapping[str, str]] = {
    "read": "read to its end",
    "rejected": "could not be read; etl.reject says why",
    "failed": "a batch with articles of it failed; the next run reads it again",
    "partial": "read, and some of its articles left for a later run (--since, --until, --limit)",
    "gone": "was there in an earlier run and is no longer",
}

RUN_STATE: Final[Mapping[str, str]] = {
    "published": "loaded and published",
    "unchanged": "nothing new: nothing published",
    "partial": "published, but some batches failed or a correction is unmet",
    "failed": "failed: nothing published",
    "held": "loaded, and not published yet: the next run publishes it",
    "rolled_back": "put an earlier published version back",
    "forgotten": "removed an article and every trace of it, and published",
}

CORRECTION_STATE: Final[Mapping[str, str]] = {
    "applied": "it stands in the facts, whose rule says `correction`",
    "unmet": "what it expects is not there, or its value cannot be: etl.reject says why, the fact is as extracted",
    "waiting": "its article is not in the warehouse",
}

CHECK_SEVERITY: Final[Mapping[str, str]] = {
    "blocking": "a bad row rolls the load back",
    "warning": "bad rows are reported, the load stands",
}

REJECT_SEVERITY: Final[Mapping[str, str]] = {
    "error": "the article, line or row is not in the warehouse",
    "warning": "the article is loaded without the part named here",
}

REJECT_REASON: Final[Mapping[str, str]] = {
    "empty_file": "a file without content",
    "binary_content": "NUL bytes or other content that is no text",
    "undecodable": "bytes that no declared or detected encoding can decode",
    "unreadable": "the file could not be opened or read",
    "broken_archive": "a compressed file that ends early or is damaged",
    "broken_table": "a CSV or Parquet file, or a row of one, that cannot be read",
    "bad_json": "a line that is not JSON",
    "not_an_object": "a line of JSON that is not an object",
    "missing_column": "a table without the column that holds the text",
    "missing_text": "a record without text",
    "empty_text": "a record or file whose text is empty or only white space",
    "bad_type": "a field of a type that cannot hold its value",
    "bad_date": "a date field that is no date; the article is loaded without it",
    "bad_header": "a header line that cannot be read; the article is loaded without it",
    "too_large": "an article above the limit of its size",
    "bomb": "a compressed file that expands beyond the limit",
    "no_article": "an HTML page without an article in it",
    "duplicate_id": "another article of the same identity was kept in this run",
    "contract": "a row that breaks its table's contract",
    "forgotten": "an article that was forgotten on request; no text of it is kept",
    "correction": "a correction whose expected value is not there, or whose value cannot be",
}

Vocabulary = Mapping[str, str]

VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "timex_type": TIMEX_TYPE,
    "timex_mod": TIMEX_MOD,
    "granularity": GRANULARITY,
    "date resolution": DATE_RESOLUTION,
    "bound": BOUND,
    "direction": DIRECTION,
    "dimension": DIMENSION,
    "actor_kind": ACTOR_KIND,
    "mention_type": MENTION_TYPE,
    "actor resolution": ACTOR_RESOLUTION,
    "origin": ACTOR_ORIGIN,
    "published_from": PUBLISHED_FROM,
    "extraction": EXTRACTION,
    "article state": ARTICLE_STATE,
    "source state": SOURCE_STATE,
    "run state": RUN_STATE,
    "correction state": CORRECTION_STATE,
    "check severity": CHECK_SEVERITY,
    "reject severity": REJECT_SEVERITY,
    "reject reason": REJECT_REASON,
}
"""All vocabularies by the name under which the data dictionary prints them."""
