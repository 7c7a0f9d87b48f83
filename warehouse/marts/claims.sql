-- Which claims does the news make, how many independent stories tell each, and how far do their values differ?
-- One row a claim_key of fact_claim; near-copies of one story count as one (article_story).
-- Owner table: fact_claim
-- Stored as: table
-- claim_key: what the claim says: topic/status/subject/object/unit/period/value
-- topic: what the figure is about (CODEBOOK.md)
-- status: where money or goods stand, what befell people; null for other topics
-- subject: name of the first subject's actor, else the words of the first telling
-- subject_actor_id: the first subject in dim_actor
-- object: name of the first object's actor, else the words of the first telling
-- object_actor_id: the first object in dim_actor
-- unit: unit of the values: ISO 4217 for money, percent, otherwise Pint's name
-- counted: the counted noun, as the first telling has it
-- lowest_value: lowest value told
-- highest_value: highest value told
-- dated_from: first day of what dates the claim
-- dated_to: last day of what dates the claim
-- modality: how the first telling vouches for it
-- stories: independent stories that tell it
-- stories_denying: independent stories that tell it as negated
-- tellings: rows of fact_claim, copies and repetitions included
-- first_told_on: day of publication of the first telling
-- last_told_on: day of publication of the latest telling
-- first_claim_id: the first telling in fact_claim
WITH told AS (
    SELECT
        claim.claim_key,
        claim.claim_id,
        claim.article_id,
        claim.span_start,
        claim.modality,
        coalesce(figure.value_low, figure.value, figure.value_high) AS low,
        coalesce(figure.value_high, figure.value, figure.value_low) AS high,
        story.story_id,
        article.published_on
    FROM main.fact_claim AS claim
    JOIN main.fact_figure AS figure USING (figure_id)
    JOIN main.dim_article AS article ON article.article_id = claim.article_id
    JOIN main.article_story AS story ON story.article_id = claim.article_id
),
first_telling AS (
    SELECT claim_id
    FROM told
    QUALIFY row_number() OVER (
        PARTITION BY claim_key ORDER BY published_on NULLS LAST, article_id, span_start, claim_id
    ) = 1
),
in_story AS (
    SELECT
        claim_key,
        min(low) AS lowest_value,
        max(high) AS highest_value,
        bool_or(modality = 'negated') AS denied,
        count(*) AS tellings,
        min(published_on) AS first_told_on,
        max(published_on) AS last_told_on
    FROM told
    GROUP BY claim_key, story_id
),
known AS (
    SELECT
        claim_key,
        min(lowest_value) AS lowest_value,
        max(highest_value) AS highest_value,
        count(*) AS stories,
        count_if(denied)::BIGINT AS stories_denying,
        sum(tellings)::BIGINT AS tellings,
        min(first_told_on) AS first_told_on,
        max(last_told_on) AS last_told_on
    FROM in_story
    GROUP BY claim_key
)
SELECT
    claim.claim_key,
    claim.topic,
    claim.status,
    coalesce(subject_actor.name, claim.subject_surface) AS subject,
    claim.subject_actor_id,
    coalesce(object_actor.name, claim.object_surface) AS object,
    claim.object_actor_id,
    figure.unit,
    figure.counted,
    known.lowest_value,
    known.highest_value,
    date.starts_on AS dated_from,
    date.ends_on AS dated_to,
    claim.modality,
    known.stories,
    known.stories_denying,
    known.tellings,
    known.first_told_on,
    known.last_told_on,
    claim.claim_id AS first_claim_id
FROM first_telling
JOIN main.fact_claim AS claim USING (claim_id)
JOIN known ON known.claim_key = claim.claim_key
JOIN main.fact_figure AS figure USING (figure_id)
LEFT JOIN main.fact_date_mention AS date USING (date_id)
LEFT JOIN main.dim_actor AS subject_actor ON subject_actor.actor_id = claim.subject_actor_id
LEFT JOIN main.dim_actor AS object_actor ON object_actor.actor_id = claim.object_actor_id
