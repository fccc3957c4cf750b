-- Workouts that coaches give to their clients.

-- A row a client. changes: title, description.
-- query: workout_assign
-- write
-- params: request uuid, users int4[], changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.workout_assign($1, $2, $3);

-- query: workout_save
-- write
-- params: request uuid, workout int4, version text, changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.workout_save($1, $2, $3, $4);

-- query: workout_delete
-- write
-- params: request uuid, workout int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.workout_delete($1, $2, $3);

-- By staff, and by the client whose it is.
-- query: workout_set_status
-- write
-- params: request uuid, workout int4, version text, status text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.workout_set_status($1, $2, $3, $4);
