-- step: forming cohorts
-- Cohorts with their coaches, members and check-in questions. The first eight:
--   1 a six-week challenge in its third week   5 one in its last week, starting on a Wednesday
--   2 the ongoing group                        6 the challenge before, completed
--   3 the online group, from a Wednesday       7 the pilot of half a year ago, archived
--   4 a barbell course in its fifth week       8 the next challenge: neither members nor coach yet
-- In the large set 9 is one more of the coach's, and 10 to 1000 are everybody else's.

CREATE TEMP TABLE cohort (id integer PRIMARY KEY, name text, description text, start date, finish date,
                          status public."CohortStatus");

INSERT INTO cohort
SELECT id, name, description, start, start + weeks * 7 - 1, status::public."CohortStatus"
FROM demo,
     LATERAL (VALUES
         (1, to_char(monday - 14, 'FMMonth') || ' 6WC', 'Six weeks, three studio sessions a week, daily check-in.',
          monday - 14, 6, 'ACTIVE'),
         (2, 'Ongoing', 'Former challengers who stay. Open end, a questionnaire now and then.', monday - 210, NULL, 'ACTIVE'),
         (3, 'Online', 'No studio: check-ins, calls and the questionnaire.', monday + 2 - 70, NULL, 'ACTIVE'),
         (4, 'Barbell Basics', 'Squat, press and deadlift from zero.', monday - 28, 6, 'ACTIVE'),
         (5, 'Steps & Sleep', 'For people at desks: walk more, sleep more.', monday + 2 - 35, 6, 'ACTIVE'),
         (6, to_char(monday - 70, 'FMMonth') || ' 6WC', 'Six weeks, three studio sessions a week, daily check-in.',
          monday - 70, 6, 'COMPLETED'),
         (7, to_char(monday - 182, 'FMMonth YYYY') || ' pilot', 'First edition, kept for the record.',
          monday - 182, 6, 'ARCHIVED'),
         (8, to_char(monday + 28, 'FMMonth') || ' 6WC', 'Opens after the present challenge. Coach to be found.',
          monday + 28, 6, 'ACTIVE')
     ) AS c (id, name, description, start, weeks, status)
UNION ALL
SELECT id,
       CASE WHEN id = 9 THEN 'Online Evenings'
            ELSE pg_temp.pick(ARRAY['Harbour', 'Riverside', 'Old Town', 'Station', 'Hillside', 'Lakeside', 'Market',
                                    'University', 'Parkway', 'North End', 'South Bank', 'West Side'], 31, id)
                 || ' ' || pg_temp.pick(ARRAY['6WC', 'Ongoing', 'Mornings', 'Runners', 'Strength', 'Steps'], 32, id)
                 || ' ' || id END,
       NULL, start, CASE WHEN id > 9 AND pg_temp.chance(34, id) < 0.5 THEN start + 83 END,
       'ACTIVE'::public."CohortStatus"
FROM demo, generate_series(9, 1000) AS id,
     LATERAL (SELECT monday - 7 * (5 + floor(6 * pg_temp.chance(33, id))::integer) + 2 * (id % 3 / 2) AS start) AS begun
WHERE large;

INSERT INTO public.cohorts (id, name, description, "startDate", "endDate", status, "createdAt", "updatedAt")
SELECT id, name, description, start, finish, status, made,
       CASE WHEN status = 'ACTIVE' THEN made ELSE finish + time '18:30' END
FROM demo, cohort,
     LATERAL (SELECT pg_temp.between_hours(least(start, today) - 20, 9, 17, 35, id) AS made) AS moment
ORDER BY id;

-- Who coaches what. The first row of a cohort is the coach whose diary its members are in.
CREATE TEMP TABLE coaching (cohort integer, coach integer, first boolean, PRIMARY KEY (cohort, coach));

INSERT INTO coaching
VALUES (1, 3, true), (1, 4, false), (2, 3, true), (3, 4, true), (4, 5, true), (4, 6, false), (5, 7, true), (6, 6, true),
       (7, 8, true);
INSERT INTO coaching
SELECT id, CASE WHEN id = 9 THEN 3 ELSE 119 + id END, true FROM cohort WHERE id >= 9;

INSERT INTO public.coach_cohort_memberships (id, "cohortId", "coachId", "createdAt")
SELECT row_number() OVER (ORDER BY cohort, coach), cohort, coach, made."createdAt" + interval '10 minutes'
FROM coaching JOIN public.cohorts AS made ON made.id = cohort
ORDER BY cohort, coach;

-- Members of their own cohort; two train in the ongoing group as well, and ten stayed on after the last challenge.
CREATE TEMP TABLE membership (cohort integer, client integer, status public."MembershipStatus", joined date, departed date,
                              PRIMARY KEY (cohort, client));

INSERT INTO membership
SELECT c.id, p.id,
       CASE WHEN c.id = 7 OR p.style = 'left' THEN 'INACTIVE' WHEN p.style = 'paused' AND c.id <> 6 THEN 'PAUSED'
            ELSE 'ACTIVE' END::public."MembershipStatus",
       greatest(p.created, c.start - floor(7 * pg_temp.chance(36, p.id))::integer,
                CASE WHEN c.id IN (2, 3) THEN c.start + floor(40 * pg_temp.chance(37, p.id))::integer END),
       CASE WHEN c.id = 7 THEN c.finish WHEN p.style = 'left' THEN today - 16 END
FROM demo, person AS p JOIN cohort AS c ON c.id = p.cohort
                           OR c.id = 2 AND p.id IN (9, 10)
                           OR c.id = 6 AND p.id IN (10, 15, 17, 33, 34, 35, 37, 38, 39, 40)
WHERE p.role = 'CLIENT';

INSERT INTO public.cohort_memberships (id, "cohortId", "userId", status, "joinedAt", "leftAt")
SELECT row_number() OVER (ORDER BY cohort, client), cohort, client, status,
       greatest(pg_temp.between_hours(joined, 8, 20, 38, client, cohort), u."createdAt"),
       departed + time '19:00'
FROM membership JOIN public.users AS u ON u.id = client
ORDER BY cohort, client;

-- What is asked at a check-in beside the usual, in each of the forms that the web application has written over time.
INSERT INTO public.cohort_check_in_configs (id, "cohortId", prompts, "createdAt", "updatedAt")
SELECT row_number() OVER (ORDER BY cohort), cohort, prompts::jsonb, c."createdAt" + interval '1 hour',
       c."createdAt" + interval '1 hour'
FROM (VALUES
    (1, '{"enabledPrompts": ["weight", "steps", "calories", "stress", "sleep"],
          "questions": [{"id": "water", "label": "8 glasses of water?", "type": "boolean"},
                        {"id": "energy", "label": "Energy today", "type": "scale", "min": 1, "max": 10}]}'),
    (2, '{"enabledPrompts": ["weight", "steps", "calories", "stress", "sleep"],
          "customPrompt1": "Minutes of mobility", "customPrompt1Type": "number"}'),
    (3, '{"questions": [{"id": "proud", "label": "One thing you are proud of", "type": "text"},
                        {"id": "alcohol", "label": "Alcoholic drinks", "type": "number", "min": 0, "max": 20}]}'),
    (5, '{"questions": [{"id": "screen_off", "label": "Screen off by ten?", "type": "boolean"},
                        {"id": "walk_minutes", "label": "Minutes walked outdoors", "type": "number", "min": 0, "max": 300}],
          "theme": "calm"}')
) AS asked (cohort, prompts) JOIN public.cohorts AS c ON c.id = cohort;
