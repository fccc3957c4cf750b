-- Daily check-ins.

-- A member's check-in of a day; version NULL: nobody had seen one. changes: {"weight": 80.5, "steps": null, "customResponses": {...},
-- "dataSources": {"steps": "healthkit"}}.
-- query: entry_save
-- params: request uuid, user_id int4, day date, version text?, changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.entry_save($1, $2, $3, $4, $5) AS c;

-- query: entry_delete
-- params: request uuid, entry int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.entry_delete($1, $2, $3) AS c;

-- A page of check-ins in one round trip, [{"user_id": 1, "date": "2026-01-16", "version": null, "changes": {...}}, ...]: a row each, in their
-- order. One that was refused says why in its key, and keeps no other one from being saved.
-- query: entries_save
-- params: request uuid, items jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.entries_save($1, $2) AS c;

-- What a cell is held against while it is typed; low and high are odd, not wrong (weight: as a part of the last one).
-- query: entry_limits
-- result: metric text, minimum float8?, maximum float8?, low float8?, high float8?
SELECT metric, minimum, maximum, low, high FROM centurion.entry_limits();

-- What is asked beside the usual: by a cohort, or, where that is NULL, of a member.
-- query: entry_prompts
-- params: cohort int4?, user_id int4?
-- result: id text, label text, type text, minimum float8?, maximum float8?, cohort_name text
SELECT id, label, type, minimum, maximum, cohort_name FROM centurion.entry_prompts($1, $2);

-- A row a member and day, by name and day. answers: to the prompts in their order, divided by the unit separator. last_weight: the one before
-- that day; ..._1: the day before; ..._14: means of the fourteen days before. changed_by: who wrote it last, and when (local time). complete: as
-- the cohorts' heat-map has it.
-- query: entry_grid
-- params: cohort int4, first_day date, last_day date
-- result: user_id int4, name text?, status text, day date, version text?, weight float8?, steps int4?, calories int4?, sleep int4?, stress int4?,
--         notes text?, sources text?, answers text?, last_weight float8?, weight_1 float8?, steps_1 int4?, calories_1 int4?, sleep_1 int4?,
--         stress_1 int4?, answers_1 text?, weight_14 float8?, steps_14 float8?, calories_14 float8?, sleep_14 float8?, stress_14 float8?,
--         changed_by text?, changed_at timestamp?, complete bool
SELECT user_id, name, status, day, version, weight, steps, calories, sleep, stress, notes, sources, answers, last_weight, weight_1, steps_1, calories_1,
       sleep_1, stress_1, answers_1, weight_14, steps_14, calories_14, sleep_14, stress_14, changed_by, changed_at,
       centurion.is_complete(weight, steps, calories, stress) AS complete
FROM centurion.entry_grid($1, $2, $3);

-- The same columns, for some days of one member.
-- query: entry_grid_member
-- params: user_id int4, first_day date, last_day date
-- result: user_id int4, name text?, status text, day date, version text?, weight float8?, steps int4?, calories int4?, sleep int4?, stress int4?,
--         notes text?, sources text?, answers text?, last_weight float8?, weight_1 float8?, steps_1 int4?, calories_1 int4?, sleep_1 int4?,
--         stress_1 int4?, answers_1 text?, weight_14 float8?, steps_14 float8?, calories_14 float8?, sleep_14 float8?, stress_14 float8?,
--         changed_by text?, changed_at timestamp?, complete bool
SELECT user_id, name, status, day, version, weight, steps, calories, sleep, stress, notes, sources, answers, last_weight, weight_1, steps_1, calories_1,
       sleep_1, stress_1, answers_1, weight_14, steps_14, calories_14, sleep_14, stress_14, changed_by, changed_at,
       centurion.is_complete(weight, steps, calories, stress) AS complete
FROM centurion.entry_grid_member($1, $2, $3);

-- What health data suggests for the check-in of a day: sleep by the hours asleep of the night before it, round((minutes - 180) / 30), from 1 to 10, and
-- the words for it. The longest night counts where there are several.
-- query: checkin_suggestions
-- params: user_id int4, day date
-- result: metric text, value int4, words text
SELECT 'sleepQuality' AS metric, s.value, format('Health suggests %s (%s h %s m)', s.value, h.minutes / 60, h.minutes % 60) AS words
FROM centurion.member_health($1, $2, 1) AS h
     CROSS JOIN LATERAL (SELECT greatest(1, least(10, round((h.minutes - 180) / 30.0)))::integer AS value) AS s
WHERE h.kind = 'sleep'
ORDER BY h.minutes DESC
LIMIT 1;
