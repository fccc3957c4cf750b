-- Streaks, milestones and how often somebody is asked to check in.
INSERT INTO public.users (id, email, name, role) SELECT n, n || '@rules.example', 'Member ' || n, 'CLIENT' FROM generate_series(9001, 9006) AS n;

-- 9001 up to today, 9002 up to yesterday, 9003 up to the day before, 9004 with a gap and a longer run before, 9005 never.
INSERT INTO public.entries ("userId", date)
SELECT 9001, date '2026-01-16' - d FROM generate_series(0, 30) AS d
UNION ALL SELECT 9002, date '2026-01-15' - d FROM generate_series(0, 6) AS d
UNION ALL SELECT 9003, date '2026-01-14' - d FROM generate_series(0, 6) AS d
UNION ALL SELECT 9004, date '2026-01-16' - d FROM generate_series(0, 25) AS d WHERE d NOT IN (3, 24)
UNION ALL SELECT 9006, date '2026-01-17' + d FROM generate_series(0, 2) AS d;

-- 9001 in two cohorts, 9002 with an override of their own, 9003 paused where the override is.
INSERT INTO public.cohorts (id, name, "startDate", status) VALUES
    (9001, 'Daily', '2026-01-05', 'ACTIVE'), (9002, 'Second day', '2026-01-05', 'ACTIVE'), (9003, 'Over', '2026-01-05', 'COMPLETED');
INSERT INTO centurion.cohort_frequencies VALUES (9001, 3), (9002, 2), (9003, 1);
INSERT INTO centurion.member_frequencies VALUES (9002, 30);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES
    (9001, 9001, 'ACTIVE'), (9002, 9001, 'ACTIVE'), (9002, 9002, 'ACTIVE'), (9002, 9003, 'PAUSED'), (9003, 9004, 'ACTIVE');

SELECT name AS "case", expected, actual
FROM (VALUES
    ('streak: today included', '31 of 31', (SELECT streak || ' of ' || best FROM centurion.streak(9001, '2026-01-16'))),
    ('streak: today still pending', '7 of 7', (SELECT streak || ' of ' || best FROM centurion.streak(9002, '2026-01-16'))),
    ('streak: broken the day before yesterday', '0 of 7', (SELECT streak || ' of ' || best FROM centurion.streak(9003, '2026-01-16'))),
    ('streak: a gap, and a longer run before it', '3 of 20', (SELECT streak || ' of ' || best FROM centurion.streak(9004, '2026-01-16'))),
    ('streak: never', '0 of 0', (SELECT streak || ' of ' || best FROM centurion.streak(9005, '2026-01-16'))),
    ('streak: days to come do not count', '0 of 0', (SELECT streak || ' of ' || best FROM centurion.streak(9006, '2026-01-16'))),
    ('streak: as it was a week ago', '24 of 24', (SELECT streak || ' of ' || best FROM centurion.streak(9001, '2026-01-09'))),
    ('milestone: none yet', '0 next 7', (SELECT reached || ' next ' || next FROM centurion.streak_milestones(6))),
    ('milestone: the first', '7 next 14', (SELECT reached || ' next ' || next FROM centurion.streak_milestones(7))),
    ('milestone: a month', '30 next 60', (SELECT reached || ' next ' || next FROM centurion.streak_milestones(31))),
    ('milestone: the last', '90 next -', (SELECT reached || ' next ' || coalesce(next::text, '-') FROM centurion.streak_milestones(365))),
    ('frequency: the setting', '7', (SELECT days::text FROM centurion.frequency(9005))),
    ('frequency: the shortest of two cohorts', '2', (SELECT days::text FROM centurion.frequency(9001))),
    ('frequency: the member''s own before the cohort''s', '30', (SELECT days::text FROM centurion.frequency(9002))),
    ('frequency: not from where one is paused', '7', (SELECT days::text FROM centurion.frequency(9003))),
    ('frequency: not from a cohort that is over', '7', (SELECT days::text FROM centurion.frequency(9004)))
) AS vectors (name, expected, actual);
