-- Which countries are in the news?
SELECT name, sum(articles)::BIGINT AS articles, sum(mentions)::BIGINT AS mentions
FROM mart.actor_timeline WHERE actor_kind = 'country' GROUP BY name
ORDER BY articles DESC, mentions DESC LIMIT 4;

-- Who is named together with Ukraine?
SELECT name, other_name, articles, sentences, last_published_on FROM mart.actor_pairs
WHERE 'Ukraine' IN (name, other_name) ORDER BY articles DESC, sentences DESC, name LIMIT 3;

-- Which claims does more than one independent story tell?
SELECT subject, object, status, highest_value, unit, stories, last_told_on
FROM mart.claims WHERE stories > 1 ORDER BY stories DESC, last_told_on;

-- Who gives how much to whom, and in what state is the money?
SELECT giver, status, bound, amount, currency, amount_usd, dated_from
FROM mart.money_flows WHERE receiver = 'Ukraine' AND giver IS NOT NULL
AND topic = 'aid' AND modality = 'asserted' ORDER BY first_told_on, amount DESC;

-- How much aid is pledged, month by month, in dollars?
SELECT strftime(first_told_on, '%Y-%m') AS month, count(*) AS pledges,
    round(sum(amount_usd)) AS usd FROM mart.money_flows
WHERE topic = 'aid' AND status = 'pledged' AND modality = 'asserted' GROUP BY month ORDER BY month;

-- Who was killed, injured or is missing, and how sure is the number?
SELECT published_on, status, bound, number, modality, dated_from
FROM mart.casualty_reports WHERE title LIKE '%Nepal%' AND number > 100 AND dated_from IS NOT NULL
ORDER BY published_on, number;

-- How did a figure move over time and sources?
SELECT published_on, source_name, value, change FROM mart.figure_history
WHERE series LIKE 'casualties/killed/people/%/2023-11-03' ORDER BY telling_no;

-- What do the articles say will happen?
SELECT starts_on, days_ahead, surface, left(sentence, 70) AS sentence FROM mart.future_dates
WHERE starts_on = ends_on AND published_on >= '2024-04-01' ORDER BY starts_on, date_id;

-- What stands behind a fact?
SELECT surface, rule, source_name, left(sentence, 70) AS sentence FROM mart.evidence
WHERE fact_table = 'fact_claim' AND fact_id IN (SELECT first_claim_id FROM mart.claims WHERE stories > 1)
ORDER BY surface;

-- What did each run take, and what did it refuse?
SELECT state, articles_read, articles_loaded, reason, count(reject_id) AS rejects
FROM etl.run LEFT JOIN etl.reject USING (run_id) GROUP BY ALL ORDER BY ALL;
