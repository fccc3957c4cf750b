-- Health data of a member, as lists of rows. The record of the answer counts them: {"imported": n, "known": n, "refused":
-- [{"row": n, "why": "..."}]}, and for steps the days without a check-in, "absent".

-- rows: [{"workoutType", "startTime", "endTime", "duration" (minutes), "calories", "distance" (km), "heartRate": {"avg", "max", "min"}, "metadata"}]
-- query: health_workouts_import
-- params: request uuid, user_id int4, rows jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- timeout: 120000
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.health_workouts_import($1, $2, $3) AS c;

-- rows: [{"startTime", "endTime", "totalSleep", "inBedTime", "deepSleep", "remSleep", "coreSleep" (minutes), "sourceDevice"}]
-- query: sleep_import
-- params: request uuid, user_id int4, rows jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- timeout: 120000
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.sleep_import($1, $2, $3) AS c;

-- rows: [{"date", "steps"}]
-- query: steps_import
-- params: request uuid, user_id int4, rows jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- timeout: 120000
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.steps_import($1, $2, $3) AS c;
