-- blocking
-- The text at a party's span is its surface
SELECT party.claim_id, party.role, party.surface
FROM main.claim_party AS party
JOIN changed USING (article_id)
JOIN main.article_text AS body USING (article_id)
WHERE substring(body.text, party.part_start + 1, party.part_end - party.part_start) <> party.surface
