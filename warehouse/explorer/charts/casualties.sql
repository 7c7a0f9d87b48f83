-- Casualties, day by day
-- The 40 tolls of a day that most stories report, each dated by the text to at most a month before its publication: a
-- dot for the number told last, a line from the lowest to the highest told. Reports of one day may be of several
-- events.
-- kind: range
-- filters: since until source actor
WITH report AS (
    SELECT
        *,
        coalesce(lowest_number, number) AS low,
        coalesce(number, lowest_number, highest_number) AS told,
        coalesce(highest_number, number) AS high,
        row_number() OVER (ORDER BY published_on, article_id, claim_id) AS telling_no
    FROM mart.casualty_reports
    WHERE dated_from = dated_to
        AND dated_from BETWEEN published_on - 31 AND published_on
        AND modality IN ('asserted', 'reported')
        AND (published_on >= $since OR $since IS NULL)
        AND (published_on <= $until OR $until IS NULL)
        AND (source_name = $source OR $source IS NULL)
        AND ($actor IS NULL OR victims_actor_id = $actor OR perpetrator_actor_id = $actor)
)
SELECT
    concat_ws(' ', dated_from, arg_max(coalesce(victims, 'people'), telling_no), replace(status, '_', ' ')) AS label,
    min(low) AS low,
    arg_max(told, telling_no) AS number,
    max(high) AS high,
    dated_from,
    arg_max(coalesce(victims, 'people'), telling_no) AS victims,
    status,
    arg_max(perpetrator, telling_no) AS perpetrator,
    count(DISTINCT story.story_id) AS stories,
    arg_max(title, telling_no) AS title,
    arg_max(claim_key, telling_no) AS claim_key
FROM report
JOIN main.article_story AS story USING (article_id)
GROUP BY regexp_replace(claim_key, '/[^/]*$', ''), dated_from, status
ORDER BY stories DESC, dated_from DESC, number DESC, label
LIMIT 40
