-- What was left out
-- Articles, lines and facts that were refused, by reason, with an example; etl.reject has every one.
-- kind: table
-- filters:
SELECT
    severity,
    reason,
    count(*) AS rejects,
    count(DISTINCT source_uri) AS sources,
    min(detail) AS for_example,
    max(run_id) AS last_run
FROM etl.reject
GROUP BY severity, reason
ORDER BY rejects DESC, severity, reason
LIMIT 100
