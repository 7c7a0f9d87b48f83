-- What share of whom holds an opinion of whom or what, in which survey time, and who published it?
-- One row a share in a poll claim and story: a story that tells it again, or its near-copies, add none; changes and
-- margins in percentage points are in mart.claims alone.
-- Owner table: fact_claim
-- Stored as: table
-- published_on: day of publication of the story's first telling
-- source_name: who published it
-- title: the article's title
-- respondents: name of the respondents' actor, else the words of the text
-- respondents_actor_id: the respondents in dim_actor
-- target: whom or what the opinion is about, as far as the text names an actor
-- target_actor_id: the target in dim_actor
-- percent: the share; of parts ("six in ten") what they are in percent; null where the text gives only a bound
-- lowest_percent: lowest share meant; null = open
-- highest_percent: highest share meant; null = open
-- bound: how the figure limits the share
-- direction: up or down where the figure is a change
-- modality: how the text vouches for it
-- polled_from: first day of what dates the claim
-- polled_to: last day of what dates the claim
-- sentence: the sentence that says it, with the question asked
-- claim_key: the claim in mart.claims
-- claim_id: the claim in fact_claim
-- article_id: the article
WITH told AS (
    SELECT claim.claim_id, claim.article_id, claim.sentence_no, parts.in_percent
    FROM main.fact_claim AS claim
    JOIN main.fact_figure AS figure USING (figure_id)
    JOIN (VALUES ('percent', 1), ('ratio', 100)) AS parts (dimension, in_percent)
        ON parts.dimension = figure.dimension
    JOIN main.dim_article AS article ON article.article_id = claim.article_id
    JOIN main.article_story AS story ON story.article_id = claim.article_id
    WHERE claim.topic = 'poll' AND figure.unit IS DISTINCT FROM 'percentage_point'
    QUALIFY row_number() OVER (
        PARTITION BY claim.claim_key, story.story_id
        ORDER BY article.published_on NULLS LAST, claim.article_id, claim.span_start, claim.claim_id
    ) = 1
),
spoken AS (
    SELECT
        told.claim_id,
        told.in_percent,
        substring(body.text, sentence.span_start + 1, sentence.span_end - sentence.span_start) AS sentence
    FROM told
    JOIN main.article_sentence AS sentence USING (article_id, sentence_no)
    JOIN main.article_text AS body USING (article_id)
)
SELECT
    article.published_on,
    article.source_name,
    article.title,
    coalesce(respondents.name, claim.subject_surface) AS respondents,
    claim.subject_actor_id AS respondents_actor_id,
    coalesce(target.name, claim.object_surface) AS target,
    claim.object_actor_id AS target_actor_id,
    round(figure.value * spoken.in_percent, 2) AS percent,
    round(figure.value_low * spoken.in_percent, 2) AS lowest_percent,
    round(figure.value_high * spoken.in_percent, 2) AS highest_percent,
    figure.bound,
    figure.direction,
    claim.modality,
    date.starts_on AS polled_from,
    date.ends_on AS polled_to,
    spoken.sentence,
    claim.claim_key,
    claim.claim_id,
    claim.article_id
FROM spoken
JOIN main.fact_claim AS claim USING (claim_id)
JOIN main.fact_figure AS figure USING (figure_id)
JOIN main.dim_article AS article ON article.article_id = claim.article_id
LEFT JOIN main.fact_date_mention AS date USING (date_id)
LEFT JOIN main.dim_actor AS respondents ON respondents.actor_id = claim.subject_actor_id
LEFT JOIN main.dim_actor AS target ON target.actor_id = claim.object_actor_id
