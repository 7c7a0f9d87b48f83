-- One claim over time
-- Each value that a story gives for the claim, by day of publication, with a line to its lowest and highest where the
-- text leaves room, and a triangle where that has no end. Claims alike but for their value count as one; of counts and
-- measures of an economy, only the very same claim.
-- kind: range
-- filters: claim
SELECT
    article.published_on,
    figure.value_low AS low,
    coalesce(figure.value, figure.value_low, figure.value_high) AS value,
    figure.value_high AS high,
    figure.unit,
    article.source_name,
    article.title,
    claim.article_id,
    claim.sentence_no
FROM main.fact_claim AS claim
JOIN main.fact_figure AS figure USING (figure_id)
JOIN main.dim_article AS article ON article.article_id = claim.article_id
JOIN main.article_story AS story ON story.article_id = claim.article_id
WHERE claim.claim_key = $claim
    OR (
        claim.topic NOT IN ('count', 'economy')
        AND regexp_replace(claim.claim_key, '/[^/]*$', '') = regexp_replace($claim, '/[^/]*$', '')
    )
QUALIFY row_number() OVER (
    PARTITION BY story.story_id, value, low, high ORDER BY article.published_on NULLS LAST, claim.claim_id
) = 1
ORDER BY article.published_on NULLS LAST, claim.claim_id
LIMIT 300
