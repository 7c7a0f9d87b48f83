-- blocking
-- A claim's figure, date and actors are there, in the claim's own article
SELECT claim.claim_id, claim.figure_id, claim.date_id, claim.subject_actor_id, claim.object_actor_id
FROM main.fact_claim AS claim
LEFT JOIN main.fact_figure AS figure ON figure.figure_id = claim.figure_id AND figure.article_id = claim.article_id
LEFT JOIN main.fact_date_mention AS day ON day.date_id = claim.date_id AND day.article_id = claim.article_id
LEFT JOIN main.dim_actor AS subject ON subject.actor_id = claim.subject_actor_id
LEFT JOIN main.dim_actor AS object ON object.actor_id = claim.object_actor_id
WHERE figure.figure_id IS NULL
    OR (day.date_id IS NULL AND claim.date_id IS NOT NULL)
    OR (subject.actor_id IS NULL AND claim.subject_actor_id IS NOT NULL)
    OR (object.actor_id IS NULL AND claim.object_actor_id IS NOT NULL)
