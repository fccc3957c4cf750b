-- The review queue and its detail, asked by a coach about the week before this one, which is over: its Sunday is "sunday".
CREATE TEMP TABLE result ("case" text, expected text, actual text);
CREATE TEMP TABLE days AS
SELECT centurion.week_monday(centurion.today()) - 7 AS monday, centurion.week_monday(centurion.today()) - 1 AS sunday;
GRANT ALL ON result, days TO PUBLIC;
CREATE FUNCTION pg_temp.refusal(sql text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    given text;
BEGIN
    EXECUTE sql INTO given;
    RETURN given;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
GRANT EXECUTE ON FUNCTION pg_temp.refusal(text) TO PUBLIC;
CREATE ROLE rules_queue_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_queue_admin LOGIN IN ROLE centurion_admin;

INSERT INTO public.system_settings (key, value) VALUES ('defaultCheckInFrequencyDays', '1');
INSERT INTO public.users (id, email, name, role) VALUES
    (9100, 'c@rules.example', 'Cleo Coach', 'COACH'), (9101, 'o@rules.example', 'Otto Other', 'COACH'),
    (9102, 'a@rules.example', 'Ada Admin', 'ADMIN'), (9001, '1@rules.example', 'Steady', 'CLIENT'), (9002, '2@rules.example', 'Fading', 'CLIENT'),
    (9003, '3@rules.example', 'Paused', 'CLIENT'), (9004, '4@rules.example', 'Deleted', 'CLIENT'), (9005, '5@rules.example', 'Over', 'CLIENT'),
    (9006, '6@rules.example', 'Later', 'CLIENT'), (9007, '7@rules.example', 'Elsewhere', 'CLIENT'), (9008, '8@rules.example', 'Left', 'CLIENT'),
    (9009, '9@rules.example', 'Never', 'CLIENT'), (9010, '10@rules.example', 'Also never', 'CLIENT'),
    (9011, '11@rules.example', 'Joined after', 'CLIENT'), (9012, '12@rules.example', 'Watch', 'CLIENT');
UPDATE public.users SET "deletedAt" = now() WHERE id = 9004;
INSERT INTO centurion.logins VALUES ('rules_queue_coach', 9100, 'COACH'), ('rules_queue_admin', 9102, 'ADMIN');
INSERT INTO public.cohorts (id, name, "startDate", "endDate", status)
SELECT id, name, monday + shift, monday + shift + weeks * 7 - 1, status::public."CohortStatus"
FROM days, (VALUES (9001, 'Newer', -7, 6, 'ACTIVE'), (9002, 'Older', -70, NULL, 'ACTIVE'), (9003, 'Over', -70, 6, 'COMPLETED'),
                   (9004, 'Later', 14, 6, 'ACTIVE'), (9005, 'Elsewhere', -70, 6, 'ACTIVE')) AS c (id, name, shift, weeks, status);
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId")
SELECT id, 9100 FROM generate_series(9001, 9004) AS id UNION ALL SELECT 9005, 9101 UNION ALL SELECT 9001, 9101;
INSERT INTO public.cohort_memberships ("cohortId", "userId", status, "joinedAt")
SELECT cohort, client, status::public."MembershipStatus", monday + CASE WHEN client = 9011 THEN 7 ELSE -10 END
FROM days, (VALUES (9001, 9001, 'ACTIVE'), (9001, 9002, 'ACTIVE'), (9002, 9002, 'ACTIVE'), (9001, 9003, 'PAUSED'), (9001, 9004, 'ACTIVE'),
                   (9003, 9005, 'ACTIVE'), (9004, 9006, 'ACTIVE'), (9005, 9007, 'ACTIVE'), (9001, 9008, 'INACTIVE'),
                   (9002, 9009, 'ACTIVE'), (9002, 9010, 'ACTIVE'), (9001, 9011, 'ACTIVE'), (9001, 9012, 'ACTIVE')) AS m (cohort, client, status);
-- Steady checks in every day and Watch for two weeks, Fading stopped on Wednesday.
INSERT INTO public.entries (id, "userId", date, weight, steps, calories, "sleepQuality", "perceivedStress", "dataSources", "createdAt", "updatedAt")
SELECT 900000 + ago, 9001, sunday - ago, 70, 8000, 2000, 7, 4, '{"steps": "healthkit"}'::jsonb, sunday - ago, sunday - ago
FROM days, generate_series(0, 39) AS ago
UNION ALL
SELECT 910000 + ago, 9002, sunday - ago, 80, NULL, NULL, NULL, CASE WHEN ago < 7 THEN 9 ELSE 5 END, NULL, sunday - ago, sunday - ago
FROM days, generate_series(4, 39) AS ago
UNION ALL
SELECT 930000 + ago, 9012, sunday - ago, 75, 9000, 1900, 8, 3, NULL, sunday - ago, sunday - ago FROM days, generate_series(0, 13) AS ago;
-- Week 2 of the newer cohort is asked: Steady is done, Fading half way.
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions) VALUES
    (9001, 9001, 2, '{"pages": [{"name": "p", "elements": [{"type": "html", "name": "intro"}, {"type": "comment", "name": "wins"},
        {"type": "panel", "name": "more", "elements": [{"type": "rating", "name": "energy"}, {"type": "radiogroup", "name": "focus",
         "choices": ["a", {"value": "b", "text": "B"}]}]}]}]}');
