-- Which places does the news speak of, where are they, and how often is each named?
-- One row a day of publication, source and place: cities, regions, seas, buildings; countries are in actor_timeline.
-- Owner table: fact_actor_mention
-- Table sorted by: published_on, actor_id, source_name
-- published_on: day of publication; null where nothing says it
-- source_name: who published it; null where nothing says it
-- actor_id: the place in dim_actor
-- name: its name
-- country_code: the country it lies in, ISO 3166-1 alpha-3; null where none or several do
-- latitude: degrees north, of its centre (WGS 84); null where unknown
-- longitude: degrees east
-- mentions: mentions of that day and source
-- articles: articles of that day and source that name it
SELECT
    article.published_on,
    article.source_name,
    place.actor_id,
    place.name,
    place.country_code,
    place.latitude,
    place.longitude,
    count(*) AS mentions,
    count(DISTINCT mention.article_id) AS articles
FROM main.fact_actor_mention AS mention
JOIN main.dim_actor AS place ON place.actor_id = mention.actor_id AND place.actor_kind = 'place'
JOIN main.dim_article AS article ON article.article_id = mention.article_id
GROUP BY ALL
