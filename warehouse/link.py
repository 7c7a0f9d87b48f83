"""The link step: which articles are near-copies of one story, told anew after each load, free of the order of loads.

Two articles are near-copies where their signatures agree in AGREEING places, or where they agree in AGREEING_CUT and
the longer one holds the shorter but for a quarter: a copy that was cut. A story is what near-copies hold together,
directly or through others. All of it depends on the set of articles alone. A load tells anew the stories that its
articles were in or come into, and leaves the others as they are.

Measured on 3,788 news articles of 2017 against the exact share of common runs of five words: all pairs above 0.42 are
versions of one text (a wire's first and second report, another paper's copy); unrelated articles with the same
background paragraphs reach 0.37, and 0.6 of the shorter one. Of 400 of these articles, copies with another dateline and
without the last fifth are all found, copies cut to 60% all, to half 98%, to 40% 83%.
"""

import duckdb

from schemas.stories import SIGNATURE_DIGITS, SIGNATURE_PLACES

AGREEING = 29
"""Places of 64: 0.45 of the runs in common."""
AGREEING_CUT = 19
"""Places of 64: 0.3 of the runs in common, where one text holds most of the other."""
HELD = 0.75
"""The least share of the shorter text's runs that the longer one then holds."""

BAND = 2
"""Places that must agree side by side for two articles to be compared: a pair has 32 chances, and misses all of them
once in a thousand at AGREEING, once in twenty at AGREEING_CUT."""

NEIGHBOURS = 20
"""Of the articles that agree in a band, each is compared with so many on either side by their ids, and with the first
of all: ten thousand of one pattern (daily reports, tables of prices) are one story through each other all the same, and
take no hundred million comparisons."""

OPEN = """
DELETE FROM main.article_story
WHERE story_id IN (SELECT story_id FROM main.article_story SEMI JOIN {articles} USING (article_id))
"""
"""Take the stories apart that have an article of a table: all their members are without a story then."""

WITHOUT_STORY = """
CREATE OR REPLACE TEMP TABLE {name} AS
SELECT article_id FROM main.dim_article ANTI JOIN main.article_story USING (article_id)
"""

WORDINGS = """
CREATE OR REPLACE TEMP TABLE wording AS
SELECT article_id, min(article_id) OVER (PARTITION BY signature, word_count) AS speaker
FROM etl.article_signature JOIN main.dim_article USING (article_id)
WHERE signature IS NOT NULL
"""
"""Of articles with one wording a single one, the speaker, is compared: a thousand equal ones are no million pairs."""

COPIES = f"""
INSERT INTO copy
WITH signed AS (
    SELECT article_id, signature, word_count
    FROM etl.article_signature
    JOIN main.dim_article USING (article_id)
    SEMI JOIN (SELECT speaker AS article_id FROM wording) USING (article_id)
),
band AS (
    SELECT article_id, place, substring(signature, place * {SIGNATURE_DIGITS} + 1, {BAND * SIGNATURE_DIGITS}) AS digits
    FROM signed, range(0, {SIGNATURE_PLACES}, {BAND}) AS places (place)
),
sought AS (
    SELECT DISTINCT speaker AS article_id FROM wording SEMI JOIN {{articles}} USING (article_id)
),
shared AS (
    SELECT article_id, place, digits, row_number() OVER (PARTITION BY place, digits ORDER BY article_id) AS number
    FROM band SEMI JOIN (FROM band SEMI JOIN sought USING (article_id)) USING (place, digits)
    QUALIFY count(*) OVER (PARTITION BY place, digits) > 1
),
pair AS (
    SELECT one.article_id AS first_id, other.article_id AS second_id
    FROM (SELECT *, unnest(list_prepend(1, range(number + 1, number + {NEIGHBOURS + 1}))) AS beside FROM shared) AS one
    JOIN shared AS other ON other.place = one.place AND other.digits = one.digits AND other.number = one.beside
    WHERE other.number <> one.number
),
candidate AS (
    SELECT first_id AS article_id, second_id AS other_id
    FROM pair
    WHERE first_id IN (SELECT article_id FROM sought)
    UNION
    SELECT second_id, first_id FROM pair WHERE second_id IN (SELECT article_id FROM sought)
),
compared AS (
    SELECT
        article_id,
        other_id,
        len(list_filter(
            range({SIGNATURE_PLACES}),
            lambda place: substring(one.signature, place * {SIGNATURE_DIGITS} + 1, {SIGNATURE_DIGITS})
                = substring(other.signature, place * {SIGNATURE_DIGITS} + 1, {SIGNATURE_DIGITS})
        )) AS agreeing,
        one.word_count + other.word_count AS words,
        least(one.word_count, other.word_count) AS words_of_shorter
    FROM candidate
    JOIN signed AS one USING (article_id)
    JOIN signed AS other ON other.article_id = candidate.other_id
)
SELECT article_id, other_id
FROM compared
WHERE agreeing >= {AGREEING}
    OR agreeing >= {AGREEING_CUT}
    AND words * agreeing >= {HELD} * words_of_shorter * ({SIGNATURE_PLACES} + agreeing)
"""
"""Add the near-copies of the speakers of a table's articles.

Of a + b runs in two texts, of which they share the part j of all different ones, j / (1 + j) * (a + b) stand in both.
"""

