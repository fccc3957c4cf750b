-- step: reading the watches
-- What the watches of some clients recorded: training, and the nights behind the sleep quality of their check-ins.

INSERT INTO public.healthkit_workouts (id, "userId", "workoutType", "startTime", "endTime", duration, calories, distance,
                                       "heartRate", metadata, "createdAt")
SELECT row_number() OVER (ORDER BY e."userId", e.date), e."userId", sport, start,
       start + make_interval(mins => minutes), minutes,
       round(minutes * (burn + luck)),
       CASE WHEN speed > 0 THEN round((minutes / 60.0 * speed * (0.9 + 0.2 * luck))::numeric, 2) END,
       CASE WHEN luck < 0.9 THEN jsonb_build_object('avg', pulse, 'max', pulse + 18 + floor(25 * luck), 'min', pulse - 30) END,
       jsonb_build_object('device', watch, 'indoor', sport IN ('FunctionalStrengthTraining', 'Yoga')),
       start + make_interval(mins => minutes + 2)
FROM public.entries AS e
     JOIN person AS p ON p.id = e."userId" AND p.id <= 128 AND p.health,
     LATERAL (SELECT pg_temp.chance(121, e.id) AS luck,
                     floor(5 * pg_temp.chance(122, e.id))::integer AS kind,
                     20 + floor(45 * pg_temp.chance(123, e.id))::integer AS minutes,
                     (ARRAY['Apple Watch', 'Garmin', 'Polar'])[1 + p.id % 3] AS watch) AS r,
     LATERAL (SELECT (ARRAY['Walking', 'Running', 'FunctionalStrengthTraining', 'Cycling', 'Yoga'])[kind + 1] AS sport,
                     (ARRAY[5.2, 9.6, 0, 19.5, 0])[kind + 1] AS speed, (ARRAY[4, 10, 6, 8, 3])[kind + 1] AS burn,
                     (ARRAY[104, 148, 122, 131, 92])[kind + 1] + floor(14 * luck)::integer AS pulse,
                     pg_temp.between_hours(e.date, 16.5, 19.5, 124, e.id) AS start) AS w,
     demo
WHERE e.date < today AND pg_temp.chance(125, e.id)
      < CASE WHEN extract(isodow FROM e.date) >= 6 THEN 0.45 ELSE 0.28 END
ORDER BY e."userId", e.date;

INSERT INTO public.sleep_records (id, "userId", "startTime", "endTime", "totalSleep", "inBedTime", "deepSleep", "remSleep",
                                  "coreSleep", "sourceDevice", "createdAt")
SELECT row_number() OVER (ORDER BY e."userId", e.date), e."userId", woke - make_interval(mins => asleep + awake),
       woke, asleep, asleep + awake,
       deep, rem, asleep - deep - rem, (ARRAY['Apple Watch', 'Garmin', 'Polar'])[1 + p.id % 3], woke + interval '5 minutes'
FROM public.entries AS e
     JOIN person AS p ON p.id = e."userId" AND p.id <= 128 AND p.health,
     LATERAL (SELECT e.date + time '05:00' + make_interval(mins => floor(70 * pg_temp.chance(126, e.id))::integer) AS woke,
                     floor(230 + 27 * e."sleepQuality" + 30 * pg_temp.chance(127, e.id))::integer AS asleep,
                     floor(12 + 50 * pg_temp.chance(128, e.id))::integer AS awake) AS n,
     LATERAL (SELECT asleep * (13 + e.id % 7) / 100 AS deep, asleep * (19 + e.id % 6) / 100 AS rem) AS phases,
     demo
WHERE e.date < today AND e."dataSources" ->> 'sleepQuality' = 'healthkit'
ORDER BY e."userId", e.date;
