-- How many articles, words and facts each day of publication brought
-- One row a day of publication.
-- Owner table: dim_article
-- Stored as: table
-- published_on: day of publication; null where nothing says it
-- articles: articles of that day
-- words: words in them
-- date_mentions: rows of fact_date_mention
-- figures: rows of fact_figure
-- actor_mentions: rows of fact_actor_mention
-- claims: rows of fact_claim
SELECT
    article.published_on,
    count(*) AS articles,
    sum(article.word_count)::BIGINT AS words,
    sum(coalesce(dates.facts, 0))::BIGINT AS date_mentions,
    sum(coalesce(figures.facts, 0))::BIGINT AS figures,
    sum(coalesce(actors.facts, 0))::BIGINT AS actor_mentions,
    sum(coalesce(claims.facts, 0))::BIGINT AS claims
FROM main.dim_article AS article
LEFT JOIN (SELECT article_id, count(*) AS facts FROM main.fact_date_mention GROUP BY article_id) AS dates
    USING (article_id)
LEFT JOIN (SELECT article_id, count(*) AS facts FROM main.fact_figure GROUP BY article_id) AS figures
    USING (article_id)
LEFT JOIN (SELECT article_id, count(*) AS facts FROM main.fact_actor_mention GROUP BY article_id) AS actors
    USING (article_id)
LEFT JOIN (SELECT article_id, count(*) AS facts FROM main.fact_claim GROUP BY article_id) AS claims
    USING (article_id)
GROUP BY article.published_on
