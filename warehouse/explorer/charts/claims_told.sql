-- Claims told most
-- The 100 claims that most independent stories tell; near-copies count once.
-- kind: table
-- filters: since until source actor
SELECT
    stories,
    topic,
    status,
    subject,
    object,
    lowest_value,
    highest_value,
    unit,
    counted,
    modality,
    dated_from,
    first_told_on,
    last_told_on,
    claim_key
FROM mart.claims
WHERE topic <> 'count'
    AND (last_told_on >= $since OR $since IS NULL)
    AND (first_told_on <= $until OR $until IS NULL)
    AND (
        $source IS NULL
        OR claim_key IN (
            SELECT claim_key FROM main.fact_claim JOIN main.dim_article USING (article_id) WHERE source_name = $source
        )
    )
    AND ($actor IS NULL OR subject_actor_id = $actor OR object_actor_id = $actor)
ORDER BY stories DESC, tellings DESC, last_told_on DESC NULLS LAST, claim_key
LIMIT 100
