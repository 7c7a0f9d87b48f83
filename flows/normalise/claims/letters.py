"""The class of each word of a clause, written as one letter, so that patterns over clauses are regexes over letters."""

from typing import Final

LETTERS: Final = {
    "determiner": "a",
    "pronoun": "q",
    "of": "o",
    "to": "t",
    "for": "f",
    "from": "r",
    "by": "y",
    "against": "z",
    "on": "j",
    "in": "i",
    "with": "h",
    "preposition": "p",
    "and": "d",
    "relative": "R",
    "break": "b",
    "be": "B",
    "have": "H",
    "do": "x",
    "modal": "O",
    "not": "N",
    "adverb": "e",
    "quantity": "m",
}
"""The letters of the function words of `claim_word`."""

FIGURE, DATE, MENTION, PARTY, NOUN = "F", "D", "M", "P", "w"
VERB, PARTICIPLE, GERUND = "V", "v", "g"
RECEIVING: Final = "ipjftz"
"""Prepositions behind which a name is a place, a purpose or a receiver, and does nothing."""
POSSESSIVE, COMMA, STOP, NUMBER = "s", "c", "k", "n"
OPENING, CLOSING = "L", "J"

PHRASE: Final = f"[am]*(?:[{MENTION}{PARTY}{NOUN}{GERUND}{NUMBER}]{POSSESSIVE}?)*[{MENTION}{PARTY}{NOUN}]"
"""A noun phrase: articles and quantities, words and possessives, a noun."""
AUXILIARIES: Final = "[BHOxNeD]*"
"""What stands before a verb as a part of it, adverbs included."""
