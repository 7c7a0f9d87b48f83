-- Mentions over time
-- How often the six most named actors, or the one chosen, were mentioned on each day of publication; over a long time,
-- by week or month.
-- kind: line
-- filters: since until source actor
WITH mentioned AS (
    SELECT article.published_on, mention.actor_id
    FROM main.fact_actor_mention AS mention
    JOIN main.dim_article AS article ON article.article_id = mention.article_id
    WHERE article.published_on IS NOT NULL
        AND (article.published_on >= $since OR $since IS NULL)
        AND (article.published_on <= $until OR $until IS NULL)
        AND (article.source_name = $source OR $source IS NULL)
        AND (mention.actor_id = $actor OR $actor IS NULL)
),
step AS (
    SELECT CASE WHEN days <= 400 THEN 'day' WHEN days <= 2800 THEN 'week' ELSE 'month' END AS step
    FROM (SELECT max(published_on) - min(published_on) AS days FROM mentioned)
),
top AS (
    SELECT actor_id, count(*) AS total FROM mentioned GROUP BY actor_id ORDER BY total DESC, actor_id LIMIT 6
),
day AS (
    SELECT DISTINCT date_trunc(step, published_on)::DATE AS day
    FROM mentioned
    CROSS JOIN step
    ORDER BY day DESC
    LIMIT 150
),
counted AS (
    SELECT date_trunc(step, published_on)::DATE AS day, actor_id, count(*) AS mentions
    FROM mentioned
    CROSS JOIN step
    SEMI JOIN top USING (actor_id)
    GROUP BY ALL
)
SELECT day.day, actor.name AS series, coalesce(counted.mentions, 0) AS mentions, step.step, actor.actor_id
FROM top
CROSS JOIN day
CROSS JOIN step
JOIN main.dim_actor AS actor USING (actor_id)
LEFT JOIN counted ON counted.day = day.day AND counted.actor_id = top.actor_id
ORDER BY top.total DESC, actor.actor_id, day.day
