-- Sources and languages
-- Who published the articles, in which language; facts are taken from English ones.
-- kind: table
-- filters: since until source actor
SELECT
    coalesce(article.source_name, '(not named)') AS source_name,
    article.language,
    count(*) AS articles,
    count(*) FILTER (article.extraction = 'done') AS with_facts,
    sum(article.word_count)::BIGINT AS words,
    min(article.published_on) AS first_published_on,
    max(article.published_on) AS last_published_on
FROM main.dim_article AS article
WHERE TRUE
    AND (article.published_on >= $since OR $since IS NULL)
    AND (article.published_on <= $until OR $until IS NULL)
    AND (article.source_name = $source OR $source IS NULL)
    AND (
        $actor IS NULL
        OR article.article_id IN (SELECT article_id FROM main.fact_actor_mention WHERE actor_id = $actor)
    )
GROUP BY article.source_name, article.language
ORDER BY articles DESC, source_name, language
LIMIT 200
