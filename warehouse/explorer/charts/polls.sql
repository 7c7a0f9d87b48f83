-- Polls
-- The 100 newest shares of opinion that the articles report, in percent, with the sentence that has the question.
-- kind: table
-- filters: since until source actor
SELECT
    published_on,
    respondents,
    target,
    percent,
    bound,
    sentence,
    source_name,
    title,
    claim_key,
    article_id
FROM mart.polls
WHERE (published_on >= $since OR $since IS NULL)
    AND (published_on <= $until OR $until IS NULL)
    AND (source_name = $source OR $source IS NULL)
    AND ($actor IS NULL OR respondents_actor_id = $actor OR target_actor_id = $actor)
ORDER BY published_on DESC NULLS LAST, article_id, claim_id
LIMIT 100
