-- blocking
-- Every article is in one story, whose id is that of its lead
SELECT coalesce(article.article_id, story.article_id) AS article_id, story.story_id, story.is_lead, lead.is_lead AS led
FROM main.dim_article AS article
FULL JOIN main.article_story AS story USING (article_id)
LEFT JOIN main.article_story AS lead ON lead.article_id = story.story_id
WHERE article.article_id IS NULL
    OR story.article_id IS NULL
    OR story.is_lead <> (story.article_id = story.story_id)
    OR lead.is_lead IS NOT TRUE
UNION ALL
SELECT article_id, min(story_id), bool_or(is_lead), NULL
FROM main.article_story
GROUP BY article_id
HAVING count(*) > 1
