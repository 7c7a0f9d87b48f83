"""A build file with the facts of as many articles as wanted, straight into its tables: for the speed of the marts.

The numbers are those of news: about 70 facts an article, a tenth of them claims, three years of days, and actors,
sources and claims of which few are told often and most once. The same number of articles gives the same rows.
"""

from warehouse.connection import Connection

SENTENCES = 25
"""Sentences of an article; all have SENTENCE_LENGTH characters, so that spans are arithmetic."""
SENTENCE_LENGTH = 130
ACTORS = 100_000
SOURCES = 60
DAYS = 1096
AT_ONCE = 10_000
"""Articles made by one statement: more of them would not fit into the memory of a build."""

MACROS = """
CREATE OR REPLACE TEMP MACRO chance(number, salt) AS (hash(number, salt) % 1000003) / 1000003.0;
CREATE OR REPLACE TEMP MACRO pick(number, salt, most) AS floor(chance(number, salt) * most)::INTEGER;
CREATE OR REPLACE TEMP MACRO skewed(number, salt, most) AS floor(exp(chance(number, salt) * ln(most)))::INTEGER - 1;
CREATE OR REPLACE TEMP MACRO one_of(number, salt, words) AS words[1 + pick(number, salt, len(words))];
CREATE OR REPLACE TEMP MACRO actor_named(actor) AS CASE WHEN actor < 0 THEN NULL ELSE 'x:actor-' || actor END;
"""
"""`skewed` is Zipf's law: the n-th most frequent comes up as often as 1/n."""

ARTICLES = """
CREATE OR REPLACE TEMP TABLE made AS
SELECT
    number,
    substr(sha256('article ' || number), 1, 16) AS article_id,
    CASE WHEN chance(number, 'dated') > 0.01 THEN DATE '2021-01-01' + pick(number, 'day', {days}) END AS published_on
FROM range({first}, {past}) AS numbers (number);

INSERT INTO main.dim_article BY NAME
SELECT
    article_id, published_on, 'archive.jsonl' AS source_uri,
    'Paper ' || skewed(number, 'source', {sources}) AS source_name, 'https://example.org/' || number AS url,
    'Report number ' || number AS title, 'en' AS language, 'field' AS published_from, 'done' AS extraction,
    {sentences} * {length} AS char_count, 550 AS word_count, {sentences} AS sentence_count,
    sha256(article_id) AS content_sha256, 'generated' AS run_id, TIMESTAMP '2024-01-01' AS loaded_at
FROM made;

INSERT INTO main.article_story BY NAME
SELECT
    one.article_id, coalesce(lead.article_id, one.article_id) AS story_id, lead.article_id IS NULL AS is_lead
FROM made AS one LEFT JOIN made AS lead ON lead.number = one.number - 1 AND one.number % 20 = 1;

INSERT INTO main.article_text BY NAME
SELECT article_id, string_agg(sentence, '') AS text
FROM made, range({sentences}) AS places (place), LATERAL (
    SELECT rpad(
        sha256('sentence ' || pick(number * {sentences} + place, 'sentence', 20000)) || ' said on Monday that ' ||
        pick(number, 'figure', 900) || ' people came', {length} - 2, ' and went') || '. ' AS sentence)
GROUP BY article_id;

INSERT INTO main.article_sentence BY NAME
SELECT article_id, place::INTEGER AS sentence_no, (place // 3)::INTEGER AS paragraph_no,
       (place * {length})::INTEGER AS span_start, (place * {length} + {length} - 1)::INTEGER AS span_end
FROM made, range({sentences}) AS places (place);
"""

DIMENSIONS = """
INSERT INTO main.dim_actor BY NAME
SELECT
    actor_named(number) AS actor_id,
    'Name of ' || number AS name,
    one_of(number, 'kind', ['person', 'person', 'organisation', 'country', 'place', 'group']) AS actor_kind,
    one_of(number, 'country', ['USA', 'UKR', 'KEN', 'JPN', 'BRA', 'DEU', NULL]) AS country_code,
    CASE WHEN actor_kind IN ('country', 'place') THEN chance(number, 'latitude') * 180 - 90 END AS latitude,
    CASE WHEN actor_kind IN ('country', 'place') THEN chance(number, 'longitude') * 360 - 180 END AS longitude,
    'discovered' AS origin
FROM range({actors}) AS numbers (number);

INSERT INTO main.dim_fx_rate BY NAME
SELECT currency, make_date(year::INTEGER, 1, 1) AS starts_on, make_date(year::INTEGER, 12, 31) AS ends_on,
       0.1 + pick(year, currency, 20) / 10 AS usd_per_unit, 'generated' AS source
FROM range(2020, 2025) AS years (year), unnest(['EUR', 'GBP', 'JPY', 'KES', 'CNY']) AS codes (currency);
"""

