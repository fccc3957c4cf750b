-- One member, for whoever may see them: no row for anybody else.

-- Rates, means and changes are as of today. cohorts: "Jan 6WC (active, week 2/6); Ongoing (paused, week 31)". next_session is
-- local time. Money is for admins, NULL for coaches. score and band are NULL for somebody who is paused or in no cohort.
-- query: member_overview
-- params: user_id int4
-- result: user_id int4, name text, email text, joined date, cohorts text, coaches text, score int4?, band text?,
--         rate_7d int4, rate_14d int4, rate_30d int4, streak int4, best_streak int4, frequency int4, last_checkin date?,
--         next_due date?, weight float8?, weight_change_14d float8?, steps_7d float8?, calories_7d float8?, sleep_7d float8?,
--         stress_7d float8?, next_session timestamp?, unmarked int4, uninvoiced int4, uninvoiced_amount numeric?,
--         open_invoices int4?
SELECT user_id, name, email, joined, cohorts, coaches, score, band, rate_7d, rate_14d, rate_30d, streak, best_streak, frequency,
       last_checkin, next_due, weight, weight_change_14d, steps_7d, calories_7d, sleep_7d, stress_7d, next_session, unmarked,
       uninvoiced, uninvoiced_amount, open_invoices
FROM centurion.member_overview($1);

-- A page of check-ins, newest first, before a day (NULL: from the newest). sources has a letter each for weight, steps,
-- calories and sleep: m typed, h from health data, - not given.
-- query: member_entries
-- params: user_id int4, before date?, page int4
-- result: id int4, date date, weight float8?, steps int4?, calories int4?, sleep int4?, stress int4?, sources text, notes text?
SELECT id, date, weight, steps, calories, sleep, stress, sources, notes FROM centurion.member_entries($1, $2, $3);

-- People and cohorts whose name (for admins and own clients: or e-mail) holds the words, names that begin with them first.
-- query: palette_find
-- params: words text, page int4
-- result: kind text, id int4, name text, remark text
-- timeout: 3000
SELECT kind, id, name, remark FROM centurion.palette_find($1, $2);

-- A page of the list of members, by name: for admins all clients, for coaches their own. words: a part of the name or the beginning of the e-mail
-- address, NULL or empty for everybody. The next page comes after the last row's name and id; who has no name comes last. cohorts: names of
-- active memberships, for coaches in own cohorts only, as is status: ACTIVE, PAUSED, INACTIVE, or NONE for somebody in no cohort.
-- query: member_list
-- params: words text?, after_name text?, after_id int4?, page int4
-- result: id int4, name text?, email text, cohorts text, status text, last_checkin date?, last_weight float8?
-- timeout: 5000
SELECT id, name, email, cohorts, status, last_checkin, last_weight FROM centurion.member_list($1, $2, $3, $4);

-- How many the list has in all; more: there are more than the 10,000 that were counted.
-- query: member_count
-- params: words text?
-- result: members int4, more bool
-- timeout: 5000
SELECT members, more FROM centurion.member_count($1);

-- Puts into the log that a record was opened (READ_CLIENT) or its copy made (EXPORT_CLIENT, for admins). false: nothing can be written here.
-- query: member_read
-- params: user_id int4, what text
-- result: logged bool
SELECT centurion.member_read($1, $2) AS logged;

-- A row a day of up to 400 days, the last one included.
-- query: member_series
-- params: user_id int4, last date, days int4
-- result: date date, weight float8?, steps int4?, sleep int4?, stress int4?, notes int4, sessions int4
SELECT date, weight, steps, sleep, stress, notes, sessions FROM centurion.member_series($1, $2, $3);

-- A page of sessions in local time, the latest first, after the last row's start and number.
-- query: member_appointments
-- params: user_id int4, before timestamp?, before_id int4?, page int4
-- result: id int4, starts timestamp, ends timestamp, state text, fee numeric, invoiced bool, notes text?, version text
SELECT id, starts, ends, state, fee, invoiced, notes, version FROM centurion.member_appointments($1, $2, $3, $4);

-- state: done, started, missing or later.
-- query: member_questionnaires
-- params: user_id int4
-- result: id int4, cohort text, week int4, opens date, closes date, state text, answered int4, total int4, saved timestamp?
SELECT id, cohort, week, opens, closes, state, answered, total, saved FROM centurion.member_questionnaires($1);

-- The questions of the questionnaires that a member began to answer, by questionnaire. answer NULL: none.
-- query: member_answers
-- params: user_id int4
-- result: id int4, nth int4, question text, answer text?
SELECT id, nth, question, answer FROM centurion.member_answers($1);

-- For admins. state: draft, open, paid or void.
-- query: member_invoices
-- params: user_id int4
-- result: id int4, number text?, month date, total numeric, paid numeric, issued date?, state text
SELECT id, number, month, total, paid, issued, state FROM centurion.member_invoices($1);

-- kind: workout, sleep or steps. Of a night minutes is asleep.
-- query: member_health
-- params: user_id int4, last date, days int4
-- result: kind text, id int4, day date, title text, minutes int4?, km float8?, calories float8?, heart_avg int4?, heart_max int4?, in_bed int4?,
--         deep int4?, rem int4?, core int4?, steps int4?
SELECT kind, id, day, title, minutes, km, calories, heart_avg, heart_max, in_bed, deep, rem, core, steps FROM centurion.member_health($1, $2, $3);

-- A page of the log about a member, the latest first, before a row (NULL: from the latest). Coaches see own actions.
-- query: member_log
-- params: user_id int4, before int4?, page int4
-- result: id int4, at timestamp, actor text?, action text, target text?, detail text
-- timeout: 5000
SELECT id, at, actor, action, target, detail FROM centurion.member_log($1, $2, $3);

-- What of a member can be changed. frequency NULL: as everybody.
-- query: member_show
-- params: user_id int4
-- result: id int4, version text, name text?, email text, frequency int4?
SELECT id, version, name, email, frequency FROM centurion.member_show($1);

-- changes: {"name": "...", "email": "...", "frequency": 3 or null}.
-- query: member_save
-- params: request uuid, user_id int4, version text, changes jsonb
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.member_save($1, $2, $3, $4) AS c;

-- cohort NULL: in none.
-- query: member_add
-- params: request uuid, name text, email text, cohort int4?
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.member_add($1, $2, $3, $4) AS c;
