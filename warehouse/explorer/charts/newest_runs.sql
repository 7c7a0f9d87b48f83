-- Newest runs
-- The last ten runs that this version knows, newest first: what they took in, and how long they took in seconds.
-- kind: table
-- filters:
SELECT
    strftime(started_at, '%Y-%m-%d %H:%M') AS started_at_utc,
    state,
    articles_read,
    articles_loaded,
    articles_unchanged,
    articles_rejected,
    rows_loaded AS facts_loaded,
    round(read_seconds + extract_seconds + load_seconds, 1) AS seconds,
    message
FROM etl.run
ORDER BY run_id DESC
LIMIT 10
