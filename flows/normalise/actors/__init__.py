"""Actors: who the article speaks of, found by tables and by the text, resolved to one identity."""

from flows.normalise.actors.extract import ActorFacts, extract_actors
from flows.normalise.actors.rules import ActorRules, compile_actor_rules

__all__ = ["ActorFacts", "ActorRules", "compile_actor_rules", "extract_actors"]
