-- Who gives, pays or owes how much money to whom, where does the money stand, and what was it in dollars?
-- One row a claim_key about money that goes from the subject to the object: aid, spending, arms, and of trade what is paid
-- or owed; a sum in brackets is the conversion of the one before and left out. Filter by status and modality before
-- adding up: the same money may be pledged, approved and provided.
-- Owner table: fact_claim
-- Stored as: table
-- giver: who gives, pays or owes
-- giver_actor_id: the giver in dim_actor
-- giver_country_code: the giver's country, ISO 3166-1 alpha-3
-- receiver: who receives, or asks where nobody gives yet
-- receiver_actor_id: the receiver in dim_actor
-- receiver_country_code: the receiver's country, ISO 3166-1 alpha-3
-- topic: aid, spending, weapons or trade
-- status: where the money stands
-- modality: how the first telling vouches for it
-- amount: the amount of the first telling, in `currency`; null where the text gives only a bound ("billions")
-- bound: how the amount limits the quantity
-- lowest_amount: lowest amount told
-- highest_amount: highest amount told
-- currency: ISO 4217
-- amount_usd: `amount` in dollars at the rate of the day of publication; null where dim_fx_rate has none
-- dated_from: first day of what dates the claim
-- dated_to: last day of what dates the claim
-- stories: independent stories that tell it
-- first_told_on: day of publication of the first telling
-- last_told_on: day of publication of the latest telling
-- claim_key: the claim in mart.claims
-- first_claim_id: the first telling in fact_claim
SELECT
    told.subject AS giver,
    told.subject_actor_id AS giver_actor_id,
    giver.country_code AS giver_country_code,
    told.object AS receiver,
    told.object_actor_id AS receiver_actor_id,
    receiver.country_code AS receiver_country_code,
    told.topic,
    told.status,
    told.modality,
    money.value AS amount,
    money.bound,
    told.lowest_value AS lowest_amount,
    told.highest_value AS highest_amount,
    money.currency,
    round(money.value_usd, 2) AS amount_usd,
    told.dated_from,
    told.dated_to,
    told.stories,
    told.first_told_on,
    told.last_told_on,
    told.claim_key,
    told.first_claim_id
FROM mart.claims AS told
JOIN main.fact_claim AS claim ON claim.claim_id = told.first_claim_id
JOIN mart.money AS money USING (figure_id)
JOIN main.article_text AS body ON body.article_id = claim.article_id
LEFT JOIN main.dim_actor AS giver ON giver.actor_id = told.subject_actor_id
LEFT JOIN main.dim_actor AS receiver ON receiver.actor_id = told.object_actor_id
WHERE (told.topic IN ('aid', 'spending', 'weapons') OR (told.topic = 'trade' AND told.status IN ('spent', 'owed')))
    AND told.subject IS DISTINCT FROM told.object
    AND money.per_unit IS NULL
    AND money.direction IS NULL
    AND NOT regexp_matches(
        substring(body.text, greatest(claim.span_start - 59, 1), least(claim.span_start, 60)), '\([^()]*$'
    )