JOINED = """(
    SELECT other_id AS article_id FROM copy
    UNION
    SELECT article_id FROM wording SEMI JOIN (FROM wording SEMI JOIN fresh USING (article_id)) USING (speaker)
)"""
"""The near-copies found and who says the same, most of them in stories that were told before."""

BESIDES = "(FROM loose ANTI JOIN fresh USING (article_id))"
"""The other members of those stories: their near-copies are to be found as well."""

EQUALS = """
INSERT INTO copy
WITH equal AS (FROM wording SEMI JOIN loose USING (article_id) WHERE article_id <> speaker)
SELECT article_id, speaker FROM equal UNION ALL SELECT speaker, article_id FROM equal
"""
"""Who says the same as another is a near-copy of it."""

RANKED = """
CREATE OR REPLACE TEMP TABLE story AS
SELECT article_id, rank, rank AS lead
FROM (
    SELECT article_id, row_number() OVER (ORDER BY published_on NULLS LAST, article_id) AS rank
    FROM main.dim_article SEMI JOIN loose USING (article_id)
)
"""
"""Each article leads itself, by its rank: the least rank of a story is that of its lead."""

SPREAD = """
UPDATE story SET lead = nearest.lead
FROM (
    SELECT copy.article_id, min(neighbour.lead) AS lead
    FROM copy JOIN story AS neighbour ON neighbour.article_id = copy.other_id
    GROUP BY copy.article_id
) AS nearest
WHERE nearest.article_id = story.article_id AND nearest.lead < story.lead
"""
"""An article follows the least lead among its near-copies: repeated until nothing changes."""

WRITE = """
INSERT INTO main.article_story (article_id, story_id, is_lead)
SELECT story.article_id, leader.article_id, story.rank = story.lead
FROM story JOIN story AS leader ON leader.rank = story.lead
"""


def open_stories(connection: duckdb.DuckDBPyConnection) -> None:
    """Take the stories of the articles in the temporary table `changed` apart: before one of them is deleted."""
    connection.execute(OPEN.format(articles="changed"))


def link_stories(connection: duckdb.DuckDBPyConnection) -> None:
    """Tell anew the stories of what a load changed, within its transaction.

    The temporary table `changed` names the articles that came, changed or went.
    """
    open_stories(connection)
    connection.execute(WITHOUT_STORY.format(name="fresh"))
    connection.execute(WORDINGS)
    connection.execute("CREATE OR REPLACE TEMP TABLE copy (article_id VARCHAR, other_id VARCHAR)")
    connection.execute(COPIES.format(articles="fresh"))
    connection.execute(OPEN.format(articles=JOINED))
    connection.execute(WITHOUT_STORY.format(name="loose"))
    if connection.execute(f"SELECT count(*) FROM {BESIDES}").fetchall()[0][0]:
        connection.execute(COPIES.format(articles=BESIDES))
    connection.execute(EQUALS)
    connection.execute(RANKED)
    while connection.execute(SPREAD).fetchall()[0][0]:
        pass
    connection.execute(WRITE)
