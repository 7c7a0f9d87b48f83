-- Figures that moved
-- Claims alike but for their value that several stories tell with different values: the first and the last told, and
-- how far they lie apart.
-- kind: table
-- filters: since until source actor
SELECT
    any_value(history.topic) AS topic,
    any_value(history.status) AS status,
    arg_min(history.subject, history.telling_no) AS subject,
    arg_min(history.object, history.telling_no) AS object,
    any_value(history.unit) AS unit,
    arg_min(history.value, history.telling_no) AS first_value,
    arg_max(history.value, history.telling_no) AS last_value,
    min(history.value) AS lowest_value,
    max(history.value) AS highest_value,
    any_value(history.stories) AS stories,
    min(history.published_on) AS first_told_on,
    max(history.published_on) AS last_told_on,
    arg_max(claim.claim_key, history.telling_no) AS claim_key
FROM mart.figure_history AS history
JOIN main.fact_claim AS claim USING (claim_id)
GROUP BY history.series
HAVING min(history.value) <> max(history.value)
    AND (max(history.published_on) >= $since OR $since IS NULL)
    AND (min(history.published_on) <= $until OR $until IS NULL)
    AND (bool_or(history.source_name = $source) OR $source IS NULL)
    AND (bool_or(claim.subject_actor_id = $actor OR claim.object_actor_id = $actor) OR $actor IS NULL)
ORDER BY stories DESC, last_told_on DESC, history.series
LIMIT 100
