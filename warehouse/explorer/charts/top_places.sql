-- Most named places
-- The 30 places that most articles name, also those whose coordinates are not known.
-- kind: bar
-- filters: since until source actor
WITH named AS (
    SELECT mention.actor_id, count(DISTINCT mention.article_id) AS articles
    FROM main.fact_actor_mention AS mention
    JOIN main.dim_article AS article ON article.article_id = mention.article_id
    WHERE mention.actor_id IS DISTINCT FROM $actor
        AND mention.actor_kind = 'place'
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
SELECT actor.name, named.articles, actor.country_code, actor_id
FROM named
JOIN main.dim_actor AS actor USING (actor_id)
ORDER BY named.articles DESC, actor_id