INSERT INTO public.weekly_questionnaire_responses ("userId", "bundleId", "weekNumber", responses, status, "updatedAt")
SELECT 9001, 9001, 2, '{"wins": "x", "energy": 4, "focus": "a"}'::jsonb, 'COMPLETED'::public."ResponseStatus", sunday - 3 FROM days
UNION ALL
SELECT 9002, 9001, 2, '{"wins": "x", "energy": null, "focus": ""}', 'IN_PROGRESS', now() AT TIME ZONE 'UTC' - interval '50 hours 20 minutes' FROM days;
INSERT INTO centurion.reviews SELECT 9100, 9001, monday, 'done', 9100, sunday FROM days;

SET LOCAL SESSION AUTHORIZATION rules_queue_coach;
INSERT INTO result
SELECT 'queue: rows, their order and what they say', expected, actual
FROM (SELECT string_agg(format('%s|%s|%s|%s %s|%s/%s|%s %s %s|%s %s|%s|%s', name, cohort, cohort_week, score, band, checkins, expected, rate_7d,
                               rate_30d, delta, questionnaire, questionnaire_hours, coalesce(last_days::text, '-'), review_status), E'\n') AS actual
      FROM days, centurion.review_queue(monday)) AS q,
     (VALUES (
E'Fading|Newer +1|2/6|95 red|3/7|43 87 -44|in_progress 50|4|pending\n'
'Also never|Older|11|40 red|0/7|0 0 0|none |-|pending\n'
'Never|Older|11|40 red|0/7|0 0 0|none |-|pending\n'
'Watch|Newer|2/6|30 amber|7/7|100 47 53|not_started |0|pending\n'
'Steady|Newer|2/6|0 green|7/7|100 100 0|completed |0|done')) AS w (expected);
INSERT INTO result
SELECT 'queue: the rate of 90 days and the means of the week', 'Fading 40 80.0 0.0 - 9.0 | Steady 44 70.0 0.0 8000 4.0',
       string_agg(format('%s %s %s %s %s %s', name, rate_90d, round(weight::numeric, 1), round(weight_change::numeric, 1), coalesce(steps::text, '-'),
                         round(stress::numeric, 1)), ' | ' ORDER BY name)
FROM days, centurion.review_queue(monday) WHERE name IN ('Fading', 'Steady');
INSERT INTO result
SELECT 'queue: of one cohort, which gives its name and week', 'Also never Older 11, Fading Older 11, Never Older 11',
       string_agg(concat_ws(' ', name, cohort, cohort_week), ', ' ORDER BY name) FROM days, centurion.review_queue(monday, NULL, '{9002}');
INSERT INTO result
SELECT 'queue: of two cohorts everybody once', '5', count(*)::text FROM days, centurion.review_queue(monday, NULL, '{9001,9002}');
INSERT INTO result
SELECT 'summary: of one cohort', '3 of 3 red', format('%s of %s red', red, total) FROM days, centurion.review_summary(monday, NULL, '{9002}');
INSERT INTO result
SELECT 'queue: another''s cohort is absent', 'P0002 There is no cohort 9005', pg_temp.refusal('SELECT count(*) FROM days, centurion.review_queue(monday, NULL, ''{9005}'')');
INSERT INTO result
SELECT 'queue: another coach is refused, and nobody looked', '42501 not a review queue of yours', pg_temp.refusal('SELECT count(*) FROM days, centurion.review_queue(monday, 9101)');
INSERT INTO result
SELECT 'cohorts of the queue', 'Newer 2/6 3, Older 11 3', string_agg(concat_ws(' ', name, cohort_week, clients), ', ') FROM days, centurion.review_cohorts(monday);
INSERT INTO result
SELECT 'backlog: from the first review on', '4 of 5', string_agg(format('%s of %s', pending, total), ', ') FROM centurion.review_backlog();
INSERT INTO result
SELECT 'figures of Fading', 'Newer week 2: 3 of 7, weight 80.0, stress 9.0; before 7, stress 5.0; 0 of 1',
       format('%s week %s: %s of %s, weight %s, stress %s; before %s, stress %s; %s of %s', cohort, week_number, checkins, days, round(weight::numeric, 1),
              round(stress::numeric, 1), before_checkins, round(before_stress::numeric, 1), completed, asked)
