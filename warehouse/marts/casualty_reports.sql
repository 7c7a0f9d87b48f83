-- How many people does the news report killed, injured or missing, who did it, when, and how sure is it?
-- One row a number of casualties and story: a story that tells it again, or its near-copies, add none;
-- shares and rates of casualties are in mart.claims alone.
-- Owner table: fact_claim
-- Stored as: table
-- published_on: day of publication of the story's first telling
-- source_name: who published it
-- title: the article's title
-- status: killed, injured, missing, killed_or_injured
-- victims: name of the victims' actor, else the words of the text
-- victims_actor_id: the victims in dim_actor
-- perpetrator: name of the perpetrator's actor, else the words of the text; null where the text names none
-- perpetrator_actor_id: the perpetrator in dim_actor
-- bound: how the number limits the toll
-- number: the number of people; null where the text gives only a bound
-- lowest_number: lowest number meant; null = open
-- highest_number: highest number meant; null = open
-- modality: how the text vouches for it; a report of no casualties is negated
-- dated_from: first day of what dates the claim
-- dated_to: last day of what dates the claim
-- claim_key: the claim in mart.claims
-- claim_id: the claim in fact_claim
-- article_id: the article
-- sentence_no: its sentence
SELECT
    article.published_on,
    article.source_name,
    article.title,
    claim.status,
    coalesce(victims.name, claim.subject_surface) AS victims,
    claim.subject_actor_id AS victims_actor_id,
    coalesce(perpetrator.name, claim.object_surface) AS perpetrator,
    claim.object_actor_id AS perpetrator_actor_id,
    figure.bound,
    figure.value AS number,
    figure.value_low AS lowest_number,
    figure.value_high AS highest_number,
    claim.modality,
    date.starts_on AS dated_from,
    date.ends_on AS dated_to,
    claim.claim_key,
    claim.claim_id,
    claim.article_id,
    claim.sentence_no
FROM main.fact_claim AS claim
JOIN main.fact_figure AS figure USING (figure_id)
JOIN main.dim_article AS article ON article.article_id = claim.article_id
JOIN main.article_story AS story ON story.article_id = claim.article_id
LEFT JOIN main.fact_date_mention AS date USING (date_id)
LEFT JOIN main.dim_actor AS victims ON victims.actor_id = claim.subject_actor_id
LEFT JOIN main.dim_actor AS perpetrator ON perpetrator.actor_id = claim.object_actor_id
WHERE claim.topic = 'casualties' AND figure.dimension = 'count'
QUALIFY row_number() OVER (
    PARTITION BY claim.claim_key, story.story_id
    ORDER BY article.published_on NULLS LAST, claim.article_id, claim.span_start, claim.claim_id
) = 1
