-- Who tells it
-- Every telling of this very claim, copies included, with its sentence.
-- kind: table
-- filters: claim
SELECT
    article.published_on,
    article.source_name,
    article.title,
    claim.modality,
    claim.surface,
    substring(body.text, sentence.span_start + 1, sentence.span_end - sentence.span_start) AS sentence,
    NOT story.is_lead AS is_copy,
    claim.claim_id,
    claim.article_id,
    claim.sentence_no
FROM main.fact_claim AS claim
JOIN main.dim_article AS article ON article.article_id = claim.article_id
JOIN main.article_story AS story ON story.article_id = claim.article_id
JOIN main.article_text AS body ON body.article_id = claim.article_id
JOIN main.article_sentence AS sentence
    ON sentence.article_id = claim.article_id AND sentence.sentence_no = claim.sentence_no
WHERE claim.claim_key = $claim
ORDER BY article.published_on NULLS LAST, claim.claim_id
LIMIT 200
