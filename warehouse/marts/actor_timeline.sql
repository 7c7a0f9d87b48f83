-- How often each actor was mentioned on each day of publication, and in how many articles
-- One row a day of publication and actor.
-- Owner table: fact_actor_mention
-- Table sorted by: actor_id, published_on
-- published_on: day of publication; null where nothing says it
-- actor_id: the actor
-- name: its name
-- actor_kind: person, organisation, country, place or group
-- country_code: ISO 3166-1 alpha-3
-- mentions: mentions on that day
-- articles: articles of that day that mention it
SELECT
    article.published_on,
    actor.actor_id,
    actor.name,
    actor.actor_kind,
    actor.country_code,
    count(*) AS mentions,
    count(DISTINCT mention.article_id) AS articles
FROM main.fact_actor_mention AS mention
JOIN main.dim_actor AS actor USING (actor_id)
JOIN main.dim_article AS article USING (article_id)
GROUP BY ALL