FROM days, centurion.review_figures(9002, monday);
INSERT INTO result
SELECT 'figures: none of a stranger', '0', count(*)::text FROM days, centurion.review_figures(9007, monday);
INSERT INTO result
SELECT 'queue: any day of the week asks for the same', 'true',
       ((SELECT array_agg(q) FROM days, centurion.review_queue(monday) AS q) = (SELECT array_agg(q) FROM days, centurion.review_queue(sunday) AS q))::text;
INSERT INTO result
SELECT 'queue: this week counts the days so far', extract(isodow FROM centurion.today())::text, string_agg(DISTINCT expected::text, ' ')
FROM centurion.review_queue(centurion.today());
INSERT INTO result
SELECT 'queue: who joined since is in this week''s', 'true', bool_or(name = 'Joined after')::text FROM centurion.review_queue(centurion.today());
INSERT INTO result
SELECT 'summary', '3 red, 1 amber, 1 green, 1 of 5', format('%s red, %s amber, %s green, %s of %s', red, amber, green, reviewed, total)
FROM days, centurion.review_summary(monday);
INSERT INTO result
SELECT 'reasons of Fading', '25 No check-in for 4 days | 30 0 of 1 questionnaire completed | 30 Very high stress (9.0) | 10 Stress rising (5.0 to 9.0)',
       string_agg(concat_ws(' ', points, reason), ' | ') FROM days, centurion.review_reasons(9002, monday);
INSERT INTO result
SELECT 'reasons: none for somebody paused', NULL, string_agg(reason, ' | ') FROM days, centurion.review_reasons(9003, monday);
INSERT INTO result
SELECT 'week strip', '70 8000 2000 7 4 h', (SELECT concat_ws(' ', weight, steps, calories, sleep, stress, source)
                                            FROM days, centurion.review_week_strip(9001, monday) AS s WHERE s.date = sunday);
INSERT INTO result
SELECT 'week strip: seven days from Monday, empty ones as well', 'mmm', string_agg(source, '' ORDER BY s.date)
FROM days, centurion.review_week_strip(9002, sunday) AS s HAVING count(*) = 7 AND min(s.date) = min(monday);
INSERT INTO result
SELECT 'trends: a row a day up to the end of the week', '42 days, 36 weighed, up to its Sunday',
       format('%s days, %s weighed, up to %s', count(*), count(weight), CASE WHEN max(t.date) = max(sunday) THEN 'its Sunday' END)
FROM days, centurion.review_trends(9002, monday) AS t;
RESET SESSION AUTHORIZATION;

-- What changed since the review of the week before.
INSERT INTO centurion.reviews SELECT 9100, 9002, monday - 7, 'done', 9100, monday - 3 FROM days;
UPDATE centurion.reviews SET status = 'pending' WHERE "clientId" = 9001; -- reopened: not a review to look back to
DELETE FROM public.entries WHERE "userId" = 9002 AND date NOT IN (SELECT monday + d FROM days, generate_series(-10, 1) AS d);
INSERT INTO public.entries (id, "userId", date, weight, "createdAt", "updatedAt")
SELECT 920000, 9002, monday - 30, 82, monday - 30, monday + interval '9 hours' FROM days
UNION ALL SELECT 920001, 9002, monday - 31, 82, monday - 31, monday + interval '10 hours' FROM days;
INSERT INTO public.audit_logs ("userId", action, target, metadata, "createdAt")
SELECT actor, 'UPDATE_ENTRY', 'Entry:920000', metadata::jsonb, monday + at
FROM days, (VALUES (9002, '{"before": {"weight": 81.0, "steps": 4000}, "after": {"weight": 82.0, "steps": 4000}}', interval '9 hours'),
                   (9101, '{"before": {"notes": null}, "after": {"notes": "x"}}', interval '-20 days')) AS a (actor, metadata, at);
