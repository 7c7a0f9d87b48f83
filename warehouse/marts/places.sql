-- Which places does the news speak of, where are they, and how often is each named?
-- One row a day of publication, source and place: cities, regions, seas, buildings; countries are in actor_timeline.
-- Owner table: fact_actor_mention
-- Stored as: table
-- published_on: day of publication; null where nothing says it
-- source_name: who published it; null where nothing says it
-- actor_id: the place in dim_actor
-- name: its name
-- country_code: the country it lies in, ISO 3166-1 alpha-3; null where none or several do
-- latitude: degrees north, of its centre (WGS 84); null where unknown
-- longitude: degrees east
-- mentions: mentions of that day and source
-- articles: articles of that day and source that name it
WITH in_article AS (
    SELECT mention.article_id, mention.actor_id, count(*) AS mentions
    FROM main.fact_actor_mention AS mention
    JOIN main.dim_actor AS place ON place.actor_id = mention.actor_id AND place.actor_kind = 'place'
    GROUP BY mention.article_id, mention.actor_id
),
on_day AS (
    SELECT published_on, source_name, actor_id, sum(mentions)::BIGINT AS mentions, count(*) AS articles
    FROM in_article
    JOIN main.dim_article USING (article_id)
    GROUP BY published_on, source_name, actor_id
)
SELECT
    on_day.published_on,
    on_day.source_name,
    on_day.actor_id,
    place.name,
    place.country_code,
    place.latitude,
    place.longitude,
    on_day.mentions,
    on_day.articles
FROM on_day
JOIN main.dim_actor AS place USING (actor_id)
