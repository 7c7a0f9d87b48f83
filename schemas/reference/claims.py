"""Contracts of the reference tables by which claims are bound: words, predicates, frames, cues."""

from collections.abc import Mapping
from typing import Final

import pandera.polars as pa

from schemas.codebook import MODALITY, STATUS, TOPIC
from schemas.contract import Contract

WORD_CLASS: Final[Mapping[str, str]] = {
    "determiner": "opens a noun phrase: the, this, its",
    "pronoun": "stands for somebody",
    "of": "of",
    "to": "names a receiver or a direction, or opens an infinitive",
    "for": "names a receiver or a purpose",
    "from": "names a giver or an origin",
    "by": "names the doer of a passive",
    "against": "names an opponent",
    "on": "names what money goes into",
    "in": "names a place or a field",
    "with": "names company",
    "preposition": "any other preposition",
    "and": "joins phrases of one kind",
    "relative": "opens a clause about the noun before it, or the content of a statement",
    "break": "opens another clause",
    "be": "a form of be: makes passives",
    "have": "a form of have",
    "do": "a form of do",
    "modal": "a modal verb",
    "not": "a negation",
    "adverb": "stands anywhere between the others",
    "quantity": "stands between a figure and its noun",
}

FIGURE_CLASS: Final[Mapping[str, str]] = {
    "money": "amounts of a currency",
    "share": "percentages and fractions",
    "people": "counts of people",
    "thing": "other counts and measures",
    "bare": "counts without a noun",
    "tally": "counts of two sides",
}

SLOT: Final[Mapping[str, str]] = {
    "agent": "the noun phrase before an active predicate",
    "patient": "the noun phrase before a passive predicate, or behind an active one, the figure's own excepted",
    "counted": "the noun phrase that the figure counts",
    "compound": "the words of a compound before its head: oil prices",
    "possessor": "the possessive before the figure or the predicate",
    "by": "behind by",
    "to": "behind to",
    "for": "behind for",
    "from": "behind from",
    "against": "behind against",
    "on": "behind on",
    "with": "behind with",
    "in": "behind in",
    "of": "behind of",
    "purpose": "the object of an infinitive: to assist the army",
}

FIGURE_SLOT: Final[Mapping[str, str]] = {
    "counted": "the noun phrase that the figure counts",
    "owner": "the actor in that phrase",
    "possessor": "the possessive before the figure",
    "compound": "the words of a compound before the head of its phrase",
    "listed": "the name before the figure in a list: Greece, 65 percent",
    "gapped": "the same where the name does what the verb before says: Japan pledged 2 billion, Norway 1 billion",
    "to": "what the figure is given to without a verb",
    "for": "what the figure is for without a verb",
}

PART_OF_SPEECH: Final = ("verb", "noun", "word")


class ClaimWord(Contract):
    """Function words by which clauses and noun phrases are cut. Source: English grammars."""

    class Config:
        """The table and its key."""

        name = "claim_word"
        metadata = {"key": ("word",)}

    word: str = pa.Field(unique=True, str_length={"min_value": 1}, description="in lower case")
    word_class: str = pa.Field(isin=list(WORD_CLASS), description="what it does in a clause")


class ClaimVerb(Contract):
    """Verbs with the forms that the rules of spelling do not give. Source: English grammars."""

    class Config:
        """The table and its key."""

        name = "claim_verb"
        metadata = {"key": ("verb",)}

    verb: str = pa.Field(unique=True, str_matches=r"^[a-z-]+$", description="the infinitive")
    past: str = pa.Field(nullable=True, description="past tense, where irregular")
    participle: str = pa.Field(nullable=True, description="past participle, where irregular")


class ClaimPredicate(Contract):
    """Verbs and nouns that bind a figure to its parties, with the status that they tell."""

    class Config:
        """The table and its key."""

        name = "claim_predicate"
        metadata = {"key": ("word", "part_of_speech", "frame", "status")}

    word: str = pa.Field(str_length={"min_value": 1}, description="infinitive or singular")
    part_of_speech: str = pa.Field(isin=list(PART_OF_SPEECH[:2]), description="verb or noun")
    frame: str = pa.Field(description="who plays which role beside it, in `claim_frame`")
    status: str = pa.Field(isin=list(STATUS), nullable=True, description="the status that it tells")


