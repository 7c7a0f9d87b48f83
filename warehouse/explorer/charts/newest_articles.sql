-- Newest articles
-- The 50 articles published last, with what was found in them.
-- kind: table
-- filters: since until source actor
WITH newest AS (
    SELECT article.article_id, article.published_on, article.source_name, article.title, article.url,
        article.source_uri
    FROM main.dim_article AS article
    WHERE TRUE
        AND (article.published_on >= $since OR $since IS NULL)
        AND (article.published_on <= $until OR $until IS NULL)
        AND (article.source_name = $source OR $source IS NULL)
        AND (
            $actor IS NULL
            OR article.article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor)
        )
    ORDER BY article.published_on DESC NULLS LAST, article.article_id
    LIMIT 50
)
SELECT
    published_on,
    coalesce(title, url, parse_filename(source_uri)) AS title,
    source_name,
    (SELECT count(*) FROM main.fact_date_mention AS fact WHERE fact.article_id = newest.article_id) AS dates,
    (SELECT count(*) FROM main.fact_figure AS fact WHERE fact.article_id = newest.article_id) AS figures,
    (SELECT count(*) FROM main.fact_actor_mention AS fact WHERE fact.article_id = newest.article_id) AS actor_mentions,
    (SELECT count(*) FROM main.fact_claim AS fact WHERE fact.article_id = newest.article_id) AS claims,
    article_id
FROM newest
ORDER BY published_on DESC NULLS LAST, article_id
