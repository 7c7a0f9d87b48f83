-- Which claims does the news make, how many independent stories tell each, and how far do their values differ?
-- One row a claim_key of fact_claim; near-copies of one story count as one (article_story).
-- Owner table: fact_claim
-- Table sorted by: topic, last_told_on, claim_key
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
        claim.*,
        figure.unit,
        figure.counted,
        coalesce(figure.value_low, figure.value, figure.value_high) AS low,
        coalesce(figure.value_high, figure.value, figure.value_low) AS high,
        date.starts_on,
        date.ends_on,
        story.story_id,
        article.published_on
    FROM main.fact_claim AS claim
    JOIN main.fact_figure AS figure USING (figure_id)
    JOIN main.dim_article AS article ON article.article_id = claim.article_id
    JOIN main.article_story AS story ON story.article_id = claim.article_id
    LEFT JOIN main.fact_date_mention AS date USING (date_id)
),
first_telling AS (
    FROM told
    QUALIFY row_number() OVER (
        PARTITION BY claim_key ORDER BY published_on NULLS LAST, article_id, span_start, claim_id
    ) = 1
),
tellings AS (
    SELECT
        claim_key,
        min(low) AS lowest_value,
        max(high) AS highest_value,
        count(DISTINCT story_id) AS stories,
        count(DISTINCT story_id) FILTER (modality = 'negated') AS stories_denying,
        count(*) AS tellings,
        min(published_on) AS first_told_on,
        max(published_on) AS last_told_on
    FROM told
    GROUP BY claim_key
)
SELECT
    claim_key,
    first_telling.topic,
    first_telling.status,
    coalesce(subject_actor.name, first_telling.subject_surface) AS subject,
    first_telling.subject_actor_id,
    coalesce(object_actor.name, first_telling.object_surface) AS object,
    first_telling.object_actor_id,
    first_telling.unit,
    first_telling.counted,
    tellings.lowest_value,
    tellings.highest_value,
    first_telling.starts_on AS dated_from,
    first_telling.ends_on AS dated_to,
    first_telling.modality,
    tellings.stories,
    tellings.stories_denying,
    tellings.tellings,
    tellings.first_told_on,
    tellings.last_told_on,
    first_telling.claim_id AS first_claim_id
FROM first_telling
JOIN tellings USING (claim_key)
LEFT JOIN main.dim_actor AS subject_actor ON subject_actor.actor_id = first_telling.subject_actor_id
LEFT JOIN main.dim_actor AS object_actor ON object_actor.actor_id = first_telling.object_actor_id
