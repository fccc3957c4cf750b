-- step: coaching
-- What coaches leave behind: notes, sessions that they assign, weeks that they have reviewed.

CREATE TEMP TABLE said_of (client integer, coach integer, day date, said text);

-- By hand for those at the top of the coach's queue, newest last.
INSERT INTO said_of
SELECT client, coach, today - ago, said
FROM demo, (VALUES
    (9, 3, 33, 'Missed one check-in on the train, annoyed with herself. Praise the month before. #praise'),
    (9, 3, 12, 'Longest streak of the group. Next goal: a pull-up without the band by the end of the year. #goal #praise'),
    (9, 4, 5, 'Asked for a lighter core session on travel days, assigned Core B. #training #travel'),
    (11, 3, 19, 'Took on her colleague''s projects as well. Calories steady, no deficit for now. #stress #nutrition'),
    (11, 3, 8, 'Cancelled twice. Sounds exhausted on the phone, promised to log only weight and sleep. #follow-up #stress'),
    (11, 4, 3, 'No answer to two messages. Call on Thursday. #follow-up'),
    (12, 3, 16, 'Prefers mornings, before the children are up. #schedule'),
    (12, 4, 10, 'Knee sore, swap runs for bike. #injury'),
    (12, 4, 4, 'Slept badly, baby. Drop HIIT this week, keep steps above 6,000. Ask about stress at the session. #sleep #follow-up'),
    (13, 3, 9, 'Late shifts until the end of the month: every other day is fine, but then complete. #schedule'),
    (23, 3, 15, 'Moving house, boxes everywhere. Asked to be left alone for a week. #follow-up'),
    (24, 3, 6, 'Knee brace is fine on the bike. #injury'),
    (28, 3, 13, 'Month end is eating him. Walks at lunch instead of classes. #stress'),
    (28, 3, 5, 'Logs every day and says nothing else. Suggested to see the GP about the headaches. #stress #health'),
    (29, 3, 4, 'Signed up, app installed, no check-in yet. Offer ten minutes to set it up together. #follow-up')
) AS n (client, coach, ago, said);

-- The others', by chance: a note every month or so, worried ones where there is reason to.
INSERT INTO said_of
SELECT p.id,
       coalesce((SELECT c.coach FROM coaching AS c WHERE c.cohort = p.cohort AND NOT c.first AND pg_temp.chance(91, p.id, ago) < 0.25),
                k.coach),
       day,
       replace(pg_temp.pick(CASE WHEN p.style IN ('overwhelmed', 'fading', 'silent', 'lost') AND ago < 21
                                 THEN worried ELSE calm END,
                            92, p.id, ago), '{name}', split_part(p.name, ' ', 1))
FROM demo, person AS p
     JOIN membership AS m ON m.client = p.id AND m.cohort = p.cohort
     JOIN coaching AS k ON k.cohort = p.cohort AND k.first
     CROSS JOIN generate_series(1, 88) AS ago
     CROSS JOIN LATERAL (SELECT today - ago AS day) AS d,
     (SELECT max(list) FILTER (WHERE kind = 'coach_note') AS calm,
             max(list) FILTER (WHERE kind = 'coach_note_trouble') AS worried FROM words) AS w
WHERE p.id NOT IN (9, 11, 12, 28, 29) AND p.id <= 128 AND p.style <> 'never' AND extract(isodow FROM day) < 7
      AND day > m.joined AND (m.departed IS NULL OR day <= m.departed)
      AND pg_temp.chance(93, p.id, ago) < 0.03;

INSERT INTO said_of
SELECT p.id, k.coach, day, replace(pg_temp.pick(w.list, 92, p.id), '{name}', split_part(p.name, ' ', 1))
FROM demo, words AS w, person AS p JOIN coaching AS k ON k.cohort = p.cohort AND k.first
     CROSS JOIN LATERAL (SELECT today - 1 - floor(28 * pg_temp.chance(94, p.id))::integer AS day) AS d
WHERE w.kind = 'coach_note' AND p.id > 1120 AND p.created < today - 30 AND pg_temp.chance(95, p.id) < 0.3;

INSERT INTO public.coach_notes (id, "userId", "coachId", "weekNumber", notes, "createdAt", "updatedAt")
SELECT row_number() OVER (ORDER BY day, client, said), client, coach, greatest(1, (day - c.start) / 7 + 1), said,
       written, written
