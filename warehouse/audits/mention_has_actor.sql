-- blocking
-- Every mention's actor is in dim_actor
SELECT mention.mention_id, mention.actor_id, mention.surface
FROM main.fact_actor_mention AS mention
LEFT JOIN main.dim_actor AS actor USING (actor_id)
WHERE actor.actor_id IS NULL