class ClaimFrame(Contract):
    """Which place beside a predicate holds which party."""

    class Config:
        """The table and its key."""

        name = "claim_frame"
        metadata = {"key": ("frame", "slot")}

    frame: str = pa.Field(description="the frame's name")
    slot: str = pa.Field(isin=list(SLOT), description="the place")
    role: str = pa.Field(isin=["subject", "object"], description="the party that stands there")
    any_noun: bool = pa.Field(description="takes any noun; otherwise a known actor or a noun for one")


class ClaimTopicFrame(Contract):
    """Which frames a topic's figures may stand in."""

    class Config:
        """The table and its key."""

        name = "claim_topic_frame"
        metadata = {"key": ("topic", "frame")}

    topic: str = pa.Field(isin=list(TOPIC), description="the topic")
    frame: str = pa.Field(description="the frame")
    weight: float = pa.Field(gt=0, description="how well it fits: the best fitting of near predicates binds")


class ClaimTopicSlot(Contract):
    """Which place of the figure itself holds which party, by topic: 12 people, Germany's $3 billion."""

    class Config:
        """The table and its key."""

        name = "claim_topic_slot"
        metadata = {"key": ("topic", "slot")}

    topic: str = pa.Field(isin=list(TOPIC), description="the topic")
    slot: str = pa.Field(isin=list(FIGURE_SLOT), description="the place")
    role: str = pa.Field(isin=["subject", "object"], description="the party that stands there")
    is_last: bool = pa.Field(description="asked only where no predicate names the party")


class ClaimCue(Contract):
    """Words that tell the topic of a figure near them."""

    class Config:
        """The table and its key."""

        name = "claim_cue"
        metadata = {"key": ("cue", "part_of_speech", "applies", "topic")}

    cue: str = pa.Field(str_length={"min_value": 1}, description="infinitive, singular, or the word as it stands")
    part_of_speech: str = pa.Field(isin=list(PART_OF_SPEECH), description="verb, noun, or word for any form")
    applies: str = pa.Field(isin=list(FIGURE_CLASS), description="for which figures it tells something")
    topic: str = pa.Field(isin=list(TOPIC), description="the topic that it speaks for")
    weight: float = pa.Field(gt=0, description="how strongly, beside the figure; less with distance")


class ClaimPartyNoun(Contract):
    """Common nouns that name a party: a government, a company, gunmen."""

    class Config:
        """The table and its key."""

        name = "claim_party_noun"
        metadata = {"key": ("noun",)}

    noun: str = pa.Field(unique=True, str_length={"min_value": 1}, description="singular, in lower case")
    kind: str = pa.Field(isin=["body", "people"], description="a body that acts, or people")


class ClaimModality(Contract):
    """Words that tell how the text vouches for what it says."""

    class Config:
        """The table and its key."""

        name = "claim_modality"
        metadata = {"key": ("cue", "modality")}

    cue: str = pa.Field(str_length={"min_value": 1}, description="in lower case")
    modality: str = pa.Field(isin=list(MODALITY), description="what it says")
    reach: float = pa.Field(gt=0, description="breaks between it and the figure, at most: a comma is 0.4, a clause 1")


class ClaimStatusShift(Contract):
    """What a status becomes under a modality: what will be given is not given yet."""

    class Config:
        """The table and its key."""

        name = "claim_status_shift"
        metadata = {"key": ("topic", "status", "modality")}

    topic: str = pa.Field(isin=list(TOPIC), description="the claim's topic")
    status: str = pa.Field(isin=list(STATUS), description="what the predicate says")
    modality: str = pa.Field(isin=list(MODALITY), description="the claim's modality")
    becomes: str = pa.Field(isin=list(STATUS), description="the claim's status")


CLAIM_TABLES: tuple[type[Contract], ...] = (
    ClaimWord,
    ClaimVerb,
    ClaimPredicate,
    ClaimFrame,
    ClaimTopicFrame,
    ClaimTopicSlot,
    ClaimCue,
    ClaimPartyNoun,
    ClaimModality,
    ClaimStatusShift,
)
"""The reference tables of claims."""
