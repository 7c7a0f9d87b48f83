-- Most named
-- The 30 actors that most articles name; with an actor chosen, those named in the same articles.
-- kind: bar
-- filters: since until source actor
SELECT
    any_value(actor.name) AS name,
    count(DISTINCT mention.article_id) AS articles,
    any_value(actor.actor_kind) AS actor_kind,
    any_value(actor.country_code) AS country_code,
    actor.actor_id
FROM main.fact_actor_mention AS mention
JOIN main.dim_actor AS actor USING (actor_id)
JOIN main.dim_article AS article ON article.article_id = mention.article_id
WHERE actor.actor_id IS DISTINCT FROM $actor
    AND (article.published_on >= $since OR $since IS NULL)
    AND (article.published_on <= $until OR $until IS NULL)
    AND (article.source_name = $source OR $source IS NULL)
    AND (
        $actor IS NULL
        OR article.article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor)
    )
GROUP BY actor.actor_id
ORDER BY articles DESC, actor.actor_id
LIMIT 30
