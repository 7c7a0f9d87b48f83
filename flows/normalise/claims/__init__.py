"""Claims: a figure bound to its topic, parties, status, modality and date."""

from flows.normalise.claims.extract import ClaimFacts, extract_claims
from flows.normalise.claims.rules import ClaimRules, compile_claim_rules
from flows.normalise.claims.stage import stage_claims

__all__ = ["ClaimFacts", "ClaimRules", "compile_claim_rules", "extract_claims", "stage_claims"]
