-- blocking
-- A fact stands in a sentence of an article that is there
SELECT 'fact_date_mention' AS fact_table, fact.date_id AS fact_id, fact.article_id, fact.sentence_no
FROM main.fact_date_mention AS fact
LEFT JOIN main.article_sentence AS sentence
    ON sentence.article_id = fact.article_id
    AND sentence.sentence_no = fact.sentence_no
    AND fact.span_start >= sentence.span_start
    AND fact.span_end <= sentence.span_end
WHERE sentence.article_id IS NULL
UNION ALL
SELECT 'fact_figure' AS fact_table, fact.figure_id AS fact_id, fact.article_id, fact.sentence_no
FROM main.fact_figure AS fact
LEFT JOIN main.article_sentence AS sentence
    ON sentence.article_id = fact.article_id
    AND sentence.sentence_no = fact.sentence_no
    AND fact.span_start >= sentence.span_start
    AND fact.span_end <= sentence.span_end
WHERE sentence.article_id IS NULL
UNION ALL
SELECT 'fact_actor_mention' AS fact_table, fact.mention_id AS fact_id, fact.article_id, fact.sentence_no
FROM main.fact_actor_mention AS fact
LEFT JOIN main.article_sentence AS sentence
    ON sentence.article_id = fact.article_id
    AND sentence.sentence_no = fact.sentence_no
    AND fact.span_start >= sentence.span_start
    AND fact.span_end <= sentence.span_end
WHERE sentence.article_id IS NULL
