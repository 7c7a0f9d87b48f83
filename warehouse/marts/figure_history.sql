-- How did the value of one claim move over time and sources?
-- One row a series, value and story, in the order of telling; a series is what claims of one key have in common but for
-- their value. Only those are here that two independent stories tell and that have a day, or a period and an actor; of
-- counts and measures of an economy the key does not say what is counted or measured, so they have no history.
-- Owner table: fact_claim
-- Stored as: table
-- series: topic/status/subject/object/unit/period
-- topic: what the figure is about (CODEBOOK.md)
-- status: where money or goods stand, what befell people
-- subject: name of the subject's actor, else the words of the text
-- object: name of the object's actor, else the words of the text
-- unit: unit of the values
-- telling_no: counted from 1 in the series, by day of publication, article and place
-- published_on: day of publication
-- source_name: who published it
-- modality: how the text vouches for it
-- bound: how the figure limits the quantity
-- value: the value; where the text gives only a bound, that
-- lowest_value: lowest value meant; null = open
-- highest_value: highest value meant; null = open
-- previous_value: the value of the telling before
-- change: by how much it differs from the telling before
-- stories: independent stories in the series
-- claim_id: the claim in fact_claim
-- article_id: the article
WITH told AS (
    SELECT
        regexp_replace(claim.claim_key, '/[^/]*$', '') AS series,
        claim.*,
        figure.unit,
        figure.bound,
        coalesce(figure.value, figure.value_low, figure.value_high) AS value,
        figure.value_low,
        figure.value_high,
        story.story_id,
        article.published_on,
        article.source_name
    FROM main.fact_claim AS claim
    JOIN main.fact_figure AS figure USING (figure_id)
    JOIN main.dim_article AS article ON article.article_id = claim.article_id
    JOIN main.article_story AS story ON story.article_id = claim.article_id
    WHERE claim.topic NOT IN ('count', 'economy')
        AND (
            regexp_matches(claim.claim_key, '/\d{4}-\d{2}-\d{2}/[^/]*$')
            OR regexp_matches(claim.claim_key, '/\d{4}[^/]*/[^/]*$')
                AND (claim.subject_actor_id IS NOT NULL OR claim.object_actor_id IS NOT NULL)
        )
),
once AS (
    FROM told
    QUALIFY row_number() OVER (
        PARTITION BY series, value, story_id ORDER BY published_on NULLS LAST, article_id, span_start, claim_id
    ) = 1
),
counted AS (
    SELECT series, count(DISTINCT story_id) AS stories FROM once GROUP BY series HAVING count(DISTINCT story_id) > 1
)
SELECT
    series,
    once.topic,
    once.status,
    coalesce(subject.name, once.subject_surface) AS subject,
    coalesce(object.name, once.object_surface) AS object,
    once.unit,
    row_number() OVER telling AS telling_no,
    once.published_on,
    once.source_name,
    once.modality,
    once.bound,
    once.value,
    once.value_low AS lowest_value,
    once.value_high AS highest_value,
    lag(once.value) OVER telling AS previous_value,
    once.value - lag(once.value) OVER telling AS change,
    counted.stories,
    once.claim_id,
    once.article_id
FROM once
JOIN counted USING (series)
LEFT JOIN main.dim_actor AS subject ON subject.actor_id = once.subject_actor_id
LEFT JOIN main.dim_actor AS object ON object.actor_id = once.object_actor_id
WINDOW telling AS (
    PARTITION BY series ORDER BY once.published_on NULLS LAST, once.article_id, once.span_start, once.claim_id
)
