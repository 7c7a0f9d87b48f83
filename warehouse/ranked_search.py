"""Search by the index: BM25 over the stems of the words."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import log

import duckdb

from warehouse.index_file import NoIndexError, open_index, opened
from warehouse.reader import Reader
from warehouse.search_query import Filters, Match, Part, Ranking, Word, phrase_pattern
from warehouse.words import NoStemmerError, load_stemmer

KNOWN = "SELECT folded, stem_no FROM word WHERE folded IN (SELECT unnest($words::VARCHAR[])) GROUP BY ALL"
BY_STEM = "SELECT min(stem_no) FROM word WHERE stem = stem($word, 'english')"
SPELLINGS = "SELECT word, folded, stem_no FROM word WHERE stem_no IN (SELECT unnest($stems::INTEGER[]))"
COUNTS = """
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
        stems = self._stems()
        known = [part for part in self.parts if all(word.folded in stems for word in part.words)]
        wanted = [part for part in self.parts if not part.is_excluded]
        unknown = tuple(part.written for part in wanted if part not in known)
        if unknown:
            return Ranking([], 0, unknown, ())
        self._rank(wanted, [part for part in known if part.is_excluded and not part.is_phrase], stems, filters)
        spellings = self._spellings(known, stems)
        matches = self._matches(wanted, stems, spellings)
        phrases = [part for part in known if part.is_phrase]
        if not phrases:
            ((total,),) = self.index.execute(TOTAL).fetchall()
            page = self.index.execute(PAGE, {"limit": limit, "offset": offset}).fetchall()
            return Ranking(page, total, (), matches)
        ranked = self.index.execute(PAGE, {"limit": ALL, "offset": 0}).fetchall()
        for phrase in phrases:
            holding = self._holding(phrase, spellings[phrase], [article for article, _ in ranked])
            ranked = [row for row in ranked if (row[0] in holding) != phrase.is_excluded]
        return Ranking(ranked[offset : offset + limit], len(ranked), (), matches)

    def _stems(self) -> dict[str, int]:
        """The number of the stem of every word of the query that any article holds in any form, by the folded word.

        The words of a phrase are taken as they are written. The stemmer is loaded, which takes its time, only where
        a form of a word stands nowhere.
        """
        words = {word.folded for part in self.parts for word in part.words}
        stems: dict[str, int] = dict(self.index.execute(KNOWN, {"words": sorted(words)}).fetchall())
        loose = {word.folded for part in self.parts if not part.is_phrase for word in part.words}
        new = sorted(loose - stems.keys())
        if new:
            load_stemmer(self.index)
        for word in new:
            ((stem,),) = self.index.execute(BY_STEM, {"word": word}).fetchall()
            if stem is not None:
                stems[word] = stem
        return stems

    def _rank(
        self, wanted: Sequence[Part], unwanted: Sequence[Part], stems: Mapping[str, int], filters: Filters
    ) -> None:
        """Make the table `ranked`: the articles that hold the stems of all wanted parts and of no unwanted one."""
        chosen = {"stems": _numbers(wanted, stems), "without": _numbers(unwanted, stems)}
        self.index.execute(RANK, {**chosen, **asdict(filters)})

    def _spellings(self, parts: Sequence[Part], stems: Mapping[str, int]) -> dict[Part, Spellings]:
        """How the words of each part are written in the articles: in any form, those of a phrase in this form only."""
        rows = self.index.execute(SPELLINGS, {"stems": _numbers(parts, stems)}).fetchall()

        def of(word: Word, part: Part) -> frozenset[str]:
            if part.is_phrase:
                return frozenset(written for written, folded, _ in rows if folded == word.folded)
            return frozenset(written for written, _, stem in rows if stem == stems[word.folded])

        return {part: tuple(of(word, part) for word in part.words) for part in parts}

    def _matches(
        self, wanted: Sequence[Part], stems: Mapping[str, int], spellings: Mapping[Part, Spellings]
    ) -> tuple[Match, ...]:
        """What to look for in the texts; a word weighs the more the fewer articles hold it."""
        counts = self.index.execute(COUNTS, {"stems": _numbers(wanted, stems)}).fetchall()
        weight = {stem: log(1 + articles / holding) for stem, holding, articles in counts}
        return tuple(Match(spellings[part], sum(weight[stems[word.folded]] for word in part.words)) for part in wanted)

    def _holding(self, phrase: Part, spellings: Spellings, articles: Sequence[str]) -> set[str]:
        """Those of the articles that hold a phrase."""
        pattern = phrase_pattern(phrase, [sorted(choices) for choices in spellings])
        rows = self.reader.rows(HAVING_PHRASE, {"articles": " ".join(articles), "pattern": pattern})
        return {str(article) for (article,) in rows}


def _numbers(parts: Sequence[Part], stems: Mapping[str, int]) -> list[int]:
    return sorted({stems[word.folded] for part in parts for word in part.words})
