-- Sessions and bootcamps of 1 to 42 days, in local time.

-- First the sessions, then the bootcamps, each by their start. kind is session or bootcamp; title is the client's or the bootcamp's name. state is
-- scheduled, unmarked or attended. A session that is invoiced is locked. Of a bootcamp places is NULL without a limit, and notes is its description.
-- query: calendar_week
-- params: first_day date, days int4
-- result: kind text, id int4, user_id int4?, title text?, location text?, starts timestamp, ends timestamp, state text?, fee numeric?,
--         invoiced bool?, places int4?, taken int4?, notes text?, version text
-- timeout: 5000
SELECT kind, id, user_id, title, location, starts, ends, state, fee, invoiced, places, taken, notes, version
FROM centurion.calendar_week($1, $2);

-- The same of one coach's clients, coach NULL: of whoever one may see. Sessions and bootcamps by their start; invoice says which one, NULL without.
-- query: calendar_days
-- params: first_day date, days int4, coach int4?
-- result: kind text, id int4, user_id int4?, title text?, location text?, starts timestamp, ends timestamp, state text?, fee numeric?,
--         invoice text?, places int4?, taken int4?, notes text?, version text
-- timeout: 5000
SELECT kind, id, user_id, title, location, starts, ends, state, fee, invoice, places, taken, notes, version
FROM centurion.calendar_days($1, $2, $3);

-- What the days hold, none for an empty day.
-- query: calendar_totals
-- params: first_day date, days int4, coach int4?
-- result: day date, sessions int4, attended int4, unmarked int4, bootcamps int4, fees numeric
-- timeout: 5000
SELECT day, sessions, attended, unmarked, bootcamps, fees FROM centurion.calendar_totals($1, $2, $3);

-- query: calendar_coaches
-- result: id int4, name text
SELECT id, name FROM centurion.calendar_coaches();
