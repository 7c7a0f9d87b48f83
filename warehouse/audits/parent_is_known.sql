-- warning
-- The parent of an actor is in dim_actor
SELECT child.actor_id, child.parent_actor_id
FROM main.dim_actor AS child
LEFT JOIN main.dim_actor AS parent ON parent.actor_id = child.parent_actor_id
WHERE child.parent_actor_id IS NOT NULL AND parent.actor_id IS NULL
