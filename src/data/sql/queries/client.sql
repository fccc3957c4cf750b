-- What a client sees first: only their own rows, and no scores.

-- query: client_home
-- result: user_id int4, name text, today date, streak int4, best_streak int4, next_milestone int4?, checked_in bool,
--         frequency int4, next_due date, weight float8?, steps int4?, calories int4?, sleep int4?, stress int4?, sources text?,
--         notes text?
SELECT user_id, name, today, streak, best_streak, next_milestone, checked_in, frequency, next_due, weight, steps, calories, sleep,
       stress, sources, notes
FROM centurion.client_home();

-- The last seven days, today last.
-- query: client_week
-- result: date date, checked_in bool, weight float8?, steps int4?, calories int4?, sleep int4?, stress int4?
SELECT date, checked_in, weight, steps, calories, sleep, stress FROM centurion.client_week();

-- kind is questionnaire (answered of total, due by the end of a day) or workout; state is not_started or in_progress.
-- query: client_todo
-- result: kind text, id int4, title text, state text, answered int4?, total int4?, due date?
SELECT kind, id, title, state, answered, total, due FROM centurion.client_todo();

-- kind is session or bootcamp; local time. places_left is NULL without a limit and for sessions; a session can be cancelled
-- until cancel_until.
-- query: client_upcoming
-- params: page int4
-- result: kind text, id int4, title text, location text?, starts timestamp, ends timestamp, places_left int4?, registered bool,
--         cancel_until timestamp?
SELECT kind, id, title, location, starts, ends, places_left, registered, cancel_until FROM centurion.client_upcoming($1);
