-- Which actors stand in one sentence, how often, in how many articles, and from when to when
-- One row a pair of actors, each pair once: the id of the first is the smaller.
-- Owner table: fact_actor_mention
-- Stored as: table
-- actor_id: one of the two
-- name: its name
-- other_actor_id: the other
-- other_name: its name
-- sentences: sentences that name both
-- articles: articles with such a sentence
-- first_published_on: day of publication of the first of them
-- last_published_on: day of publication of the latest
WITH named AS (
    SELECT DISTINCT article_id, sentence_no, actor_id FROM main.fact_actor_mention
),
in_article AS (
    SELECT one.actor_id, other.actor_id AS other_actor_id, one.article_id, count(*) AS sentences
    FROM named AS one
    JOIN named AS other
        ON one.article_id = other.article_id AND one.sentence_no = other.sentence_no AND one.actor_id < other.actor_id
    GROUP BY ALL
),
pair AS (
    SELECT
        actor_id,
        other_actor_id,
        sum(sentences)::BIGINT AS sentences,
        count(*) AS articles,
        min(published_on) AS first_published_on,
        max(published_on) AS last_published_on
    FROM in_article
    JOIN main.dim_article USING (article_id)
    GROUP BY ALL
)
SELECT
    pair.actor_id,
    actor.name,
    pair.other_actor_id,
    other_actor.name AS other_name,
    pair.sentences,
    pair.articles,
    pair.first_published_on,
    pair.last_published_on
FROM pair
JOIN main.dim_actor AS actor ON actor.actor_id = pair.actor_id
JOIN main.dim_actor AS other_actor ON other_actor.actor_id = pair.other_actor_id
