-- Cohorts, members, and the first pages of admins and clients: what their functions return.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_screens_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_screens_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_screens_client LOGIN IN ROLE centurion_client;
CREATE TEMP TABLE days AS
SELECT centurion.today() AS today, centurion.week_monday(centurion.today()) AS monday, date_trunc('month', centurion.today())::date AS month,
       (now() AT TIME ZONE 'UTC')::timestamp(0) AS now;
GRANT SELECT ON days TO PUBLIC;

INSERT INTO public.system_settings (key, value) VALUES ('maxClientsPerCoach', '4'), ('minClientsPerCoach', '1'), ('defaultCheckInFrequencyDays', '1');
INSERT INTO public.users (id, email, name, role, "createdAt")
SELECT id, id || '@rules.example', name, role::public."Role", month + ago
FROM days, (VALUES (9100, 'Cleo Coach', 'COACH', interval '-2 years'), (9101, 'Otto Idle', 'COACH', interval '-2 years'),
                   (9102, 'Ada Admin', 'ADMIN', interval '-2 years'), (9001, 'Ana', 'CLIENT', interval '0'), (9002, 'Ben', 'CLIENT', interval '-1 day'),
                   (9003, 'Cid', 'CLIENT', interval '-3 months'), (9004, 'Dee', 'CLIENT', interval '-3 months'),
                   (9005, 'Eve', 'CLIENT', interval '-3 months'), (9006, 'Fay', 'CLIENT', interval '-3 months')) AS u (id, name, role, ago);
INSERT INTO centurion.logins VALUES ('rules_screens_coach', 9100, 'COACH'), ('rules_screens_admin', 9102, 'ADMIN'), ('rules_screens_client', 9001, 'CLIENT');
INSERT INTO public.cohorts (id, name, "startDate", "endDate", status)
SELECT id, name, monday + shift, monday + until, status::public."CohortStatus"
FROM days, (VALUES (9001, 'Going on', -14, 27, 'ACTIVE'), (9002, 'To come', 21, 62, 'ACTIVE'), (9003, 'Few left', -14, NULL, 'ACTIVE'),
                   (9004, 'Over', -90, -49, 'COMPLETED'), (9005, 'Put away', -90, -49, 'ARCHIVED')) AS c (id, name, shift, until, status);
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9100), (9001, 9102), (9003, 9100), (9004, 9100), (9005, 9100);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status, "joinedAt")
SELECT cohort, client, status::public."MembershipStatus", monday - 14 + late
FROM days, (VALUES (9001, 9001, 'ACTIVE', 0), (9001, 9002, 'ACTIVE', 12), (9001, 9003, 'PAUSED', 0), (9003, 9001, 'ACTIVE', 0), (9003, 9004, 'ACTIVE', 0),
                   (9003, 9005, 'ACTIVE', 0), (9003, 9006, 'ACTIVE', 0), (9004, 9001, 'ACTIVE', 0)) AS m (cohort, client, status, late);
-- Ana every day up to yesterday, the even days in full; Ben twice; Cid before the pause.
INSERT INTO public.entries ("userId", date, weight, steps, calories, "sleepQuality", "perceivedStress", "dataSources")
SELECT 9001, today - ago, 60 + ago * 0.1, 8000, CASE WHEN ago % 2 = 0 THEN 2000 END, 7, 3, '{"steps": "healthkit", "weight": "manual"}'::jsonb
FROM days, generate_series(1, 20) AS ago
UNION ALL SELECT 9002, today - ago, 80, 5000, 2000, 6, 4, NULL FROM days, unnest(ARRAY[0, 1]) AS ago
UNION ALL SELECT 9003, today - 10, 90, NULL, NULL, NULL, NULL, NULL FROM days;
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions, "isActive") VALUES
    (9001, 9001, 3, '{"pages": [{"name": "p", "elements": [{"type": "comment", "name": "wins"}, {"type": "text", "name": "days"}]}]}', true),
    (9002, 9001, 2, '{}', true), (9003, 9003, 3, '{}', false);
