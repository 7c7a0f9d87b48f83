-- Which actors stand in one sentence, how often, in how many articles, and from when to when
-- One row a pair of actors, each pair once: the id of the first is the smaller.
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
)
SELECT
    one.actor_id,
    actor.name,
    other.actor_id AS other_actor_id,
    other_actor.name AS other_name,
    count(*) AS sentences,
    count(DISTINCT one.article_id) AS articles,
    min(article.published_on) AS first_published_on,
    max(article.published_on) AS last_published_on
FROM named AS one
JOIN named AS other
    ON one.article_id = other.article_id AND one.sentence_no = other.sentence_no AND one.actor_id < other.actor_id
JOIN main.dim_actor AS actor ON actor.actor_id = one.actor_id
JOIN main.dim_actor AS other_actor ON other_actor.actor_id = other.actor_id
JOIN main.dim_article AS article ON article.article_id = one.article_id
GROUP BY one.actor_id, actor.name, other.actor_id, other_actor.name
