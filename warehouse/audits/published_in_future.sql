-- warning
-- No article is published after tomorrow
SELECT article_id, published_on, published_from, source_uri
FROM main.dim_article
WHERE published_on > current_date + 1
