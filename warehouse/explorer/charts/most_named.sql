-- Most named
-- The 30 actors that most articles name; with an actor chosen, those named in the same articles.
-- kind: bar
-- filters: since until source actor
WITH named AS (
    SELECT mention.actor_id, count(DISTINCT mention.article_id) AS articles
    FROM main.fact_actor_mention AS mention
    JOIN main.dim_article AS article ON article.article_id = mention.article_id
    WHERE mention.actor_id IS DISTINCT FROM $actor
        AND (article.published_on >= $since OR $since IS NULL)
        AND (article.published_on <= $until OR $until IS NULL)
        AND (article.source_name = $source OR $source IS NULL)
        AND (
            $actor IS NULL
            OR article.article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor)
        )
    GROUP BY mention.actor_id
    ORDER BY articles DESC, mention.actor_id
    LIMIT 30
)
SELECT actor.name, named.articles, actor.actor_kind, actor.country_code, actor_id
FROM named
JOIN main.dim_actor AS actor USING (actor_id)
ORDER BY named.articles DESC, actor_id
