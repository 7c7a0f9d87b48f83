-- blocking
-- Every article has its text, of the length that dim_article gives
SELECT article.article_id, article.char_count, length(body.text) AS text_length
FROM main.dim_article AS article
LEFT JOIN main.article_text AS body USING (article_id)
WHERE body.text IS NULL OR article.char_count <> length(body.text)
