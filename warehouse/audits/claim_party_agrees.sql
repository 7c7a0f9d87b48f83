-- blocking
-- A claim's first subject and object stand among its parties, and every party belongs to a claim
WITH first_party AS (
    SELECT claim_id, 'subject' AS role, subject_start AS part_start, subject_surface AS surface
    FROM main.fact_claim
    WHERE subject_start IS NOT NULL
    UNION ALL
    SELECT claim_id, 'object' AS role, object_start AS part_start, object_surface AS surface
    FROM main.fact_claim
    WHERE object_start IS NOT NULL
)
SELECT first_party.claim_id, first_party.role, first_party.surface
FROM first_party
ANTI JOIN main.claim_party AS party USING (claim_id, role, part_start)
UNION ALL
SELECT party.claim_id, party.role, party.surface
FROM main.claim_party AS party
ANTI JOIN main.fact_claim AS claim USING (claim_id)
