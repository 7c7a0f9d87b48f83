-- blocking
-- The ledger names every article of the warehouse, with its content, and no other
SELECT
    coalesce(article.article_id, ledger.article_id) AS article_id,
    article.content_sha256,
    ledger.content_sha256 AS content_in_ledger
FROM main.dim_article AS article
FULL JOIN (FROM etl.article WHERE state IN ('loaded', 'stale')) AS ledger USING (article_id)
WHERE article.content_sha256 IS DISTINCT FROM ledger.content_sha256