INSERT INTO public.weekly_questionnaire_responses ("userId", "bundleId", "weekNumber", responses, status) VALUES
    (9001, 9001, 3, '{"wins": "one"}', 'IN_PROGRESS'), (9002, 9001, 3, '{"wins": "x", "days": 3}', 'COMPLETED'), (9003, 9001, 3, '{}', 'COMPLETED');
INSERT INTO public.workouts (id, "userId", title, status) VALUES (9001, 9001, 'Core B', 'NOT_STARTED'), (9002, 9001, 'Done', 'COMPLETED'), (9003, 9002, 'Ben''s', 'NOT_STARTED');
INSERT INTO public.invoices (id, "userId", month, "totalAmount", "emailSent", "emailSentAt")
SELECT id, client, '2020-01-01', total, at IS NOT NULL, days.now + at
FROM days, (VALUES (9001, 9001, 100, interval '-15 days'), (9002, 9002, 80, interval '-15 days'), (9003, 9003, 60, interval '-16 days'),
                   (9004, 9004, 40, interval '-13 days'), (9005, 9005, 20, NULL)) AS i (id, client, total, at);
INSERT INTO centurion.payments ("invoiceId", amount, method, "paidOn") VALUES (9001, 60, 'cash', '2020-02-01'), (9001, 15, 'card', '2020-02-02'), (9002, 80, 'cash', '2020-02-01');
INSERT INTO public.appointments (id, "userId", "startTime", "endTime", fee, status, "invoiceId")
SELECT id, client, days.now + at, days.now + at + interval '1 hour', fee, status::public."AttendanceStatus", invoice
FROM days, (VALUES (9001, 9001, interval '-3 days', 45, 'ATTENDED', NULL), (9002, 9001, interval '-2 days', 45.50, 'ATTENDED', NULL),
                   (9003, 9001, interval '-40 days', 50, 'ATTENDED', 9001), (9004, 9001, interval '-1 day', 45, 'NOT_ATTENDED', NULL),
                   (9005, 9001, interval '2 days', 45, 'NOT_ATTENDED', NULL), (9006, 9002, interval '-30 minutes', 45, 'NOT_ATTENDED', NULL))
           AS p (id, client, at, fee, status, invoice);
INSERT INTO public.bootcamps (id, name, "startTime", "endTime", location, capacity)
SELECT id, name, days.now + at, days.now + at + interval '1 hour', 'Hall', places
FROM days, (VALUES (9001, 'Full', interval '1 day', 2), (9002, 'Open end', interval '3 days', NULL), (9003, 'Past', interval '-1 day', 9),
                   (9004, 'Places', interval '4 days', 3)) AS b (id, name, at, places);
INSERT INTO public.bootcamp_attendees ("bootcampId", "userId") VALUES (9001, 9002), (9001, 9003), (9004, 9001);
INSERT INTO public.admin_insights (title, description, status) VALUES ('a', 'a', 'ACTIVE'), ('b', 'b', 'RESOLVED');
INSERT INTO public.audit_logs ("userId", action, target, metadata, "createdAt")
SELECT 9100, 'UPDATE_ENTRY', 'Entry:1', '{"before": {"weight": 81.0, "steps": 1}, "after": {"weight": 82.1, "steps": 1}}'::jsonb, days.now + interval '1 year' FROM days
UNION ALL SELECT NULL, 'LOGIN_FAILED', NULL, NULL, days.now + interval '2 years' FROM days;

SET LOCAL SESSION AUTHORIZATION rules_screens_coach;
INSERT INTO result
SELECT 'cohorts: ' || v.name, expected,
       (SELECT format('%s %s, %s of %s active, %s %%, %s, %s, score %s %s, %s', status, week, active_7d, members, coalesce(engagement::text, '-'), coaches,
                      coalesce(questionnaire_done || '/' || questionnaire_total, '-'), coalesce(score::text, '-'), coalesce(band, '-'), flags)
        FROM centurion.cohort_list() AS c WHERE c.name = v.name)
FROM (VALUES ('Going on', 'ACTIVE 3/6, 2 of 2 active, 100 %, Cleo, Ada, 1/2, score 0 green, '),
             ('Few left', 'ACTIVE 3, 1 of 4 active, 25 %, Cleo, -, score 30 amber, few check-ins'),
             ('Over', 'COMPLETED 6/6, 1 of 1 active, 100 %, Cleo, -, score - -, '), ('Put away', NULL), ('To come', NULL)) AS v (name, expected);
