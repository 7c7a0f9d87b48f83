-- blocking
-- An id stands in one row only
SELECT 'dim_article' AS table_name, article_id::VARCHAR AS id, count(*) AS row_count
FROM main.dim_article
GROUP BY article_id
HAVING count(*) > 1
UNION ALL
SELECT 'dim_actor' AS table_name, actor_id::VARCHAR AS id, count(*) AS row_count
FROM main.dim_actor
GROUP BY actor_id
HAVING count(*) > 1
UNION ALL
SELECT 'dim_unit' AS table_name, unit::VARCHAR AS id, count(*) AS row_count
FROM main.dim_unit
GROUP BY unit
HAVING count(*) > 1
UNION ALL
SELECT 'dim_date' AS table_name, day::VARCHAR AS id, count(*) AS row_count
FROM main.dim_date
GROUP BY day
HAVING count(*) > 1
UNION ALL
SELECT 'article_text' AS table_name, article_id::VARCHAR AS id, count(*) AS row_count
FROM main.article_text
GROUP BY article_id
HAVING count(*) > 1
UNION ALL
SELECT 'fact_date_mention' AS table_name, date_id::VARCHAR AS id, count(*) AS row_count
FROM main.fact_date_mention
GROUP BY date_id
HAVING count(*) > 1
UNION ALL
SELECT 'fact_figure' AS table_name, figure_id::VARCHAR AS id, count(*) AS row_count
FROM main.fact_figure
GROUP BY figure_id
HAVING count(*) > 1
UNION ALL
SELECT 'fact_actor_mention' AS table_name, mention_id::VARCHAR AS id, count(*) AS row_count
FROM main.fact_actor_mention
GROUP BY mention_id
HAVING count(*) > 1
