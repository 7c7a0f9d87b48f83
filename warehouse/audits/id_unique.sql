-- blocking
-- An id stands in one row only
SELECT table_name, id, count(*) AS row_count
FROM every_id
GROUP BY ALL
HAVING count(*) > 1
