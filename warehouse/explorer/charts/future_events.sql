-- What is said to happen
-- Sentences about a day after their publication, at most two years ahead: first what comes next after the newest
-- article, then what has gone by, the latest first. Near-copies count once. With an actor chosen, only sentences that
-- name it.
-- kind: table
-- filters: since until source actor
SELECT starts_on, ends_on, days_ahead, surface, sentence, published_on, source_name, title, article_id, sentence_no
FROM mart.future_dates
WHERE granularity IN ('time', 'day', 'week', 'weekend', 'month')
    AND days_ahead <= 731
    AND (published_on >= $since OR $since IS NULL)
    AND (published_on <= $until OR $until IS NULL)
    AND (source_name = $source OR $source IS NULL)
    AND (
        $actor IS NULL
        OR (article_id, sentence_no) IN (
            SELECT (article_id, sentence_no) FROM main.fact_actor_mention WHERE actor_id = $actor
        )
    )
QUALIFY row_number() OVER (PARTITION BY story_id, starts_on ORDER BY published_on, article_id, date_id) = 1
ORDER BY
    starts_on > max(published_on) OVER () DESC,
    abs(starts_on - max(published_on) OVER ()),
    published_on DESC,
    date_id
LIMIT 200
