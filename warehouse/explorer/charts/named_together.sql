-- Named together
-- Actors in one sentence: the 40 most named, or those beside the one chosen, with their 100 closest pairs. The wider
-- the line, the more sentences. An actor and a part of it ("Ukraine", "Ukraine's army") are no pair.
-- kind: network
-- filters: since until source actor
WITH named AS (
    SELECT mention.article_id, mention.sentence_no, mention.actor_id
    FROM main.fact_actor_mention AS mention
    JOIN main.dim_article AS article ON article.article_id = mention.article_id
    WHERE TRUE
        AND (article.published_on >= $since OR $since IS NULL)
        AND (article.published_on <= $until OR $until IS NULL)
        AND (article.source_name = $source OR $source IS NULL)
        AND (
            $actor IS NULL
            OR (mention.article_id, mention.sentence_no) IN (
                SELECT (article_id, sentence_no) FROM main.fact_actor_mention WHERE actor_id = $actor
            )
        )
),
most_named AS (
    SELECT actor_id FROM named GROUP BY actor_id ORDER BY count(*) DESC, actor_id LIMIT 40
),
drawn AS (
    SELECT actor_id, name, actor_kind, parent_actor_id FROM most_named JOIN main.dim_actor USING (actor_id)
),
place AS (SELECT DISTINCT named.article_id, named.sentence_no, drawn.* FROM named JOIN drawn USING (actor_id))
SELECT
    one.name,
    other.name AS other_name,
    count(*) AS sentences,
    count(DISTINCT one.article_id) AS articles,
    one.actor_kind,
    other.actor_kind AS other_actor_kind,
    one.actor_id,
    other.actor_id AS other_actor_id
FROM place AS one
JOIN place AS other
    ON one.article_id = other.article_id AND one.sentence_no = other.sentence_no AND one.actor_id < other.actor_id
WHERE one.actor_id IS DISTINCT FROM other.parent_actor_id AND other.actor_id IS DISTINCT FROM one.parent_actor_id
GROUP BY ALL
ORDER BY sentences DESC, one.actor_id, other.actor_id
LIMIT 100
