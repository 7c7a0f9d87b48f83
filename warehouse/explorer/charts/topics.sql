-- What the claims are about
-- Claims by topic and month of publication; plain counts ("two men") are left out. With an actor chosen, claims in
-- which it is a party.
-- kind: bar
-- filters: since until source actor
SELECT strftime(article.published_on, '%Y-%m') AS month, claim.topic AS series, count(*) AS claims
FROM main.fact_claim AS claim
JOIN main.dim_article AS article ON article.article_id = claim.article_id
WHERE claim.topic <> 'count'
    AND article.published_on IS NOT NULL
    AND (article.published_on >= $since OR $since IS NULL)
    AND (article.published_on <= $until OR $until IS NULL)
    AND (article.source_name = $source OR $source IS NULL)
    AND ($actor IS NULL OR claim.subject_actor_id = $actor OR claim.object_actor_id = $actor)
GROUP BY month, claim.topic
ORDER BY month DESC, claims DESC, series
LIMIT 500