UPDATE public.weekly_questionnaire_responses SET status = 'IN_PROGRESS' WHERE "userId" = 9002;
ALTER TABLE public.weekly_questionnaire_responses DISABLE TRIGGER USER;
UPDATE public.weekly_questionnaire_responses SET "updatedAt" = (SELECT monday + 2 FROM days) WHERE "userId" = 9002;
INSERT INTO public.appointments ("userId", "startTime", "endTime", fee, status)
SELECT 9002, monday + at, monday + at + interval '1 hour', 45, status::public."AttendanceStatus"
FROM days, (VALUES (interval '3 days 7 hours', 'NOT_ATTENDED'), (interval '4 days 7 hours', 'ATTENDED'), (interval '-5 days', 'NOT_ATTENDED'),
                   (interval '20 days', 'NOT_ATTENDED')) AS p (at, status);
INSERT INTO public.coach_notes ("userId", "coachId", "weekNumber", notes, "createdAt")
SELECT 9002, coach, week, words, monday + at
FROM days, (VALUES (9101, 2, 'theirs', interval '1 day 8 hours'), (9100, 2, 'own', interval '1 day 9 hours'), (9101, 2, 'old', interval '-9 days'),
                   (9101, 3, 'next week', interval '7 days 1 hour'), (9100, 2, 'caught up', interval '8 days'),
                   (9100, 11, 'caught up in the older', interval '9 days')) AS n (coach, week, words, at);

SET LOCAL SESSION AUTHORIZATION rules_queue_coach;
INSERT INTO result
SELECT 'changes since the last review', expected, actual
FROM (SELECT string_agg(kind || ' ' || words, E'\n') AS actual FROM days, centurion.review_changes(9002, monday) WHERE since = monday - 3) AS c,
     (SELECT format(E'+ 4 check-ins\n~ %s: weight 81.0 to 82.0 (self)\n~ check-in of %s changed\n+ questionnaire of week 2 saved, 1 of 3\n'
                    '! session %s not marked\n+ note by Otto, %s', centurion.day_words(monday - 30), centurion.day_words(monday - 31),
                    centurion.day_words(monday + 3), centurion.day_words(monday + 1)) AS expected FROM days) AS w;
INSERT INTO result
SELECT 'changes: not reviewed yet', '- ', coalesce(since::text, '-') || ' ' || kind || words FROM days, centurion.review_changes(9001, monday);
INSERT INTO result
SELECT 'notes: the latest first, from after the week those filed under it', 'caught up in the older, caught up, own, theirs, old', string_agg(notes, ', ') FROM days, centurion.review_notes(9002, monday);
RESET SESSION AUTHORIZATION;

SET LOCAL SESSION AUTHORIZATION rules_queue_admin;
INSERT INTO result
SELECT 'queue: an admin asks for any coach''s', 'Also never, Elsewhere, Fading, Never, Steady, Watch',
       string_agg(name, ', ' ORDER BY name) FROM days, LATERAL (SELECT name FROM centurion.review_queue(monday, 9100)
                                                                UNION SELECT name FROM centurion.review_queue(monday, 9101)) AS q;
INSERT INTO result
SELECT 'queue: an admin without cohorts has an empty one', '0', count(*)::text FROM days, centurion.review_queue(monday);
INSERT INTO result
SELECT 'as another coach: their figures', '3 red of 5', format('%s red of %s', red, total) FROM days, centurion.review_summary(monday, 9100);
INSERT INTO result
SELECT 'as another coach: what changed since that coach''s review', 'true',
       bool_and(since = monday - 3)::text FROM days, centurion.review_changes(9002, monday, 9100);
INSERT INTO result
SELECT 'as another coach: a client is no coach', 'P0002 There is no coach 9001', pg_temp.refusal('SELECT count(*) FROM days, centurion.review_queue(monday, 9001)');
INSERT INTO result
SELECT 'as another coach: not where nothing can be logged', '25006 Looking as another coach is written to the audit log, which this session cannot do',
       pg_temp.refusal('SELECT set_config(''transaction_read_only'', ''on'', true), (SELECT count(*) FROM days, centurion.review_queue(monday, 9100))');
RESET SESSION AUTHORIZATION;
INSERT INTO result
SELECT 'as another coach: each look at the queue is one row, and what stands beside it none', '9100: 1, 9101: 1',
       string_agg(target || ': ' || n, ', ' ORDER BY target)
FROM (SELECT split_part(target, ':', 2) AS target, count(*) AS n FROM public.audit_logs
      WHERE action = 'VIEW_AS_COACH' AND "userId" = 9102 AND metadata ? 'week' GROUP BY target) AS l;

SELECT * FROM result;
