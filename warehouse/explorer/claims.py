"""A claim: what it says, and what the codebook says of its values."""

from dataclasses import dataclass
from datetime import date

from schemas.codebook import MODALITY, STATUS, TOPIC
from warehouse.reader import Reader

CLAIM = """
SELECT claim_key, topic, status, subject, subject_actor_id, object, object_actor_id, unit, counted,
       lowest_value, highest_value, dated_from, dated_to, modality, stories, stories_denying, tellings,
       first_told_on, last_told_on
FROM mart.claims WHERE claim_key = $claim
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as mart.claims has it."""

    claim_key: str
    topic: str
    status: str | None
    subject: str | None
    subject_actor_id: str | None
    object: str | None
    object_actor_id: str | None
    unit: str | None
    counted: str | None
    lowest_value: float | None
    highest_value: float | None
    dated_from: date | None
    dated_to: date | None
    modality: str
    stories: int
    stories_denying: int
    tellings: int
    first_told_on: date | None
    last_told_on: date | None

    @property
    def topic_means(self) -> str:
        """What the codebook says of its topic."""
        return TOPIC[self.topic].definition if self.topic in TOPIC else ""

    @property
    def subject_means(self) -> str:
        """Who the subject of its topic is."""
        return TOPIC[self.topic].subject if self.topic in TOPIC else ""

    @property
    def object_means(self) -> str:
        """Who the object of its topic is."""
        return TOPIC[self.topic].object if self.topic in TOPIC else ""

    @property
    def status_means(self) -> str:
        """What the codebook says of its status."""
        return STATUS[self.status].definition if self.status and self.status in STATUS else ""

    @property
    def modality_means(self) -> str:
        """What the codebook says of how it is vouched for."""
        return MODALITY[self.modality].definition if self.modality in MODALITY else ""


def read_claim(reader: Reader, claim_key: str) -> Claim | None:
    """The claim of a key, or None where there is none."""
    found = reader.rows(CLAIM, {"claim": claim_key})
    return Claim(*found[0]) if found else None  # type: ignore[arg-type]  # the query's columns are the fields
