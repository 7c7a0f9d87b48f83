-- Any fact beside the sentence that says it: join on fact_id
-- One row a fact. Filter by fact_id, article_id or fact_table: a join with many facts reads every text.
-- Owner table: fact_date_mention, fact_figure, fact_actor_mention, fact_claim
-- Stored as: view
-- fact_id: the id of the fact in its own table
-- fact_table: the table of the fact
-- surface: the characters themselves
-- sentence: the sentence
-- surface_at: first character of the surface within the sentence, counted from 0
-- title: title of the article
-- source_name: who published it
-- published_on: day of publication
-- url: address of the article
-- rule: which rule made the fact
-- article_id: the article
-- sentence_no: the sentence, counted from 0 in the article
SELECT
    fact.fact_id,
    fact.fact_table,
    fact.surface,
    substring(body.text, sentence.span_start + 1, sentence.span_end - sentence.span_start) AS sentence,
    fact.span_start - sentence.span_start AS surface_at,
    article.title,
    article.source_name,
    article.published_on,
    article.url,
    fact.rule,
    fact.article_id,
    fact.sentence_no
FROM (
    SELECT date_id AS fact_id, 'fact_date_mention' AS fact_table, article_id, sentence_no, span_start, surface, rule
    FROM main.fact_date_mention
    UNION ALL
    SELECT figure_id, 'fact_figure', article_id, sentence_no, span_start, surface, rule FROM main.fact_figure
    UNION ALL
    SELECT mention_id, 'fact_actor_mention', article_id, sentence_no, span_start, surface, rule
    FROM main.fact_actor_mention
    UNION ALL
    SELECT claim_id, 'fact_claim', article_id, sentence_no, span_start, surface, rule FROM main.fact_claim
) AS fact
JOIN main.dim_article AS article USING (article_id)
JOIN main.article_text AS body USING (article_id)
JOIN main.article_sentence AS sentence USING (article_id, sentence_no)
