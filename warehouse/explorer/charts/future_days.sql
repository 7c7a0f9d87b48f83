-- Days ahead
-- Days of which articles spoke before they came: the stronger the colour, the more stories. Only single days, at most
-- two years after the day of publication. With an actor chosen, in sentences that name it.
-- kind: calendar
-- filters: since until source actor
SELECT
    starts_on AS day,
    count(DISTINCT story_id) AS stories,
    arg_max(sentence, published_on) AS for_example,
    arg_max(article_id, published_on) AS article_id,
    arg_max(sentence_no, published_on) AS sentence_no
FROM mart.future_dates
WHERE granularity = 'day'
    AND starts_on = ends_on
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
GROUP BY starts_on
ORDER BY stories DESC, starts_on
LIMIT 500
