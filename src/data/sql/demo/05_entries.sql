-- step: checking in
-- Daily check-ins. Which days is decided first (temp table checkin for the small set, a rule of three for the rest), then
-- one statement gives every day its figures: weight on a smooth path, steps and calories with the rhythm of the week,
-- stress from the person's style, sleep against stress.

CREATE TEMP TABLE checkin (client integer, day date, PRIMARY KEY (client, day));

INSERT INTO checkin
SELECT p.id, day
FROM demo, person AS p JOIN style AS s ON s.name = p.style
     CROSS JOIN generate_series(0, 89) AS ago
     CROSS JOIN LATERAL (SELECT today - ago AS day, pg_temp.chance(41, p.id, ago) AS luck,
                                -- one person in six was away for a week or so
                                CASE WHEN pg_temp.chance(42, p.id) < 0.16
                                     THEN 25 + floor(50 * pg_temp.chance(43, p.id)) END AS away) AS d
WHERE p.id BETWEEN 9 AND 128 AND day >= p.created
      AND (p.style <> 'finished' OR day <= monday - 26)
      AND CASE WHEN ago < length(s.recent) THEN substr(s.recent, length(s.recent) - ago, 1) = '1'
               WHEN ago BETWEEN away AND away + 6 THEN false
               WHEN ago = 0 THEN luck < 0.55 * s.keen
               WHEN p.style = 'relaxed' AND extract(isodow FROM day) >= 6 THEN luck < 0.45
               ELSE luck < s.keen END
ORDER BY p.id, day;

-- The rest of the large set: together with the above exactly three million. Most check in daily and began a month ago;
-- some do now and then over three months. n days are spread over a span that ends some days ago.
CREATE TEMP TABLE diligence AS
WITH writers AS (
    SELECT id, style, row_number() OVER (ORDER BY id) AS r, count(*) OVER () AS writers
    FROM person WHERE id > 1120 AND style <> 'never'
), counted AS (
    SELECT id, style,
           (r * total / writers - (r - 1) * total / writers)::integer
           + CASE WHEN r % 2 = 0 THEN 1 WHEN r < writers THEN -1 ELSE 0 END
             * floor(8 * pg_temp.chance(44, (r + 1) / 2))::integer AS n
    FROM writers, (SELECT 3000000 - count(*) AS total FROM checkin) AS left_over
), paced AS (
    SELECT id, n,
           CASE style WHEN 'silent' THEN 9 WHEN 'fading' THEN 3 WHEN 'overwhelmed' THEN 1
                      ELSE pg_temp.chance(45, id)::integer END AS lag,
           CASE WHEN style = 'patchy' OR pg_temp.chance(46, id) < 0.12 THEN 80
                ELSE n + floor(7 * pg_temp.chance(47, id))::integer END AS span
    FROM counted
)
SELECT id, n, lag, span, (SELECT count(*) FROM checkin) + sum(n) OVER (ORDER BY id) - n AS before
FROM paced ORDER BY id;

INSERT INTO public.entries (id, "userId", date, weight, steps, calories, "sleepQuality", "perceivedStress", notes,
                            "customResponses", "dataSources", "createdAt", "updatedAt")
SELECT d.id, d.client, d.day, weighed, stepped, eaten, slept, stressed,
       CASE WHEN pg_temp.chance(60, d.client, d.ago) < 0.16
            THEN pg_temp.pick(CASE WHEN stressed >= 8 THEN stress_notes WHEN slept <= 4 THEN sleep_notes
                                   WHEN stepped > 14000 THEN steps_notes ELSE plain_notes END, 61, d.client, d.ago) END,
       -- what the cohort asks beside the usual, since it began
       CASE WHEN p.cohort <= 5 AND (d.day >= c.start OR d.client IN (9, 10)) THEN nullif(jsonb_strip_nulls(
           CASE WHEN d.day < c.start THEN '{}'
                WHEN p.cohort = 1 THEN jsonb_build_object('water', pg_temp.chance(62, d.client, d.ago) < 0.7,
                                                          'energy', greatest(1, least(10, slept - stressed / 3 + 1)))
                WHEN p.cohort = 3 THEN jsonb_build_object('alcohol', floor(3.4 * pg_temp.chance(64, d.client, d.ago) ^ 2),
                                                          'proud', CASE WHEN pg_temp.chance(65, d.client, d.ago) < 0.3
                                                                        THEN pg_temp.pick(win_notes, 66, d.client, d.ago) END)
                WHEN p.cohort = 5 THEN jsonb_build_object('screen_off', slept >= 6, 'walk_minutes', stepped / 130)
                ELSE '{}' END
           || CASE WHEN p.cohort = 2 OR d.client IN (9, 10)
                   THEN jsonb_build_object('customPrompt1', 5 * floor(6 * pg_temp.chance(63, d.client, d.ago)))
                   ELSE '{}' END), '{}') END,
       nullif(jsonb_strip_nulls(jsonb_build_object(
           'weight', CASE WHEN weighed IS NOT NULL THEN 'manual' END,
           'steps', CASE WHEN stepped IS NOT NULL THEN CASE WHEN p.health THEN 'healthkit' ELSE 'manual' END END,
           'calories', CASE WHEN eaten IS NOT NULL THEN 'manual' END,
           'sleepQuality', CASE WHEN slept IS NOT NULL
                                THEN CASE WHEN p.health AND pg_temp.chance(67, d.client, d.ago) < 0.8 THEN 'healthkit'
                                          ELSE 'manual' END END)), '{}'),
       written,
       -- now and then somebody corrects a figure later that day or the day after, or, for two in trouble, lately
       CASE WHEN d.client IN (11, 12) AND d.ago = 18 THEN today - 4 + time '08:12'
            WHEN d.ago > 1 AND pg_temp.chance(68, d.client, d.ago) < 0.05
            THEN written + make_interval(hours => 2 + floor(24 * pg_temp.chance(69, d.client, d.ago))::integer)
            ELSE written END
