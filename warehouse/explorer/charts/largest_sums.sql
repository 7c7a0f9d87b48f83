-- Largest sums of money
-- The 100 largest sums that the articles name, in dollars at the rate of the day of publication, each once a story;
-- with an actor chosen, those in sentences that name it. Prices ("a barrel") are left out.
-- kind: table
-- filters: since until source actor
WITH sums AS (
    SELECT money.*, story.story_id
    FROM mart.money AS money
    JOIN main.article_story AS story USING (article_id)
    WHERE money.value_usd IS NOT NULL
        AND money.per_unit IS NULL
        AND (money.published_on >= $since OR $since IS NULL)
        AND (money.published_on <= $until OR $until IS NULL)
        AND (money.source_name = $source OR $source IS NULL)
        AND (
            $actor IS NULL
            OR (money.article_id, money.sentence_no) IN (
                SELECT (article_id, sentence_no) FROM main.fact_actor_mention WHERE actor_id = $actor
            )
        )
    QUALIFY row_number() OVER (
        PARTITION BY story.story_id, money.value, money.currency ORDER BY money.published_on, money.figure_id
    ) = 1
    ORDER BY money.value_usd DESC, money.figure_id
    LIMIT 100
)
SELECT
    sums.value_usd,
    sums.surface,
    sums.bound,
    substring(body.text, sentence.span_start + 1, sentence.span_end - sentence.span_start) AS sentence,
    sums.published_on,
    sums.source_name,
    sums.title,
    sums.article_id,
    sums.sentence_no
FROM sums
JOIN main.article_text AS body USING (article_id)
JOIN main.article_sentence AS sentence USING (article_id, sentence_no)
ORDER BY sums.value_usd DESC, sums.figure_id
