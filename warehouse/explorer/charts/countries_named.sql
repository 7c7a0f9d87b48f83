-- Countries in the news
-- How many articles name each country, or a place in it: the stronger the colour, the more.
-- kind: map
-- filters: since until source actor
WITH country AS (
    SELECT country_code, min(actor_id) AS actor_id, arg_min(name, actor_id) AS name
    FROM main.dim_actor
    WHERE actor_kind = 'country' AND country_code IS NOT NULL
    GROUP BY country_code
)
SELECT
    country.name,
    count(DISTINCT mention.article_id) AS articles,
    country.country_code,
    country.actor_id
FROM main.fact_actor_mention AS mention
JOIN main.dim_actor AS actor USING (actor_id)
JOIN country ON country.country_code = actor.country_code
JOIN main.dim_article AS article ON article.article_id = mention.article_id
WHERE actor.actor_kind IN ('country', 'place')
    AND country.actor_id IS DISTINCT FROM $actor
    AND (article.published_on >= $since OR $since IS NULL)
    AND (article.published_on <= $until OR $until IS NULL)
    AND (article.source_name = $source OR $source IS NULL)
    AND (
        $actor IS NULL
        OR article.article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor)
    )
GROUP BY country.actor_id, country.name, country.country_code
ORDER BY articles DESC, country.actor_id
LIMIT 250
