-- What was found in them
-- Facts by day of publication: dates, figures, mentions of actors and claims; over a long time, by week or month.
-- kind: line
-- filters: since until source actor
WITH chosen AS (
    SELECT article.article_id, article.published_on
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
),
found AS (
    SELECT 'actors' AS kind, article_id, count(*) AS facts FROM main.fact_actor_mention GROUP BY article_id
    UNION ALL
    SELECT 'dates', article_id, count(*) FROM main.fact_date_mention GROUP BY article_id
    UNION ALL
    SELECT 'figures', article_id, count(*) FROM main.fact_figure GROUP BY article_id
    UNION ALL
    SELECT 'claims', article_id, count(*) FROM main.fact_claim GROUP BY article_id
)
SELECT
    date_trunc(step, published_on)::DATE AS day,
    coalesce(sum(facts) FILTER (kind = 'actors'), 0)::BIGINT AS actor_mentions,
    coalesce(sum(facts) FILTER (kind = 'dates'), 0)::BIGINT AS dates,
    coalesce(sum(facts) FILTER (kind = 'figures'), 0)::BIGINT AS figures,
    coalesce(sum(facts) FILTER (kind = 'claims'), 0)::BIGINT AS claims,
    any_value(step) AS step
FROM chosen
CROSS JOIN step
LEFT JOIN found USING (article_id)
GROUP BY day
ORDER BY day
LIMIT 500
