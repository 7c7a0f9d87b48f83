-- What the flows leave out
-- Claims about money that are not drawn above, by the first reason that applies.
-- kind: table
-- filters: since until source actor
SELECT
    CASE
        WHEN topic = 'spending' THEN 'spending: the money has a purpose more often than a receiver'
        WHEN modality NOT IN ('asserted', 'reported', 'planned') THEN 'denied, or only possible'
        WHEN status NOT IN ('pledged', 'approved', 'provided', 'spent') THEN 'only ' || status
        WHEN giver_actor_id IS NULL AND receiver_actor_id IS NULL THEN 'neither giver nor receiver is a known actor'
        WHEN giver_actor_id IS NULL THEN 'the giver is no known actor'
        WHEN receiver_actor_id IS NULL THEN 'the receiver is no known actor'
        WHEN amount_usd IS NULL THEN 'no amount, or no exchange rate for its day'
        WHEN amount_usd < 1000000 THEN 'less than a million dollars'
        ELSE 'drawn, unless other pairs come first'
    END AS reason,
    count(*) AS claims,
    count(DISTINCT currency) AS currencies,
    max(amount_usd) AS largest_usd
FROM mart.money_flows
WHERE TRUE
    AND (last_told_on >= $since OR $since IS NULL)
    AND (first_told_on <= $until OR $until IS NULL)
    AND (
        $source IS NULL
        OR claim_key IN (
            SELECT claim_key FROM main.fact_claim JOIN main.dim_article USING (article_id) WHERE source_name = $source
        )
    )
    AND ($actor IS NULL OR giver_actor_id = $actor OR receiver_actor_id = $actor)
GROUP BY reason
ORDER BY claims DESC, reason
LIMIT 20
