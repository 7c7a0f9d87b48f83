-- blocking
-- Every mention's actor is in dim_actor, of the same kind
SELECT mention.mention_id, mention.actor_id, mention.actor_kind, actor.actor_kind AS kind_in_dim_actor
FROM main.fact_actor_mention AS mention
LEFT JOIN main.dim_actor AS actor USING (actor_id)
WHERE actor.actor_id IS NULL OR actor.actor_kind <> mention.actor_kind
