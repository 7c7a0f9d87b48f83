-- Aid and payments
-- Who gives, pays or sends how much to whom, in millions of dollars or more: the 30 pairs that most stories tell, then
-- those with the largest sums. Of a pair's sums by state (pledged, approved, provided, spent) the largest one counts,
-- and the same sum once.
-- kind: sankey
-- filters: since until source actor
WITH flow AS (
    SELECT * FROM mart.money_flows
    WHERE topic IN ('aid', 'weapons', 'trade')
        AND coalesce(status, 'provided') IN ('pledged', 'approved', 'provided', 'spent')
        AND modality IN ('asserted', 'reported', 'planned')
        AND giver_actor_id IS NOT NULL
        AND receiver_actor_id IS NOT NULL
        AND amount_usd >= 1000000
        AND (last_told_on >= $since OR $since IS NULL)
        AND (first_told_on <= $until OR $until IS NULL)
        AND (
            $source IS NULL
            OR claim_key IN (
                SELECT claim_key
                FROM main.fact_claim JOIN main.dim_article USING (article_id)
                WHERE source_name = $source
            )
        )
        AND ($actor IS NULL OR giver_actor_id = $actor OR receiver_actor_id = $actor)
    QUALIFY row_number() OVER (
        PARTITION BY giver_actor_id, receiver_actor_id, status, amount, currency ORDER BY stories DESC, claim_key
    ) = 1
),
state AS (
    SELECT
        giver_actor_id,
        receiver_actor_id,
        any_value(giver) AS giver,
        any_value(receiver) AS receiver,
        status,
        sum(amount_usd) AS amount_usd,
        sum(stories)::BIGINT AS stories,
        count(*) AS claims,
        arg_max(claim_key, amount_usd) AS claim_key
    FROM flow
    GROUP BY giver_actor_id, receiver_actor_id, status
)
SELECT giver, receiver, amount_usd, status, claims, stories, giver_actor_id, receiver_actor_id, claim_key
FROM state
QUALIFY row_number() OVER (PARTITION BY giver_actor_id, receiver_actor_id ORDER BY amount_usd DESC, status) = 1
ORDER BY stories DESC, amount_usd DESC, giver_actor_id, receiver_actor_id
LIMIT 30
