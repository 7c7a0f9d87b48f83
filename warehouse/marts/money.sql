-- What sums of money do the articles name, and what were they in dollars at the rate of the day of publication?
-- One row a figure of money.
-- Owner table: fact_figure
-- Stored as: table
-- figure_id: the figure in fact_figure
-- published_on: day of publication
-- source_name: who published it
-- title: title of the article
-- surface: the characters themselves
-- bound: how the value limits the quantity
-- direction: rise or fall that the text states
-- value: the value in `currency`; null where the text gives only a bound
-- value_low: lowest value meant; null = open end
-- value_high: highest value meant; null = open end
-- currency: ISO 4217
-- per_unit: unit of a rate: day, barrel, person
-- usd_per_unit: dollars for one unit of the currency; null where no rate covers the day
-- rate_starts_on: first day of the rate
-- rate_ends_on: last day of the rate
-- rate_source: where the rate comes from
-- value_usd: the value in dollars
-- value_low_usd: the lowest value in dollars
-- value_high_usd: the highest value in dollars
-- article_id: the article
-- sentence_no: its sentence
WITH rated AS (
    SELECT
        figure.*,
        article.published_on,
        article.source_name,
        article.title,
        CASE WHEN article.published_on <= rate.ends_on THEN rate END AS rate
    FROM main.fact_figure AS figure
    JOIN main.dim_article AS article USING (article_id)
    ASOF LEFT JOIN main.dim_fx_rate AS rate
        ON rate.currency = figure.unit AND rate.starts_on <= article.published_on
    WHERE figure.dimension = 'money'
)
SELECT
    figure_id,
    published_on,
    source_name,
    title,
    surface,
    bound,
    direction,
    value,
    value_low,
    value_high,
    unit AS currency,
    per_unit,
    CASE WHEN unit = 'USD' THEN 1.0::DOUBLE ELSE rate.usd_per_unit END AS usd_per_unit,
    rate.starts_on AS rate_starts_on,
    rate.ends_on AS rate_ends_on,
    rate.source AS rate_source,
    value * usd_per_unit AS value_usd,
    value_low * usd_per_unit AS value_low_usd,
    value_high * usd_per_unit AS value_high_usd,
    article_id,
    sentence_no
FROM rated
