"""The questions that the command line asks of the published warehouse."""

SAMPLE_QUERIES = {
    "Which sums of dollars does the news name?": (
        "SELECT f.surface, f.bound, f.value, a.published_on\n"
        "FROM fact_figure f JOIN dim_article a USING (article_id)\n"
        "WHERE f.unit = 'USD' ORDER BY f.value DESC NULLS LAST LIMIT 5"
    ),
    "Who is in the news?": (
        "SELECT name, actor_kind, sum(mentions)::BIGINT AS mentions\n"
        "FROM mart.actor_timeline GROUP BY ALL ORDER BY mentions DESC, name LIMIT 5"
    ),
    "Which days does the news speak of?": (
        "SELECT starts_on AS day, count(*) AS mentions, min(surface) AS for_example\n"
        "FROM fact_date_mention WHERE granularity = 'day' AND starts_on = ends_on\n"
        "GROUP BY ALL ORDER BY mentions DESC, day LIMIT 5"
    ),
}
"""Three questions to try, each with its query."""

FIND_ARTICLE = """
SELECT article_id, coalesce(title, source_uri) AS name
FROM dim_article
WHERE $word IN (article_id, external_id, url)
   OR (NOT EXISTS (FROM dim_article WHERE $word IN (article_id, external_id, url))
       AND (starts_with(article_id, $word) OR contains(lower(title), lower($word))
            OR contains(lower(source_uri), lower($word))))
ORDER BY published_on, article_id
"""
"""Articles by id, the source's id, their URL, the start of the id, or a part of title or source: $word."""

ARTICLE_HEAD = """
SELECT coalesce(title, source_uri), source_name, published_on, published_from, extraction, text
FROM dim_article JOIN article_text USING (article_id)
WHERE article_id = $article
"""

ARTICLE_SENTENCES = """
SELECT sentence_no, span_start, span_end FROM article_sentence WHERE article_id = $article ORDER BY sentence_no
"""

ARTICLE_FACTS = r"""
SELECT 'date' AS kind, sentence_no, span_start, span_end, surface,
       concat_ws(' ', timex_type, timex_value, timex_mod,
                 CASE WHEN starts_on IS NOT NULL THEN '= ' || starts_on || ' to ' || ends_on END,
                 '(' || resolution || ')') AS meaning,
       rule, CASE WHEN starts_on IS NOT NULL THEN timex_value END AS leads_to
FROM fact_date_mention WHERE article_id = $article
UNION ALL
SELECT 'figure', sentence_no, span_start, span_end, surface,
       concat_ws(' ', CASE WHEN bound <> 'exact' THEN bound END,
                 regexp_replace(CASE WHEN bound = 'range' THEN format('{:,} to {:,}', value_low, value_high)
                                     ELSE format('{:,}', value) END, '\.0\b', '', 'g'),
                 unit, CASE WHEN counted IS DISTINCT FROM unit THEN counted END, 'per ' || per_unit, direction,
                 '(' || dimension || ')'),
       rule, NULL
FROM fact_figure WHERE article_id = $article
UNION ALL
SELECT 'actor', mention.sentence_no, mention.span_start, mention.span_end, mention.surface,
       concat_ws(' ', actor.name, '[' || actor_id || coalesce(', ' || actor.wikidata_id, '') || ']', mention.role,
                 '(' || mention.mention_type || ', ' || mention.resolution || ')'),
       mention.rule, actor_id
FROM fact_actor_mention AS mention JOIN dim_actor AS actor USING (actor_id)
WHERE article_id = $article
ORDER BY span_start, span_end DESC
"""
"""All facts of one article in reading order: their normalised values in words, their rule, and what other articles
share with them: the actor, or the TIMEX3 value of a date that has a place in the calendar."""

_SHOWN_CLAIM = r"""
SELECT claim.claim_id, claim.sentence_no, claim.surface, topic, status, modality,
       subjects, objects,
       concat_ws(' ', CASE WHEN bound <> 'exact' THEN bound END,
                 regexp_replace(CASE WHEN bound = 'range' THEN format('{:,} to {:,}', value_low, value_high)
                                     ELSE format('{:,}', value) END, '\.0\b', '', 'g'),
                 unit, CASE WHEN counted IS DISTINCT FROM unit THEN counted END, 'per ' || per_unit, direction),
       CASE WHEN starts_on = ends_on THEN starts_on::VARCHAR
            ELSE coalesce(starts_on || ' to ' || ends_on, day.surface) END,
       claim.rule, claim_key
FROM fact_claim AS claim
JOIN fact_figure AS figure USING (figure_id)
LEFT JOIN fact_date_mention AS day USING (date_id)
LEFT JOIN (
    SELECT claim_id,
           string_agg(called, ' and ' ORDER BY part_start) FILTER (role = 'subject') AS subjects,
           string_agg(called, ' and ' ORDER BY part_start) FILTER (role = 'object') AS objects
    FROM (SELECT party.*, coalesce(name || ' [' || actor_id || ']', surface) AS called
          FROM claim_party AS party LEFT JOIN dim_actor USING (actor_id))
    GROUP BY claim_id
) AS parties USING (claim_id)
"""