FROM demo,
     (SELECT row_number() OVER (ORDER BY client, day) AS id, client, day, today - day AS ago,
             max(day) OVER (PARTITION BY client) - day AS before_last
      FROM checkin, demo
      UNION ALL
      SELECT before + i, q.id, today - a.ago, a.ago, a.ago - lag
      FROM demo, diligence AS q,
           generate_series(1, n) AS i,
           -- Days in bins of span / n, at least 1 wide and with room between them: no day twice, the last one nearest.
           LATERAL (SELECT lag + floor((n - i) * span / n::double precision
                                       + pg_temp.chance(48, q.id, i) * (span / n::double precision - 1))::integer AS ago) AS a
     ) AS d
     JOIN person AS p ON p.id = d.client
     JOIN style AS s ON s.name = p.style
     LEFT JOIN cohort AS c ON c.id = p.cohort,
     LATERAL (SELECT extract(isodow FROM d.day)::integer AS weekday,
                     s.rising * CASE WHEN d.before_last <= 2 THEN 1 WHEN d.before_last <= 5 THEN 0.25
                                     WHEN d.before_last <= 9 THEN 0.1 ELSE 0 END AS strain OFFSET 0) AS w,
     LATERAL (SELECT greatest(1, least(10, round(s.stress + strain + (CASE WHEN weekday <= 5 THEN 0.4 ELSE -0.5 END)
                                                 + 0.8 * pg_temp.bell(49, d.client, d.ago))))::integer AS felt OFFSET 0) AS f,
     LATERAL (SELECT CASE WHEN pg_temp.chance(50, d.client, d.ago) < 0.93
                          THEN floor(10 * (p.weight - p.slope * d.ago / 7.0
                                           + 0.45 * (sin(d.ago / 8.0 + d.client) - sin(d.client::double precision))
                                           + 0.2 * sin(d.ago / 2.7 + 2 * d.client)
                                           + 0.22 * pg_temp.bell(51, d.client, d.ago)) + 0.5) / 10.0 END AS weighed,
                     CASE WHEN pg_temp.chance(52, d.client, d.ago) < 0.95
                          THEN greatest(900, p.steps * (ARRAY[0.95, 1.02, 1.08, 1.0, 0.97, 1.22, 0.78])[weekday]
                                             * (1.08 - 0.025 * felt)
                                             + 1500 * pg_temp.bell(53, d.client, d.ago))::integer END AS stepped,
                     CASE WHEN pg_temp.chance(54, d.client, d.ago) < 0.88
                          THEN 10 * ((p.kcal * (ARRAY[0.97, 0.98, 1.0, 0.99, 1.04, 1.14, 1.08])[weekday]
                                      + 12 * felt + 150 * pg_temp.bell(55, d.client, d.ago)) / 10)::integer END AS eaten,
                     CASE WHEN pg_temp.chance(56, d.client, d.ago) < 0.93
                          THEN greatest(1, least(10, round(p.sleep - 0.5 * felt
                                                        + 0.8 * pg_temp.bell(57, d.client, d.ago))))::integer END AS slept,
                     CASE WHEN pg_temp.chance(58, d.client, d.ago) < 0.96 OR pg_temp.chance(50, d.client, d.ago) >= 0.93
                          THEN felt END AS stressed,
                     pg_temp.between_hours(d.day, CASE d.ago WHEN 0 THEN 0 ELSE 5.5 END, CASE d.ago WHEN 0 THEN 0.5 ELSE 8.25 END,
                                           59, d.client, d.ago) AS written OFFSET 0) AS figures,
     (SELECT max(list) FILTER (WHERE kind = 'note_plain') AS plain_notes,
             max(list) FILTER (WHERE kind = 'note_stress') AS stress_notes,
             max(list) FILTER (WHERE kind = 'note_sleep') AS sleep_notes,
             max(list) FILTER (WHERE kind = 'note_steps') AS steps_notes,
             max(list) FILTER (WHERE kind = 'wins') AS win_notes FROM words) AS said;
