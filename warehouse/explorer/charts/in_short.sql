-- In short
-- What these articles hold: independent stories count near-copies once; actors by how many different ones.
-- kind: table
-- filters: since until source actor
WITH chosen AS (
    SELECT article.article_id, article.published_on, article.source_name, story.story_id
    FROM main.dim_article AS article
    LEFT JOIN main.article_story AS story USING (article_id)
    WHERE (article.published_on >= $since OR $since IS NULL)
        AND (article.published_on <= $until OR $until IS NULL)
        AND (article.source_name = $source OR $source IS NULL)
        AND (
            $actor IS NULL
            OR article.article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor)
        )
)
SELECT
    count(*) AS articles,
    count(DISTINCT story_id) AS stories,
    count(DISTINCT source_name) AS sources,
    min(published_on) AS first_published_on,
    max(published_on) AS last_published_on,
    (SELECT count(*) FROM main.fact_date_mention WHERE article_id IN (FROM chosen SELECT article_id)) AS dates,
    (SELECT count(*) FROM main.fact_figure WHERE article_id IN (FROM chosen SELECT article_id)) AS figures,
    (
        SELECT count(DISTINCT actor_id)
        FROM main.fact_actor_mention
        WHERE article_id IN (FROM chosen SELECT article_id)
    ) AS actors,
    (SELECT count(*) FROM main.fact_claim WHERE article_id IN (FROM chosen SELECT article_id)) AS claims
FROM chosen
HAVING count(*) > 0
LIMIT 1
