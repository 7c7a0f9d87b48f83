"""The reference tables of claims, compiled once for all batches."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from flows.normalise.claims.forms import noun_forms, verb_forms
from flows.normalise.claims.letters import LETTERS, RECEIVING


@dataclass(frozen=True, slots=True)
class ClaimRules:
    """What the extraction of claims knows.

    Attributes:
        lexicon: one row a written form: `form`, `letter`, `verb`, `inflection`, `noun`, `is_party`,
            `is_people`, `is_one` (a single person), `is_event`: a predicate, such as deaths, which are nobody.
        predicates: `word`, `part_of_speech`, `frame`, `status`, and of its topics `topic`, `fit`.
        dying: verbs without an object, of people who die.
        slots: `frame`, `slot`, `role`, `any_noun`.
        topic_slots: `topic`, `slot`, `role`, `any_noun`: the places of the figure itself.
        cues: `cue`, `part_of_speech`, `applies`, `topic`, `weight`.
        modalities: `form`, `modality`.
        shifts: `topic`, `status`, `modality`, `becomes`.
        placing: a regex for a preposition, and what may part it from its name, at the end of a text.
    """

    lexicon: pl.DataFrame
    predicates: pl.DataFrame
    dying: pl.Series
    slots: pl.DataFrame
    topic_slots: pl.DataFrame
    cues: pl.DataFrame
    modalities: pl.DataFrame
    shifts: pl.DataFrame
    placing: str


def compile_claim_rules(reference: Mapping[str, pl.DataFrame]) -> ClaimRules:
    """Compile the reference tables of claims."""
    fits = reference["claim_topic_frame"].rename({"weight": "fit"})
    return ClaimRules(
        lexicon=_lexicon(reference),
        predicates=reference["claim_predicate"].join(fits, on="frame"),
        dying=reference["claim_predicate"].filter(pl.col("frame").is_in(["die", "vanish"]))["word"],
        slots=reference["claim_frame"],
        topic_slots=reference["claim_topic_slot"].with_columns(any_noun=pl.lit(value=True)),
        cues=reference["claim_cue"],
        modalities=reference["claim_modality"].rename({"cue": "form"}),
        shifts=reference["claim_status_shift"],
        placing=_placing(reference["claim_word"]),
    )


def _placing(words: pl.DataFrame) -> str:
    """A preposition with articles behind it, at the end of a text."""
    classes = dict(zip(words["word"], words["word_class"].replace_strict(LETTERS), strict=True))
    prepositions = "|".join(word for word, letter in classes.items() if letter in RECEIVING)
    articles = "|".join(word for word, letter in classes.items() if letter == LETTERS["determiner"])
    return rf"(?i)\b(?:{prepositions})\s+(?:(?:{articles})\s+)*$"


def _lexicon(reference: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Every known form once: function words keep their class, verbs and nouns their lemma."""
    words = reference["claim_word"].select(
        form="word", letter=pl.col("word_class").replace_strict(LETTERS, return_dtype=pl.String)
    )
    verbs = verb_forms(reference["claim_verb"])
    people = reference["person_noun"]["noun"]
    parties = pl.concat([reference["claim_party_noun"]["noun"], people]).unique()
    crowd = pl.concat([reference["claim_party_noun"].filter(kind="people")["noun"], people]).unique()
    cues = reference["claim_cue"].filter(part_of_speech="noun")["cue"]
    nouns = reference["claim_predicate"].filter(part_of_speech="noun")["word"]
    known = noun_forms(pl.concat([parties, cues, nouns]).unique().sort(), reference["irregular_plural"])
    return (
        words.join(verbs, on="form", how="full", coalesce=True)
        .join(known, on="form", how="full", coalesce=True)
        .with_columns(
            is_party=pl.col("noun").is_in(parties.implode()).fill_null(value=False),
            is_people=pl.col("noun").is_in(crowd.implode()).fill_null(value=False),
            is_one=(pl.col("form") == pl.col("noun")) & pl.col("noun").is_in(people.implode()),
            is_event=pl.col("noun").is_in(nouns.implode()).fill_null(value=False),
        )
        .unique("form", keep="first", maintain_order=True)
    )