ARTICLE_CLAIMS = f"{_SHOWN_CLAIM} WHERE claim.article_id = $article AND topic <> 'count' ORDER BY claim.span_start"
"""The claims of one article in reading order, with parties, value and date in words; mere counts are left out."""

FIND_CLAIM = f"{_SHOWN_CLAIM} WHERE claim.claim_id = $claim"
"""One claim, as ARTICLE_CLAIMS gives it."""

CLAIM_MARKS = """
SELECT claim_id, role AS kind, part_start AS first, part_end AS past
FROM claim_party WHERE claim_id IN (SELECT unnest($claims))
UNION ALL
SELECT claim_id, 'date', day.span_start, day.span_end
FROM fact_claim JOIN fact_date_mention AS day USING (date_id) WHERE claim_id IN (SELECT unnest($claims))
UNION ALL
SELECT claim_id, 'figure', span_start, span_end FROM fact_claim WHERE claim_id IN (SELECT unnest($claims))
ORDER BY claim_id, kind, first
"""
"""Where the parts of claims stand: claim, kind, first character, one past the last."""

CLAIM_EVIDENCE = """
WITH part AS (
    SELECT article_id, span_start AS first, span_end AS past FROM fact_claim WHERE claim_id = $claim
    UNION ALL
    SELECT article_id, part_start, part_end FROM claim_party WHERE claim_id = $claim
)
SELECT text, coalesce(title, source_uri), published_on, min(sentence.span_start), max(sentence.span_end)
FROM part
JOIN article_sentence AS sentence
    ON sentence.article_id = part.article_id AND part.first >= sentence.span_start AND part.past <= sentence.span_end
JOIN article_text ON article_text.article_id = part.article_id
JOIN dim_article ON dim_article.article_id = part.article_id
GROUP BY ALL
"""
"""The text, title and day of a claim's article, and where the sentences begin and end that hold its parts."""

CLAIM_TELLINGS = """
SELECT claim_id, concat_ws(' · ', coalesce(title, source_uri), published_on)
FROM fact_claim AS claim JOIN dim_article USING (article_id)
WHERE claim_key = $key AND claim_id <> $claim ORDER BY published_on, claim_id
"""
"""The other claims of a key."""

LATEST_RUNS = """
SELECT strftime(started_at, '%Y-%m-%d %H:%M') AS started, state, articles_read AS read,
       articles_loaded AS loaded, articles_unchanged AS unchanged,
       articles_rejected AS rejected, rows_loaded AS facts,
       round(read_seconds + extract_seconds + load_seconds + coalesce(publish_seconds, 0)
             + coalesce(index_seconds, 0), 2) AS seconds, message
FROM etl.run ORDER BY run_id DESC LIMIT 5
"""

OTHER_RULES = "SELECT count(*) FROM etl.article WHERE rules_version <> $version AND state IN ('loaded', 'stale')"
"""How many articles were extracted with other rules than $version."""

KNOWN_SOURCES = "SELECT source_uri, size_bytes, epoch_us(modified_at) FROM etl.source"

REJECTS = """
SELECT severity, reason, count(*) AS rejects, min(detail) AS for_example
FROM etl.reject GROUP BY ALL ORDER BY severity, reason
"""

WHY_REJECTED = "SELECT reason, source_uri, place, detail FROM etl.reject"
"""What was refused, and why."""

BAD_AUDITS = """
SELECT audit, severity, bad_rows, sample FROM etl.check
WHERE bad_rows > 0 AND run_id = (SELECT max(run_id) FROM etl.check) ORDER BY ALL
"""

NEWEST_ARTICLE = "SELECT max(published_on), date_diff('day', max(published_on), current_date) FROM dim_article"

ROW_COUNTS = """
SELECT schema_name || '.' || table_name AS table_name, estimated_size AS row_count
FROM duckdb_tables() WHERE schema_name IN ('main', 'etl') ORDER BY schema_name DESC, table_name
"""
"""Rows a table: exact in a published file, which never had a row deleted."""
