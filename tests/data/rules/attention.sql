-- The attention score: points of each part, and whole people through the data.
CREATE TEMP TABLE result ("case" text, expected text, actual text);

INSERT INTO result
SELECT name, expected, actual::text
FROM (VALUES
    ('check-ins: never', '40', centurion.checkin_points(NULL, 0)),
    ('check-ins: 10 days ago', '40', centurion.checkin_points(10, 2)),
    ('check-ins: 7 days ago', '40', centurion.checkin_points(7, 7)),
    ('check-ins: 6 days ago', '25', centurion.checkin_points(6, 7)),
    ('check-ins: 3 days ago', '25', centurion.checkin_points(3, 11)),
    ('check-ins: 2 days ago, 6 in 14 days', '20', centurion.checkin_points(2, 6)),
    ('check-ins: 2 days ago, 7 in 14 days', '0', centurion.checkin_points(2, 7)),
    ('questionnaires: none asked', '0', centurion.questionnaire_points(0, 0)),
    ('questionnaires: 0 of 4', '30', centurion.questionnaire_points(4, 0)),
    ('questionnaires: 1 of 4', '30', centurion.questionnaire_points(4, 1)),
    ('questionnaires: 3 of 10 is not below 0.3', '15', centurion.questionnaire_points(10, 3)),
    ('questionnaires: 2 of 4', '15', centurion.questionnaire_points(4, 2)),
    ('questionnaires: 7 of 10 is not below 0.7', '0', centurion.questionnaire_points(10, 7)),
    ('questionnaires: 3 of 4', '0', centurion.questionnaire_points(4, 3)),
    ('stress: none known', '0', centurion.stress_points(NULL)),
    ('stress: 5.9', '0', centurion.stress_points(5.9)),
    ('stress: 6', '20', centurion.stress_points(6)),
    ('stress: 7.9', '20', centurion.stress_points(7.9)),
    ('stress: 8', '30', centurion.stress_points(8)),
    ('stress: 2 above before is not more than 2', '0', centurion.stress_rise_points(6, 4)),
    ('stress: more than 2 above before', '10', centurion.stress_rise_points(6.1, 4)),
    ('stress: nothing before', '0', centurion.stress_rise_points(9, NULL)),
    ('score: last entry 10 days ago, no bundles, no stress', '40', centurion.attention_score(10, 1, 0, 0, NULL, NULL)),
    ('score: never checked in, 0 of 4', '70', centurion.attention_score(NULL, 0, 4, 0, NULL, NULL)),
    ('score: entry today, 14 of 14 days, 4 of 4, stress 5', '0', centurion.attention_score(0, 14, 4, 4, 5, 5)),
    ('score: gap 3, rate 0.5, recent stress 8', '70', centurion.attention_score(3, 11, 4, 2, 8, NULL)),
    ('score: capped', '100', centurion.attention_score(NULL, 0, 4, 0, 9, 3))
) AS vectors (name, expected, actual);

INSERT INTO result
SELECT name, expected, (SELECT coalesce(round(m.recent::numeric, 2)::text, '-') || ' ' || coalesce(round(m.earlier::numeric, 2)::text, '-')
                        FROM centurion.stress_means(stress) AS m)
FROM (VALUES
    ('means: none', '- -', NULL::double precision[]),
    ('means: one', '7.00 -', '{7}'),
    ('means: the latest three of four', '6.00 -', '{8,6,4,1}'),
    ('means: five', '8.00 3.50', '{9,8,7,4,3}')
) AS vectors (name, expected, stress);

INSERT INTO result
SELECT name, expected, actual
FROM (VALUES
    ('band: red', 'red', centurion.band(60, false, 60, 30)),
    ('band: amber', 'amber', centurion.band(59, false, 60, 30)),
    ('band: the least amber', 'amber', centurion.band(30, false, 60, 30)),
    ('band: green', 'green', centurion.band(29, false, 60, 30)),
    ('band: too few check-ins are red whatever the score', 'red', centurion.band(0, true, 60, 30)),
    ('reasons: in words, with what to do',
     '25 No check-in for 3 days: send a reminder | 15 2 of 4 questionnaires completed: remind of the questionnaire | '
     '30 Very high stress (8.0): schedule a wellness check-in | - 2 of at least 3 check-ins in 7 days: agree on a rhythm that fits',
     (SELECT string_agg(format('%s %s: %s', coalesce(points::text, '-'), reason, suggestion), ' | ')
      FROM centurion.attention_reasons(3, 2, 11, 3, 4, 2, 8, NULL))),
    ('reasons: none', NULL, (SELECT string_agg(reason, ' | ') FROM centurion.attention_reasons(0, 7, 14, 3, 4, 4, 5, 5))),
    ('reasons: never, one, rising', 'Never checked in | 0 of 1 questionnaire completed | High stress (6.3) | Stress rising (3.0 to 6.3)',
     (SELECT string_agg(reason, ' | ') FROM centurion.attention_reasons(NULL, 7, 0, 3, 1, 0, 6.3333, 3)))
) AS vectors (name, expected, actual);