INSERT INTO result
SELECT 'heat: a row a member, paused last', 'Ana ACTIVE 86 20 | Ben ACTIVE 29 2 | Cid PAUSED - -',
       string_agg(format('%s %s %s %s', name, status, coalesce(rate_7d::text, '-'), coalesce(streak::text, '-')), ' | ')
FROM days, centurion.cohort_heat(9001, today - 6, today);
INSERT INTO result
SELECT 'heat: days of ' || v.name, expected, (SELECT h.days FROM days, centurion.cohort_heat(9001, today - 6, today + 2) AS h WHERE h.name = v.name)
FROM (VALUES ('Ana', '2121210  '), ('Cid', 'ppppppp  ')) AS v (name, expected);
INSERT INTO result
SELECT 'heat: before joining', '  0', (SELECT left(h.days, 3) FROM days, centurion.cohort_heat(9001, monday - 4, monday + 6) AS h WHERE h.name = 'Ben');
INSERT INTO result
SELECT 'heat: a paused member''s check-in shows', '1', (SELECT substr(h.days, 1, 1) FROM days, centurion.cohort_heat(9001, today - 10, today) AS h WHERE h.name = 'Cid');
INSERT INTO result
SELECT 'member: figures', 'Going on (active, week 3/6); Few left (active, week 3); Over (active, week 6/6) | Ada Admin, Cleo Coach | 86 93 67 | '
                          '20 of 20, every 1 | 60.1 -1.20 8000 2000 7 3 | unmarked 1, uninvoiced 2  ',
       concat_ws(' | ', cohorts, coaches, concat_ws(' ', rate_7d, rate_14d, rate_30d), format('%s of %s, every %s', streak, best_streak, frequency),
                 concat_ws(' ', weight, round(weight_change_14d::numeric, 2), steps_7d, calories_7d, sleep_7d, stress_7d),
                 format('unmarked %s, uninvoiced %s %s %s', unmarked, uninvoiced, uninvoiced_amount, open_invoices))
FROM centurion.member_overview(9001)
UNION ALL SELECT 'member: due and next', 'true true true', concat_ws(' ', (last_checkin = today - 1)::text, (next_due = today)::text, (next_session = days.now + interval '2 days')::text)
          FROM days, centurion.member_overview(9001)
UNION ALL SELECT 'member: never checked in', '0 0, due today, weight -', format('%s %s, due %s, weight %s', rate_7d, streak, CASE WHEN next_due = today THEN 'today' END, coalesce(weight::text, '-'))
          FROM days, centurion.member_overview(9005)
UNION ALL SELECT 'member: paused has no score', '-', coalesce(score::text, '-') || coalesce(band, '') FROM centurion.member_overview(9003)
UNION ALL SELECT 'entries: newest first, a page', '1 2 3', string_agg((today - e.date)::text, ' ') FROM days, centurion.member_entries(9001, NULL, 3) AS e
UNION ALL SELECT 'entries: the page before a day', '4 5', string_agg((today - e.date)::text, ' ') FROM days, LATERAL centurion.member_entries(9001, today - 3, 2) AS e
UNION ALL SELECT 'entries: where figures came from', 'mh-m mhmm', string_agg(e.sources, ' ') FROM centurion.member_entries(9001, NULL, 2) AS e;
RESET SESSION AUTHORIZATION;

SET LOCAL SESSION AUTHORIZATION rules_screens_admin;
INSERT INTO result
SELECT 'cohorts: to come, seen by an admin', 'ACTIVE 0/6, 0 members, - %, , score 70 red, empty, no coach',
       format('%s %s, %s members, %s %%, %s, score %s %s, %s', status, week, members, coalesce(engagement::text, '-'), coaches, score, band, flags)
