-- The review queue of the connected coach. week is any day of the review week; the current week is judged as of today.

-- Every client of a week, those who need attention first. cohort is the newest of their cohorts, with "+1" for further ones;
-- cohort_week is "2/6", or "31" without an end; questionnaire is none, not_started, in_progress or completed, with the
-- hours since it was saved; last_days is NULL for somebody who never checked in.
-- Means are those of the week. coach NULL: the caller's own queue; another one is for administrators, and each time that it is read is in
-- the audit log. cohorts NULL: all of them.
-- query: review_queue
-- params: week date, coach int4?, cohorts int4[]?
-- result: user_id int4, name text, cohort text, cohort_week text, score int4, band text, checkins int4, expected int4,
--         rate_7d int4, rate_30d int4, rate_90d int4, delta int4, questionnaire text, questionnaire_hours int4?, last_days int4?,
--         weight float8?, weight_change float8?, steps float8?, calories float8?, sleep float8?, stress float8?,
--         review_status text, reviewed_at timestamp?
SELECT user_id, name, cohort, cohort_week, score, band, checkins, expected, rate_7d, rate_30d, rate_90d, delta, questionnaire,
       questionnaire_hours, last_days, weight, weight_change, steps, calories, sleep, stress, review_status, reviewed_at
FROM centurion.review_queue($1, $2, $3);

-- query: review_summary
-- params: week date, coach int4?, cohorts int4[]?
-- result: coach_name text, red int4, amber int4, green int4, reviewed int4, total int4, sessions_today int4, unmarked int4
SELECT coach_name, red, amber, green, reviewed, total, sessions_today, unmarked
FROM centurion.review_summary($1, $2, $3);

-- The cohorts that a queue is made of.
-- query: review_cohorts
-- params: week date, coach int4?
-- result: id int4, name text, cohort_week text, clients int4
SELECT id, name, cohort_week, clients FROM centurion.review_cohorts($1, $2);

-- Earlier weeks with clients who are still pending, the latest first.
-- query: review_backlog
-- params: coach int4?
-- result: week date, pending int4, total int4
SELECT week, pending, total FROM centurion.review_backlog($1);

-- Why somebody is where they are in the queue. A reason without points makes the band red whatever the score.
-- query: review_reasons
-- params: user_id int4, week date
-- result: points int4?, reason text, suggestion text
SELECT points, reason, suggestion FROM centurion.review_reasons($1, $2);

-- Seven days from Monday; source is m (typed), h (from health data) or empty.
-- query: review_week_strip
-- params: user_id int4, week date
-- result: date date, weight float8?, steps int4?, calories int4?, sleep int4?, stress int4?, source text
SELECT date, weight, steps, calories, sleep, stress, source FROM centurion.review_week_strip($1, $2);

-- Six weeks up to the end of the review week or today, a row a day.
-- query: review_trends
-- params: user_id int4, week date
-- result: date date, weight float8?, steps int4?, sleep int4?, stress int4?
SELECT date, weight, steps, sleep, stress FROM centurion.review_trends($1, $2);

-- The latest notes up to the end of the review week, and those written later that are filed under it.
-- query: review_notes
-- params: user_id int4, week date
-- result: week int4, author text, written_at timestamp, notes text
SELECT week, author, written_at, notes FROM centurion.review_notes($1, $2);

-- What happened since this coach's last review of an earlier week: kind is + (new), ~ (changed) or ! (to do). There is
-- always a row; since is NULL where there was no review yet, words are empty where nothing happened.
-- query: review_changes
-- params: user_id int4, week date, coach int4?
-- result: since date?, kind text, words text
SELECT since, kind, words FROM centurion.review_changes($1, $2, $3);

-- The connected coach's own review of a client's week: status is pending, done or skipped.
-- query: review_set
-- params: request uuid, user_id int4, week date, status text, version text?
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.review_set($1, $2, $3, $4, $5) AS c;

-- The same for many clients at once, whatever stood there.
-- query: review_set_all
-- params: request uuid, user_ids int4[], week date, status text
-- result: outcome text, key text?, version text?, record jsonb?, audit int4?
-- write
SELECT c.outcome, c.key, c.version, c.record, c.audit FROM centurion.review_set_all($1, $2, $3, $4) AS c;

-- What the caller marked of a week; no row for a client who was never marked. version is for review_set.
-- query: review_marks
-- params: week date, coach int4?
-- result: user_id int4, status text, version text
SELECT user_id, status, version FROM centurion.review_marks($1, $2);

-- A week of somebody in figures, beside those of the week before. No row for a stranger.
-- query: review_figures
-- params: user_id int4, week date
-- result: name text, email text, coach text, cohort text?, week_number int4?, monday date, last_day date, days int4, checkins int4,
--         weight float8?, weight_change float8?, steps float8?, calories float8?, sleep float8?, stress float8?, before_checkins int4,
--         before_weight float8?, before_steps float8?, before_calories float8?, before_sleep float8?, before_stress float8?,
--         asked int4, completed int4
SELECT name, email, coach, cohort, week_number, monday, last_day, days, checkins, weight, weight_change, steps, calories, sleep, stress,
       before_checkins, before_weight, before_steps, before_calories, before_sleep, before_stress, asked, completed
FROM centurion.review_figures($1, $2);
