-- blocking
-- The text at a fact's span is its surface
SELECT 'fact_date_mention' AS fact_table, fact.date_id AS fact_id, fact.surface
FROM main.fact_date_mention AS fact
JOIN changed USING (article_id)
JOIN main.article_text AS body USING (article_id)
WHERE substring(body.text, fact.span_start + 1, fact.span_end - fact.span_start) <> fact.surface
UNION ALL
SELECT 'fact_figure' AS fact_table, fact.figure_id AS fact_id, fact.surface
FROM main.fact_figure AS fact
JOIN changed USING (article_id)
JOIN main.article_text AS body USING (article_id)
WHERE substring(body.text, fact.span_start + 1, fact.span_end - fact.span_start) <> fact.surface
UNION ALL
SELECT 'fact_actor_mention' AS fact_table, fact.mention_id AS fact_id, fact.surface
FROM main.fact_actor_mention AS fact
JOIN changed USING (article_id)
JOIN main.article_text AS body USING (article_id)
WHERE substring(body.text, fact.span_start + 1, fact.span_end - fact.span_start) <> fact.surface