FROM centurion.cohort_list() WHERE name = 'To come';
INSERT INTO result
SELECT 'admin: to do', 'unmarked 1, unsent 1, overdue 2 = 85.00, 1 over 4, insights 1',
       format('unmarked %s, unsent %s, overdue %s = %s, %s over %s, insights %s', unmarked, unsent, overdue, overdue_amount, coaches_over, max_clients, insights)
FROM centurion.admin_home()
UNION ALL
SELECT 'admin: uninvoiced', '2 = 90.50', uninvoiced_count || ' = ' || uninvoiced FROM centurion.admin_home()
UNION ALL
SELECT 'admin: new members', '1 after 1', new_members || ' after ' || new_members_before FROM centurion.admin_home()
UNION ALL
SELECT 'admin: money of what was mailed this month', w.money, format('%s of %s paid %s of %s open %s of %s', issued_count, issued, paid_count, paid, open_count, open)
FROM centurion.admin_home(),
     (SELECT format('%s of %s paid %s of %s open %s of %s', count(*), coalesce(sum(total), 0), count(*) FILTER (WHERE paid = total), coalesce(sum(paid), 0),
                    count(*) FILTER (WHERE paid < total), coalesce(sum(total - paid), 0)) AS money
      FROM days, (VALUES (100.00, 75.00, 15), (80.00, 80.00, 15), (60.00, 0.00, 16), (40.00, 0.00, 13)) AS i (total, paid, ago)
      WHERE (days.now - make_interval(days => ago))::date >= month) AS w
UNION ALL
SELECT 'admin: cohorts, those with most to do first', 'To come 70, Few left 30, Going on 0', string_agg(name || ' ' || score, ', ') FROM centurion.admin_cohorts(9)
UNION ALL
SELECT 'admin: coaches by load', 'Cleo Coach 5 in 2 over max 4 50 amber, Ada Admin 2 in 1  0 green, Otto Idle 0 in 0 no cohort 30 amber',
       string_agg(format('%s %s in %s %s %s %s', name, clients, cohorts, flags, score, band), ', ') FROM centurion.admin_coaches(9)
UNION ALL
SELECT 'admin: how much a coach''s clients check in', '21', rate_14d::text FROM centurion.admin_coaches(9) WHERE id = 9100
UNION ALL
SELECT 'admin: changes', '- LOGIN_FAILED -  | Cleo Coach UPDATE_ENTRY Entry:1 weight 81.0 to 82.1',
       string_agg(format('%s %s %s %s', coalesce(actor, '-'), action, coalesce(target, '-'), detail), ' | ') FROM centurion.admin_changes(2)
UNION ALL
SELECT 'member: money, for an admin', '90.50 1', uninvoiced_amount || ' ' || open_invoices FROM centurion.member_overview(9001);
RESET SESSION AUTHORIZATION;

SET LOCAL SESSION AUTHORIZATION rules_screens_client;
INSERT INTO result
SELECT 'client: home', 'Ana, 20 of 20, next 30, in false, every 1, due today', format('%s, %s of %s, next %s, in %s, every %s, due %s', name, streak, best_streak,
       next_milestone, checked_in::text, frequency, CASE WHEN next_due = c.today THEN 'today' END)
FROM centurion.client_home() AS c
UNION ALL SELECT 'client: week', 'ttttttf', string_agg(left(checked_in::text, 1), '' ORDER BY date) FROM centurion.client_week() HAVING count(*) = 7
UNION ALL SELECT 'client: to do', 'questionnaire Going on, week 3 questionnaire in_progress 1/2 Sunday | workout Core B not_started',
          string_agg(concat_ws(' ', kind, title, state, answered || '/' || total, CASE WHEN due = monday + 6 THEN 'Sunday' END), ' | ') FROM days, centurion.client_todo()
UNION ALL SELECT 'client: coming up', 'bootcamp Full 0 false - | session Session - true 1 day | bootcamp Open end - false - | bootcamp Places 2 true -',
          string_agg(concat_ws(' ', kind, title, coalesce(places_left::text, '-'), registered::text,
                               CASE WHEN cancel_until = days.now + interval '1 day' THEN '1 day' ELSE '-' END), ' | ')
          FROM days, centurion.client_upcoming(9);
RESET SESSION AUTHORIZATION;

SELECT * FROM result;