FROM said_of
     JOIN person AS p ON p.id = client
     JOIN cohort AS c ON c.id = p.cohort,
     LATERAL (SELECT pg_temp.between_hours(day, 8, 18.5, 96, client, day - date '2000-01-01') AS written) AS moment
ORDER BY day, client, said;

-- One to four sessions for everybody who trains at present; the older ones are done.
INSERT INTO public.workouts (id, "userId", title, description, status, "createdAt", "updatedAt")
SELECT row_number() OVER (ORDER BY p.id, nth), p.id, d.title, d.description,
       CASE WHEN touched IS NULL THEN 'NOT_STARTED' WHEN half THEN 'IN_PROGRESS' ELSE 'COMPLETED' END::public."WorkoutStatus",
       given, coalesce(touched, given)
FROM demo, person AS p
     JOIN style AS s ON s.name = p.style
     JOIN membership AS m ON m.client = p.id AND m.cohort = p.cohort AND m.status <> 'INACTIVE'
     CROSS JOIN LATERAL generate_series(1, CASE WHEN p.id > 128 THEN 1 ELSE 2 + p.id % 3 END) AS nth
     -- the first one, which is the newest, is Core B for the client who can log in
     JOIN drill AS d ON d.n = (p.id - 9 + 5 * (nth - 1)) % 14
     CROSS JOIN LATERAL (SELECT 2 + 8 * (nth - 1) + floor(7 * pg_temp.chance(97, p.id, nth))::integer AS ago) AS a
     CROSS JOIN LATERAL (SELECT pg_temp.between_hours(greatest(today - ago, p.created + 1), 8, 18, 98, p.id, nth) AS given,
                                pg_temp.chance(99, p.id, nth) AS luck) AS g
     CROSS JOIN LATERAL (SELECT CASE WHEN today - ago <= p.created
                                          OR luck > s.keen - CASE WHEN nth = 1 THEN 0.5 ELSE 0.1 END THEN NULL
                                     ELSE given + make_interval(days => 1, hours => floor(9 * luck)::integer) END AS touched,
                                nth = 1 AND luck > s.keen - 0.7 AS half) AS t
WHERE m.cohort NOT IN (6, 7) AND (p.id <= 128 OR pg_temp.chance(90, p.id) < 0.25)
ORDER BY p.id, nth;

-- Reviews, a week at a time, on its last days or the morning after. Most of last week is reviewed, except where there is
-- trouble: so that what changed since has something to say. Of this week a few are, once it is old enough.
INSERT INTO centurion.reviews ("coachId", "clientId", week, status, "byId", at)
SELECT coach, client, week, CASE WHEN luck > 0.97 THEN 'skipped' ELSE 'done' END, coach, moment
FROM demo,
     (SELECT k.coach, m.client, min(m.joined) AS joined
      FROM coaching AS k JOIN membership AS m USING (cohort)
      WHERE cohort IN (1, 2, 3, 4, 5, 9) AND m.status = 'ACTIVE'
      GROUP BY k.coach, m.client) AS mine
     JOIN person AS p ON p.id = mine.client,
     generate_series(0, 11) AS past,
     LATERAL (SELECT monday - 7 * past AS week, pg_temp.chance(131, client * 10 + coach, past) AS luck) AS w,
     LATERAL (SELECT pg_temp.between_hours(CASE WHEN past = 0 THEN today - 1
                                                ELSE week + 4 + floor(3 * pg_temp.chance(132, client, past))::integer END,
                                           8, 19, 133, client * 10 + coach, past) AS moment) AS a
WHERE joined < moment::date
      AND CASE past WHEN 0 THEN today >= monday + 3 AND luck < 0.15 AND p.style IN ('steady', 'good', 'example')
                    WHEN 1 THEN client = 9
                                OR luck < 0.8 AND p.style NOT IN ('silent', 'fading', 'overwhelmed', 'lost', 'tense')
                    ELSE luck < 0.94 OR past = 2 END
ORDER BY coach, client, week;

-- Who agreed with the coach on fewer check-ins than one a day, which the settings ask for.
INSERT INTO centurion.member_frequencies ("userId", days)
SELECT id, 2 FROM person WHERE id <= 128 AND style = 'patchy'
UNION ALL
SELECT id, 3 FROM diligence WHERE span = 80
ORDER BY 1;
