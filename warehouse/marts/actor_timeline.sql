-- How often each actor was mentioned on each day of publication, and in how many articles
-- One row a day of publication and actor.
-- Owner table: fact_actor_mention
-- Stored as: table
-- published_on: day of publication; null where nothing says it
-- actor_id: the actor
-- name: its name
-- actor_kind: person, organisation, country, place or group
-- country_code: ISO 3166-1 alpha-3
-- mentions: mentions on that day
-- articles: articles of that day that mention it
WITH in_article AS (
    SELECT article_id, actor_id, count(*) AS mentions FROM main.fact_actor_mention GROUP BY article_id, actor_id
),
on_day AS (
    SELECT published_on, actor_id, sum(mentions)::BIGINT AS mentions, count(*) AS articles
    FROM in_article
    JOIN main.dim_article USING (article_id)
    GROUP BY published_on, actor_id
)
SELECT
    on_day.published_on,
    on_day.actor_id,
    actor.name,
    actor.actor_kind,
    actor.country_code,
    on_day.mentions,
    on_day.articles
FROM on_day
JOIN main.dim_actor AS actor USING (actor_id)
