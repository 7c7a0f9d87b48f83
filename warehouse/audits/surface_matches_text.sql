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
)
SELECT fact.fact_table, fact.fact_id, fact.surface
FROM every_fact AS fact
JOIN sentence USING (article_id, sentence_no)
WHERE substring(sentence.text, fact.span_start - sentence.span_start + 1, fact.span_end - fact.span_start) <> fact.surface
