"""Search by the index: BM25 over the stems of the words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import log

import duckdb

from warehouse.index_file import NoIndexError, open_index, opened
from warehouse.reader import Reader
from warehouse.search_query import Filters, Match, Part, Ranking, phrase_pattern
from warehouse.words import NoStemmerError, load_stemmer

SPELLINGS = """
SELECT word, folded, stem_no FROM word
WHERE stem_no IN (SELECT stem_no FROM word WHERE folded IN (SELECT unnest($words::VARCHAR[])))
"""
SPELLINGS_OF_STEM = "SELECT word, folded, stem_no FROM word WHERE stem = stem($word, 'english')"
HOLDING = """
SELECT stem_no, count(*), (SELECT count(*) FROM article) FROM posting
WHERE stem_no IN (SELECT unnest($stems::INTEGER[])) GROUP BY stem_no
"""
RANK = """
CREATE OR REPLACE TEMP TABLE ranked AS
WITH hit AS (
    SELECT *, count(*) OVER (PARTITION BY stem_no) AS holding
    FROM posting WHERE stem_no IN (SELECT unnest($stems::INTEGER[]))
), whole AS (SELECT count(*) AS articles, avg(word_count) AS usual FROM article)
SELECT article_id, published_on,
       round(sum(ln((articles - holding + 0.5) / (holding + 0.5) + 1)
                 * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * word_count / usual))), 6) AS score
FROM hit JOIN article USING (article_no), whole
WHERE ($since::DATE IS NULL OR published_on >= $since) AND ($until::DATE IS NULL OR published_on <= $until)
  AND ($source::VARCHAR IS NULL OR lower(source_name) = lower($source))
  AND article_no NOT IN (SELECT article_no FROM posting WHERE stem_no IN (SELECT unnest($without::INTEGER[])))
GROUP BY ALL HAVING count(*) = len($stems::INTEGER[])
"""
"""Okapi BM25 with k1 = 1.2 and b = 0.75; rounded, so that the order of adding does not decide between equals."""
TOTAL = "SELECT count(*) FROM ranked"
PAGE = """
SELECT article_id, score FROM ranked ORDER BY score DESC, published_on DESC NULLS LAST, article_id
LIMIT $limit OFFSET $offset
"""
HAVING_PHRASE = """
SELECT article_id FROM main.dim_article JOIN main.article_text USING (article_id)
WHERE article_id IN (SELECT unnest(string_split($articles, ' ')))
  AND (regexp_matches(text, $pattern) OR regexp_matches(title, $pattern))
"""
ALL = 2**62
"""A limit that is none."""

Spellings = tuple[frozenset[str], ...]
"""For each word of a part, how it is written in the articles."""


def find_ranked(reader: Reader, parts: Sequence[Part], filters: Filters, limit: int, offset: int) -> Ranking:
    """Rank the articles that hold all parts.

    Raises:
        NoIndexError: no index, or none of this version, or the stemmer that it needs is missing.
    """
    with open_index(*opened(reader)) as connection:
        try:
            return _Search(connection, reader, parts).run(filters, limit, offset)
        except (duckdb.Error, NoStemmerError) as error:
            message = f"the search index cannot be used: {str(error).splitlines()[0]}"
            raise NoIndexError(message) from error


@dataclass(slots=True)
class _Search:
    """One search: the index, the warehouse, and the parts of the query."""

    index: duckdb.DuckDBPyConnection
    reader: Reader
    parts: Sequence[Part]

    def run(self, filters: Filters, limit: int, offset: int) -> Ranking:
        """Look up the words, rank by stems, then keep what has the phrases."""
        words = self._look_up()
        known = [part for part in self.parts if all(word.folded in words.stems for word in part.words)]
        wanted = [part for part in self.parts if not part.is_excluded]
        unknown = tuple(part.written for part in wanted if part not in known)
        if unknown:
            return Ranking([], 0, unknown, ())
        self._rank(wanted, [part for part in known if part.is_excluded and not part.is_phrase], words, filters)
        matches = self._matches(wanted, words)
        phrases = [part for part in known if part.is_phrase]
        if not phrases:
            ((total,),) = self.index.execute(TOTAL).fetchall()
            page = self.index.execute(PAGE, {"limit": limit, "offset": offset}).fetchall()
            return Ranking(page, total, (), matches)
        ranked = self.index.execute(PAGE, {"limit": ALL, "offset": 0}).fetchall()
        for phrase in phrases:
            holding = self._holding(phrase, words.of(phrase), [article for article, _ in ranked])
            ranked = [row for row in ranked if (row[0] in holding) != phrase.is_excluded]
        return Ranking(ranked[offset : offset + limit], len(ranked), (), matches)

    def _look_up(self) -> "_Words":
        """The stems and spellings of the query's words, where any article holds one in any form.

        The words of a phrase are taken as they are written. The stemmer is loaded, which takes its time, only where
        this form of a word stands nowhere.
        """
        words = {word.folded for part in self.parts for word in part.words}
        rows = self.index.execute(SPELLINGS, {"words": sorted(words)}).fetchall()
        stems = {folded: stem for _, folded, stem in rows if folded in words}
        new = {word.folded for part in self.parts if not part.is_phrase for word in part.words} - stems.keys()
        if new:
            load_stemmer(self.index)
        for word in sorted(new):
            forms = self.index.execute(SPELLINGS_OF_STEM, {"word": word}).fetchall()
            if forms:
                stems[word] = forms[0][2]
                rows += forms
        return _Words(stems, rows)

    def _rank(self, wanted: Sequence[Part], unwanted: Sequence[Part], words: "_Words", filters: Filters) -> None:
        """Make the table `ranked`: the articles that hold the stems of all wanted parts and of no unwanted one."""
        chosen = {"stems": words.numbers(wanted), "without": words.numbers(unwanted)}
        self.index.execute(RANK, {**chosen, **asdict(filters)})

    def _matches(self, wanted: Sequence[Part], words: "_Words") -> tuple[Match, ...]:
        """What to look for in the texts; a word weighs the more the fewer articles hold it."""
        if len(wanted) == 1:
            return (Match(words.of(wanted[0]), 1.0),)
        counts = self.index.execute(HOLDING, {"stems": words.numbers(wanted)}).fetchall()
        weight = {stem: log(1 + articles / holding) for stem, holding, articles in counts}
        return tuple(Match(words.of(part), sum(weight[stem] for stem in words.numbers([part]))) for part in wanted)

    def _holding(self, phrase: Part, spellings: Spellings, articles: Sequence[str]) -> set[str]:
        """Those of the articles that hold a phrase."""
        pattern = phrase_pattern(phrase, [sorted(choices) for choices in spellings])
        rows = self.reader.rows(HAVING_PHRASE, {"articles": " ".join(articles), "pattern": pattern})
        return {str(article) for (article,) in rows}


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a query in the index: the number of a stem by the folded word, and rows of SPELLINGS."""

    stems: Mapping[str, int]
    rows: Sequence[tuple[str, str, int]]

    def of(self, part: Part) -> Spellings:
        """How the words of a part are written in the articles: in any form, those of a phrase in this form only."""
        if part.is_phrase:
            return tuple(frozenset(w for w, folded, _ in self.rows if folded == word.folded) for word in part.words)
        return tuple(frozenset(w for w, _, stem in self.rows if stem == self.stems[word.folded]) for word in part.words)

    def numbers(self, parts: Sequence[Part]) -> list[int]:
        """The numbers of the stems of parts."""
        return sorted({self.stems[word.folded] for part in parts for word in part.words})
