-- blocking
-- The text at a fact's span is its surface
WITH sentence AS (
    SELECT
        article_id,
        sentence_no,
        span_start,
        substring(body.text, span_start + 1, span_end - span_start) AS text
    FROM main.article_sentence
    JOIN changed USING (article_id)
    JOIN main.article_text AS body USING (article_id)
),
fact AS (
    SELECT 'fact_date_mention' AS fact_table, date_id AS fact_id, article_id, sentence_no, span_start, span_end, surface
    FROM main.fact_date_mention
    UNION ALL
    SELECT 'fact_figure' AS fact_table, figure_id AS fact_id, article_id, sentence_no, span_start, span_end, surface
    FROM main.fact_figure
    UNION ALL
    SELECT 'fact_actor_mention' AS fact_table, mention_id AS fact_id, article_id, sentence_no, span_start, span_end, surface
    FROM main.fact_actor_mention
)
SELECT fact.fact_table, fact.fact_id, fact.surface
FROM fact
JOIN sentence USING (article_id, sentence_no)
WHERE substring(sentence.text, fact.span_start - sentence.span_start + 1, fact.span_end - fact.span_start) <> fact.surface
