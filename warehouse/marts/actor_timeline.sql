-- How often each actor was mentioned on each day of publication, and in how many articles
SELECT
    article.published_on,
    actor.actor_id,
    actor.name,
    actor.actor_kind,
    actor.country_code,
    count(*) AS mentions,
    count(DISTINCT mention.article_id) AS articles
FROM main.fact_actor_mention AS mention
JOIN main.dim_actor AS actor USING (actor_id)
JOIN main.dim_article AS article USING (article_id)
GROUP BY ALL
