-- warning
-- A mention has the kind of its actor (older facts may differ after an upgrade of the reference data)
SELECT mention.mention_id, mention.actor_id, mention.actor_kind, actor.actor_kind AS kind_in_dim_actor
FROM main.fact_actor_mention AS mention
JOIN main.dim_actor AS actor USING (actor_id)
WHERE actor.actor_kind <> mention.actor_kind