FACTS = """
CREATE OR REPLACE TEMP MACRO facts_of(kind, most) AS TABLE
SELECT
    number * 100 + nth AS fact,
    article_id,
    published_on,
    pick(fact, 'sentence' || kind, {sentences}) AS sentence_no,
    sentence_no * {length} + pick(fact, 'place' || kind, {length} - 10) AS span_start,
    span_start + 9 AS span_end,
    'surface ' || nth % 10 AS surface,
    'generated' AS rule,
    'generated' AS run_id,
    article_id || '-' || kind || '-' || span_start || '-' || nth AS id
FROM made, range(most) AS places (nth);

INSERT INTO main.fact_actor_mention BY NAME
SELECT * EXCLUDE (fact, published_on, id), id AS mention_id, actor_named(skewed(fact, 'actor', {actors})) AS actor_id,
       'person' AS actor_kind, 'name' AS mention_type, 'reference' AS resolution, 1.0 AS confidence
FROM facts_of('m', 42);

INSERT INTO main.fact_date_mention BY NAME
SELECT * EXCLUDE (fact, published_on, id), id AS date_id, 'DATE' AS timex_type,
       one_of(fact, 'granularity', ['day', 'day', 'month', 'year']) AS granularity, 'explicit' AS resolution,
       CASE WHEN chance(fact, 'placed') < 0.8 THEN published_on + pick(fact, 'away', 120) - 100 END AS starts_on,
       starts_on + CASE granularity WHEN 'day' THEN 0 WHEN 'month' THEN 29 ELSE 364 END AS ends_on,
       coalesce(starts_on::VARCHAR, 'FUTURE_REF') AS timex_value
FROM facts_of('d', 10);

INSERT INTO main.fact_figure BY NAME
SELECT * EXCLUDE (fact, published_on, id), id AS figure_id, {figure_columns}FROM facts_of('f', 8);
"""

FIGURE_COLUMNS = """
       one_of(fact, 'kind', ['count', 'count', 'count', 'count', 'count', 'money', 'percent', 'duration']) AS dimension,
       CASE dimension WHEN 'money' THEN one_of(fact, 'unit', ['USD', 'USD', 'EUR', 'GBP', 'JPY', 'KES'])
            WHEN 'percent' THEN 'percent' WHEN 'duration' THEN 'day' END AS unit,
       CASE dimension WHEN 'count' THEN one_of(fact, 'noun', ['person', 'vote', 'house', 'ship']) END AS counted,
       (1 + skewed(fact, 'value', 1000000))::DOUBLE AS value,
       'exact' AS bound, value AS value_low, value AS value_high
"""

CLAIMS = """
CREATE OR REPLACE TEMP TABLE claimed AS
SELECT
    *,
    chance(fact, 'known') < 0.15 AS told_again,
    CASE WHEN told_again THEN skewed(fact, 'key', {hot}) ELSE fact END AS key_number,
    CASE dimension
        WHEN 'money' THEN one_of(key_number, 'topic', ['aid', 'spending', 'trade', 'weapons', 'economy'])
        WHEN 'percent' THEN one_of(key_number, 'topic', ['poll', 'poll', 'vote', 'economy'])
        ELSE one_of(key_number, 'topic', ['count', 'count', 'count', 'count', 'casualties', 'displacement', 'forces'])
    END AS topic,
    CASE topic WHEN 'casualties' THEN one_of(key_number, 'status', ['killed', 'injured', 'missing'])
        WHEN 'aid' THEN one_of(key_number, 'status', ['pledged', 'approved', 'provided'])
        WHEN 'trade' THEN one_of(key_number, 'status', ['spent', 'owed']) END AS status,
    actor_named(skewed(key_number, 'subject', {actors}) - 2) AS subject_actor_id,
    actor_named(skewed(key_number, 'object', {actors}) - 2) AS object_actor_id
FROM (SELECT *, string_split(figure_id, '-')[4]::INTEGER AS nth,
             made.number * 100 + string_split(figure_id, '-')[4]::INTEGER AS fact
      FROM main.fact_figure JOIN made USING (article_id) WHERE unit IS DISTINCT FROM 'day')
WHERE nth <> 3;

INSERT INTO main.fact_claim BY NAME
SELECT
    article_id, sentence_no, span_start, span_end, surface, rule, run_id, figure_id, topic, status, subject_actor_id,
    object_actor_id, replace(figure_id, '-f-', '-c-') AS claim_id, 'they' AS subject_surface, 'them' AS object_surface,
    one_of(fact, 'modality', ['asserted', 'asserted', 'asserted', 'reported', 'planned', 'negated']) AS modality,
    concat_ws('/', topic, coalesce(status, '-'), coalesce(subject_actor_id, 'they'), coalesce(object_actor_id, 'them'),
              coalesce(unit, counted), DATE '2021-01-01' + pick(key_number, 'period', {days}),
              CASE WHEN told_again THEN pick(fact, 'told', 3) ELSE fact END) AS claim_key
FROM claimed;

INSERT INTO main.claim_party BY NAME
SELECT claim_id, 'subject' AS role, span_start AS part_start, span_end AS part_end, subject_surface AS surface,
       subject_actor_id AS actor_id, article_id, run_id
FROM main.fact_claim JOIN made USING (article_id);
"""


def generate_facts(build: Connection, articles: int) -> None:
    """Fill the empty tables of a build file.

    Args:
        build: the build file, its tables made and empty.
        articles: how many articles.
    """
    names: dict[str, object] = {
        "sentences": SENTENCES,
        "length": SENTENCE_LENGTH,
        "actors": ACTORS,
        "sources": SOURCES,
        "days": DAYS,
        "hot": max(articles // 4, 1),
        "figure_columns": FIGURE_COLUMNS,
    }
    for script in (MACROS, DIMENSIONS):
        build.execute(script.format(**names))
    for first in range(0, articles, AT_ONCE):
        slice_of = {"first": first, "past": min(first + AT_ONCE, articles)}
        for script in (ARTICLES, FACTS, CLAIMS):
            build.execute(script.format(**names, **slice_of))
