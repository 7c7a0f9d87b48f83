-- Most named places
-- The 30 places that most articles name, also those whose coordinates are not known.
-- kind: bar
-- filters: since until source actor
SELECT
    any_value(place.name) AS name,
    count(DISTINCT mention.article_id) AS articles,
    any_value(place.country_code) AS country_code,
    place.actor_id
FROM main.fact_actor_mention AS mention
JOIN main.dim_actor AS place ON place.actor_id = mention.actor_id AND place.actor_kind = 'place'
JOIN main.dim_article AS article ON article.article_id = mention.article_id
WHERE place.actor_id IS DISTINCT FROM $actor
    AND (article.published_on >= $since OR $since IS NULL)
    AND (article.published_on <= $until OR $until IS NULL)
    AND (article.source_name = $source OR $source IS NULL)
    AND (
        $actor IS NULL
        OR article.article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor)
    )
GROUP BY place.actor_id
ORDER BY articles DESC, place.actor_id
LIMIT 30
