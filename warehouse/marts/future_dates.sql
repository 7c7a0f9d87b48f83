-- What do the articles say will happen: which days after their own day of publication do they speak of?
-- One row a mention of a date or time that begins after the day of publication; a length of time, a repeated time and a
-- vague one ("in the future") are none. Near-copies of one story are all here: count stories, not rows.
-- Owner table: fact_date_mention
-- Stored as: table
-- starts_on: first day spoken of
-- ends_on: last day spoken of; the same as the first where a single day is meant
-- granularity: how fine the text is: time, day, week, month, quarter, season, year, ...
-- days_ahead: days from the day of publication to the first day spoken of
-- surface: the words of the date
-- resolution: how the date was resolved: explicit, publication, context, event
-- sentence: the sentence that says it
-- published_on: day of publication
-- source_name: who published it
-- title: the article's title
-- story_id: the story, in article_story
-- date_id: the mention in fact_date_mention
-- article_id: the article
-- sentence_no: its sentence
WITH ahead AS (
    SELECT
        mention.date_id,
        (mention.starts_on - article.published_on)::INTEGER AS days_ahead,
        substring(body.text, sentence.span_start + 1, sentence.span_end - sentence.span_start) AS sentence
    FROM main.fact_date_mention AS mention
    JOIN main.dim_article AS article
        ON article.article_id = mention.article_id AND article.published_on < mention.starts_on
    JOIN main.article_sentence AS sentence
        ON sentence.article_id = mention.article_id AND sentence.sentence_no = mention.sentence_no
    JOIN main.article_text AS body ON body.article_id = mention.article_id
    WHERE mention.timex_type IN ('DATE', 'TIME')
)
SELECT
    mention.starts_on,
    mention.ends_on,
    mention.granularity,
    ahead.days_ahead,
    mention.surface,
    mention.resolution,
    ahead.sentence,
    article.published_on,
    article.source_name,
    article.title,
    story.story_id,
    mention.date_id,
    mention.article_id,
    mention.sentence_no
FROM ahead
JOIN main.fact_date_mention AS mention USING (date_id)
JOIN main.dim_article AS article ON article.article_id = mention.article_id
JOIN main.article_story AS story ON story.article_id = mention.article_id