-- People. Everything is asked as of Friday 2026-01-16; the cohort began four weeks before on a Monday, so that weeks 1 to 4
-- are asked, week 5 is to come and is not.
INSERT INTO public.system_settings (key, value) VALUES ('defaultCheckInFrequencyDays', '1');
INSERT INTO public.users (id, email, name, role) SELECT n, n || '@rules.example', 'Member ' || n, 'CLIENT' FROM generate_series(9001, 9009) AS n;
INSERT INTO public.cohorts (id, name, "startDate", status) VALUES (9001, 'Asked', '2025-12-22', 'ACTIVE'), (9002, 'Over', '2025-12-22', 'COMPLETED');
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions, "isActive")
SELECT 9000 + week, 9001, week, '{}'::jsonb, true FROM generate_series(1, 5) AS week
UNION ALL SELECT 9010 + week, 9002, week, '{}', true FROM generate_series(1, 5) AS week;
-- 9001 and 9005 are asked nothing: in no cohort, and in one that is over.
INSERT INTO public.cohort_memberships ("cohortId", "userId", status)
SELECT 9001, n, 'ACTIVE'::public."MembershipStatus" FROM generate_series(9002, 9004) AS n UNION ALL SELECT 9002, 9005, 'ACTIVE';
INSERT INTO public.weekly_questionnaire_responses ("userId", "bundleId", "weekNumber", responses, status)
SELECT 9003, 9000 + week, week, '{}'::jsonb, 'COMPLETED'::public."ResponseStatus" FROM generate_series(1, 4) AS week
UNION ALL SELECT 9004, 9000 + week, week, '{}', 'COMPLETED' FROM generate_series(1, 2) AS week
UNION ALL SELECT 9004, 9003, 3, '{}', 'IN_PROGRESS';
INSERT INTO public.entries ("userId", date, "perceivedStress")
SELECT 9001, date '2026-01-06', NULL
UNION ALL SELECT 9003, date '2026-01-16' - d, 5 FROM generate_series(0, 13) AS d
UNION ALL SELECT 9004, date '2026-01-13' - d, CASE WHEN d < 3 THEN 8 ELSE 6 END FROM generate_series(0, 9) AS d
UNION ALL SELECT 9005, date '2026-01-16' - d, NULL FROM generate_series(0, 13) AS d WHERE d IN (0, 1, 7, 8, 9, 10, 11, 12, 13);
INSERT INTO result
SELECT 'person: ' || name, expected, format('%s %s, %s of %s, %s in 7 days', a.score, a.band, a.completed, a.asked, a.checkins_7)
FROM (VALUES
    (9001, 'last entry 10 days ago, nothing else known', '40 red, 0 of 0, 0 in 7 days'),
    (9002, 'never checked in, 0 of 4', '70 red, 0 of 4, 0 in 7 days'),
    (9003, 'entry today, 14 of 14 days, 4 of 4, stress 5', '0 green, 4 of 4, 7 in 7 days'),
    (9004, 'gap 3, half of the questionnaires, recent stress 8', '70 red, 2 of 4, 4 in 7 days'),
    (9005, 'no points, but too few check-ins in 7 days', '0 red, 0 of 0, 2 in 7 days')
) AS vectors (id, name, expected)
JOIN centurion.attention('{9001,9002,9003,9004,9005}', '2026-01-16') AS a ON a.user_id = vectors.id;
INSERT INTO result
SELECT 'person: as it was when the first two were asked', '40 red, 2 of 2', format('%s %s, %s of %s', a.score, a.band, a.completed, a.asked)
FROM centurion.attention('{9004}', '2026-01-04') AS a
UNION ALL
SELECT 'person: four weeks later only the last week is asked, stress is forgotten', '70, 0 of 1',
       format('%s, %s of %s', a.score, a.completed, a.asked) FROM centurion.attention('{9003}', '2026-02-10') AS a;

-- Asked weekly, one check-in in 7 days is enough.
INSERT INTO centurion.member_frequencies VALUES (9005, 7);
INSERT INTO result SELECT 'person: asked weekly', '0 green', format('%s %s', score, band) FROM centurion.attention('{9005}', '2026-01-16');
INSERT INTO public.system_settings (key, value) VALUES ('attentionRed', '80'), ('attentionAmber', '70');
DELETE FROM public.entries WHERE "userId" = 9004 AND date <> '2026-01-13';
INSERT INTO result SELECT 'person: bands from the settings', '70', score::text FROM centurion.attention('{9004}', '2026-01-16');
INSERT INTO result SELECT 'person: adherence overrides those too', 'red', band FROM centurion.attention('{9004}', '2026-01-16');
UPDATE public.system_settings SET value = '7' WHERE key = 'defaultCheckInFrequencyDays';
INSERT INTO result SELECT 'person: amber by the settings', 'amber', band FROM centurion.attention('{9004}', '2026-01-16');

SELECT * FROM result;
