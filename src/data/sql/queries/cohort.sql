-- The cohorts that the connected person may see; archived ones are left out.

-- active_7d and engagement: members who checked in within 7 days. score is the cohort's own, of its flags: no members 40,
-- no coach 30, few check-ins 30 or 15; NULL once it is over. questionnaire_*: completed of asked in the present week, NULL
-- where none is asked.
-- query: cohort_list
-- result: id int4, name text, status text, week text, members int4, active_7d int4, engagement int4?, coaches text,
--         questionnaire_done int4?, questionnaire_total int4?, score int4?, band text?, flags text
SELECT id, name, status, week, members, active_7d, engagement, coaches, questionnaire_done, questionnaire_total, score, band, flags
FROM centurion.cohort_list();

-- A row a member, a character a day in days: 2 complete, 1 partial, 0 none, p paused, blank before joining and after today.
-- query: cohort_heat
-- params: cohort int4, first_day date, last_day date
-- result: user_id int4, name text, status text, days text, rate_7d int4?, streak int4?
SELECT user_id, name, status, days, rate_7d, streak FROM centurion.cohort_heat($1, $2, $3);

-- Its members with their figures as of a day (NULL: today), active ones first, then by name. Means are of 7 days. Who is paused here has no score,
-- rates and streak.
-- query: cohort_overview
-- params: cohort int4, as_of date?
-- result: user_id int4, name text?, status text, score int4?, band text?, last_checkin date?, checkins_7d int4, checkins_14d int4,
--         checkins_30d int4, rate_7d int4?, rate_30d int4?, weight_7d float8?, steps_7d float8?, calories_7d float8?, sleep_7d float8?,
--         stress_7d float8?, weight_change_14d float8?, streak int4?
SELECT user_id, name, status, score, band, last_checkin, checkins_7d, checkins_14d, checkins_30d, rate_7d, rate_30d, weight_7d, steps_7d,
       calories_7d, sleep_7d, stress_7d, weight_change_14d, streak
FROM centurion.cohort_overview($1, $2);

-- cohort NULL: a new one, with questionnaires for its first weeks if that is asked for. changes: name, description, startDate, endDate, status,
-- frequencyDays.
-- query: cohort_save
-- write
-- params: request uuid, cohort int4?, version text?, changes jsonb, questionnaires bool
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.cohort_save($1, $2, $3, $4, $5);

-- query: cohort_delete
-- write
-- params: request uuid, cohort int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.cohort_delete($1, $2, $3);

-- query: cohort_restore
-- write
-- params: request uuid, cohort int4, version text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.cohort_restore($1, $2, $3);

-- changes: name, startDate, endDate; parts: some of prompts, questionnaires, coaches, members.
-- query: cohort_clone
-- write
-- params: request uuid, cohort int4, changes jsonb, parts text[]
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.cohort_clone($1, $2, $3, $4);

-- These become ACTIVE, COMPLETED, ARCHIVED, DELETED or RESTORED: a row for each of them.
-- query: cohort_set_all
-- write
-- params: request uuid, cohorts int4[], state text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
SELECT outcome, key, version, record, audit FROM centurion.cohort_set_all($1, $2, $3);

-- The list with archived and (for administrators) deleted ones where that is asked for; status is DELETED for those.
-- query: cohort_index
-- params: archived bool, deleted bool
-- result: id int4, name text, status text, week text, members int4, active_7d int4, engagement int4?, coaches text,
--         questionnaire_done int4?, questionnaire_total int4?, score int4?, band text?, flags text, start_date date, end_date date?, version text
SELECT id, name, status, week, members, active_7d, engagement, coaches, questionnaire_done, questionnaire_total, score, band, flags, start_date,
       end_date, version
FROM centurion.cohort_index($1, $2);

-- One, to be read and edited. frequency_days is its own, default_days what holds without.
-- query: cohort_record
-- params: cohort int4
-- result: id int4, name text, description text?, start_date date, end_date date?, status text, week text, frequency_days int4?,
--         default_days int4, members int4, paused int4, gone int4, version text
SELECT id, name, description, start_date, end_date, status, week, frequency_days, default_days, members, paused, gone, version
FROM centurion.cohort_record($1);

-- Who left it.
-- query: cohort_left
-- params: cohort int4
-- result: user_id int4, name text?, left_on date?
SELECT user_id, name, left_on FROM centurion.cohort_left($1);

-- Its coaches, or whoever could become one. fewest and most are the guide for clients a coach; loads that one may not know are NULL.
-- query: cohort_coaches
-- params: cohort int4, assigned bool
-- result: user_id int4, name text?, role text, cohorts int4?, clients int4?, fewest int4, most int4
SELECT user_id, name, role, cohorts, clients, fewest, most FROM centurion.cohort_coaches($1, $2);

-- Clients who are not in it and whom words mean ("": anybody), those who left it first.
-- query: cohort_candidates
-- params: cohort int4, words text, page int4
-- result: user_id int4, name text?, email text, cohorts text, left_on date?
SELECT user_id, name, email, cohorts, left_on FROM centurion.cohort_candidates($1, $2, $3);

-- Its questionnaires. state: to come, open, over.
-- query: cohort_bundles
-- params: cohort int4
-- result: id int4, week int4, title text, questions int4, active bool, opens date, closes date, state text, done int4, started int4, members int4
SELECT id, week, title, questions, active, opens, closes, state, done, started, members FROM centurion.cohort_bundles($1);

-- What it asks at check-ins, a row always; no version: nothing was said yet.
-- query: cohort_prompts
-- params: cohort int4
-- result: prompts jsonb?, version text?
SELECT prompts, version FROM centurion.cohort_prompts($1);

-- Its weeks up to now, the figures of each.
-- query: cohort_weeks
-- params: cohort int4
-- result: week int4, first_day date, members int4, checked_in int4, engagement int4?, checkins int4, weight float8?, weight_change float8?,
--         steps float8?, calories float8?, sleep float8?, stress float8?, questionnaire_done int4?
SELECT week, first_day, members, checked_in, engagement, checkins, weight, weight_change, steps, calories, sleep, stress, questionnaire_done
FROM centurion.cohort_weeks($1);
