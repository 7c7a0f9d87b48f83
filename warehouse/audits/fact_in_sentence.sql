-- blocking
-- A fact stands in a sentence of an article that is there
SELECT fact.fact_table, fact.fact_id, fact.article_id, fact.sentence_no
FROM every_fact AS fact
ANTI JOIN main.article_sentence AS sentence
    ON sentence.article_id = fact.article_id
    AND sentence.sentence_no = fact.sentence_no
    AND fact.span_start >= sentence.span_start
    AND fact.span_end <= sentence.span_end
