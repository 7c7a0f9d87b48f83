-- blocking
-- An id stands in one row only
WITH suspect AS MATERIALIZED ( -- numbers are counted faster than texts, and equal ids have equal numbers
    SELECT hash(table_name, id) AS mark
    FROM every_id
    GROUP BY mark
    HAVING count(*) > 1
)
SELECT table_name, id, count(*) AS row_count
FROM every_id
WHERE hash(table_name, id) IN (FROM suspect)
GROUP BY ALL
HAVING count(*) > 1
