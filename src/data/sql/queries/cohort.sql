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
