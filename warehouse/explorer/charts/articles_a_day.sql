-- Articles a day
-- Articles by day of publication; over a long time, by week or month. Days without an article are missing, and so are
-- articles without a day.
-- kind: bar
-- filters: since until source actor
WITH chosen AS (
    SELECT article.published_on
    FROM main.dim_article AS article
    WHERE article.published_on IS NOT NULL
        AND (article.published_on >= $since OR $since IS NULL)
        AND (article.published_on <= $until OR $until IS NULL)
        AND (article.source_name = $source OR $source IS NULL)
        AND (
            $actor IS NULL
            OR article.article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor)
        )
),
step AS (
    SELECT CASE WHEN days <= 400 THEN 'day' WHEN days <= 2800 THEN 'week' ELSE 'month' END AS step
    FROM (SELECT max(published_on) - min(published_on) AS days FROM chosen)
)
SELECT date_trunc(step, published_on)::DATE AS day, count(*) AS articles, any_value(step) AS step
FROM chosen
CROSS JOIN step
GROUP BY day
ORDER BY day
LIMIT 500
