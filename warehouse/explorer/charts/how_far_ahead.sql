-- How far ahead the news looks
-- Mentions of dates after the day of publication, by the time from then until they begin.
-- kind: bar
-- filters: since until source actor
SELECT ahead, count(*) AS mentions
FROM (
    SELECT
        *,
        CASE
            WHEN days_ahead <= 1 THEN 1
            WHEN days_ahead <= 7 THEN 2
            WHEN days_ahead <= 31 THEN 3
            WHEN days_ahead <= 92 THEN 4
            WHEN days_ahead <= 366 THEN 5
            WHEN days_ahead <= 1827 THEN 6
            ELSE 7
        END AS step
    FROM mart.future_dates
) AS mention
JOIN (
    VALUES
        (1, 'the next day'), (2, 'within a week'), (3, 'within a month'), (4, 'within three months'),
        (5, 'within a year'), (6, 'within five years'), (7, 'later')
) AS ahead (step, ahead) USING (step)
WHERE TRUE
    AND (published_on >= $since OR $since IS NULL)
    AND (published_on <= $until OR $until IS NULL)
    AND (source_name = $source OR $source IS NULL)
    AND (
        $actor IS NULL
        OR (article_id, sentence_no) IN (
            SELECT (article_id, sentence_no) FROM main.fact_actor_mention WHERE actor_id = $actor
        )
    )
GROUP BY step, ahead
ORDER BY step
LIMIT 20
