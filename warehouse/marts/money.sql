-- What sums of money do the articles name, and what were they in dollars at the rate of the day of publication?
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
