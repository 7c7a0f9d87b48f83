-- Kinds of actors
-- Mentions by kind: how many different actors, and in how many articles.
-- kind: table
-- filters: since until source actor
SELECT
    mention.actor_kind,
    count(DISTINCT mention.actor_id) AS actors,
    count(*) AS mentions,
    count(DISTINCT mention.article_id) AS articles
FROM main.fact_actor_mention AS mention
JOIN main.dim_article AS article ON article.article_id = mention.article_id
WHERE TRUE
    AND (article.published_on >= $since OR $since IS NULL)
    AND (article.published_on <= $until OR $until IS NULL)
    AND (article.source_name = $source OR $source IS NULL)
    AND (
        $actor IS NULL
        OR article.article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor)
    )
GROUP BY mention.actor_kind
ORDER BY mentions DESC, mention.actor_kind
LIMIT 20
