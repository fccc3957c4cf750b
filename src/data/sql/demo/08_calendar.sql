-- step: filling the diary
-- Personal training, the invoices for it, and bootcamps. Two months back and earlier are billed; last month has been begun:
-- about half of the small set has an invoice, the month run is still to come for the others.

-- Who trains in person, and when: every trainee of a coach has weekdays and an hour of their own, so no two sessions of a
-- coach of the small set meet.
CREATE TEMP TABLE trainee AS
SELECT p.id AS client, m.departed, greatest(p.created + 4, today - 150) AS first,
       (ARRAY[45, 45, 45, 50, 40, 60])[1 + p.id % 6]::numeric(10, 2) AS fee,
       r % 3 + 1 AS weekday,                                    -- Monday, Tuesday or Wednesday,
       p.id = 9 OR pg_temp.chance(101, p.id) < 0.35 AS twice,     -- and three days later again
       (ARRAY['07:00', '08:00', '09:00', '12:30', '17:30', '18:30'])[1 + r / 3 % 6]::time AS hour
FROM demo,
     (SELECT person.*, (row_number() OVER (PARTITION BY coach ORDER BY person.id) - 1)::integer AS r
      FROM person JOIN coaching ON coaching.cohort = person.cohort AND coaching.first
      WHERE person.id <= 128 AND person.cohort <= 5 AND style <> 'never'
            AND (person.id IN (9, 12, 13, 15, 24) OR pg_temp.chance(102, person.id) < 0.4)) AS p
     JOIN membership AS m ON m.client = p.id AND m.cohort = p.cohort AND m.status <> 'PAUSED';

-- Sessions up to three weeks ahead. due: attended and not on an invoice yet.
CREATE TEMP TABLE session (client integer, start timestamp, fee numeric(10, 2), attended boolean, due boolean, remark text);

INSERT INTO session
SELECT client, day + hour,
       CASE WHEN day < t.first + 7 AND pg_temp.chance(103, client) < 0.3 THEN 0 ELSE fee END,
       day < today AND luck < CASE WHEN client = 12 AND day >= today - 6 THEN 0 WHEN day >= today - 12 THEN 0.9
                                   ELSE 0.985 END,
       date_trunc('month', day) >= d.month
       OR date_trunc('month', day) >= d.month - interval '1 month' AND client <> 9 AND pg_temp.chance(104, client) < 0.5,
       CASE WHEN day < t.first + 7 AND pg_temp.chance(103, client) < 0.3 THEN 'First session, free of charge.'
            WHEN day < today - 12 AND luck >= 0.985 THEN 'Called off in the morning, not charged.'
            WHEN client = 12 AND day >= today - 12 THEN 'Knee: bike, no running.'
            WHEN luck < 0.12 THEN pg_temp.pick(ARRAY['Film the last set of deadlifts.', 'Bring the long bands.', 'Studio 2.',
                                                     'Outdoors if dry.', 'Retest: plank and row, 500 m.',
                                                     'Short of time: 45 minutes.'],
                                               105, client, day - date '2000-01-01') END
FROM demo AS d, trainee AS t, generate_series(-150, 21) AS shift,
     LATERAL (SELECT today + shift AS day, pg_temp.chance(106, client, shift + 1000) AS luck) AS s
WHERE day >= t.first AND (departed IS NULL OR day <= departed)
      AND (extract(isodow FROM day) = weekday OR twice AND extract(isodow FROM day) = weekday + 3)
      AND (client IN (9, 12) OR pg_temp.chance(107, client, shift + 1000) >= 0.07);

-- The large set: 210,000 sessions altogether, a weekly one for each of 5,000 clients, newest first.
INSERT INTO session
SELECT client, start, (ARRAY[45, 50, 40, 60, 55])[1 + client % 5],
       start < today AND pg_temp.chance(108, client, week) < 0.985,
       start >= month, NULL
FROM demo, (SELECT count(*) AS made FROM session) AS named, generate_series(0, 209999 - made) AS i,
     LATERAL (SELECT 1121 + (i % 5000 * 19)::integer AS client, (i / 5000)::integer AS week) AS w,
     LATERAL (SELECT monday + 14 - 7 * week + client % 6 + make_interval(mins => 360 + 30 * (client / 6 % 26)) AS start) AS s
WHERE large;

-- Of last month exactly 10,000 attended ones are not invoiced: the small set's, and as many of the others' as it takes.
UPDATE session
SET due = true
FROM (SELECT ranked.client, ranked.start
      FROM demo, session AS ranked
      WHERE large AND ranked.start >= month - interval '1 month' AND ranked.start < month AND attended AND client > 128
      ORDER BY ranked.client, ranked.start
      LIMIT (SELECT greatest(0, 10000 - count(*))
             FROM demo, session
             WHERE start >= month - interval '1 month' AND start < month AND attended AND client <= 128 AND due)) AS next
WHERE session.client = next.client AND session.start = next.start;

CREATE TEMP TABLE bill AS
SELECT row_number() OVER (ORDER BY date_trunc('month', start), client)::integer AS id, client,
       date_trunc('month', start)::date AS month, sum(fee) AS total, count(*) AS sessions
FROM session
WHERE attended AND NOT due
GROUP BY client, date_trunc('month', start);

-- Billed on the first of the next month and mailed the same morning; one old mail and three new ones did not go out.
INSERT INTO public.invoices (id, "userId", month, "totalAmount", "emailSent", "emailSentAt", "createdAt", "updatedAt")
SELECT id, client, b.month, total, sent, CASE WHEN sent THEN mailed END, made, CASE WHEN sent THEN mailed ELSE made END
FROM demo AS d,
     (SELECT *, row_number() OVER (PARTITION BY month ORDER BY client) AS nth FROM bill) AS b,
     LATERAL (SELECT least(b.month + interval '1 month 9 hours', today + interval '2 minutes')
                     + make_interval(secs => least(nth, 600)) AS made) AS m,
     LATERAL (SELECT made + interval '14 minutes' AS mailed,
                     nth > CASE WHEN b.month >= d.month - interval '1 month' THEN 4
                                WHEN b.month >= d.month - interval '2 months' THEN 2 ELSE 0 END OR client = 9 AS sent) AS s
ORDER BY id;

INSERT INTO public.appointments (id, "userId", "startTime", "endTime", fee, status, notes, "googleEventId", "invoiceId",
                                 "createdAt", "updatedAt")
SELECT row_number() OVER (ORDER BY s.start, s.client), s.client, s.start, s.start + interval '1 hour', s.fee,
       CASE WHEN attended THEN 'ATTENDED' ELSE 'NOT_ATTENDED' END::public."AttendanceStatus", remark,
       CASE WHEN s.client % 4 = 0 THEN 'demo-event-' || s.client || '-' || to_char(s.start, 'YYYYMMDD') END,
       b.id, made,
       CASE WHEN NOT attended THEN made
            ELSE s.start + make_interval(mins => 65 + floor(100 * pg_temp.chance(109, s.client, extract(doy FROM s.start)::integer))::integer)
       END
FROM demo AS d,
     session AS s JOIN person AS p ON p.id = s.client
     LEFT JOIN bill AS b ON b.client = s.client AND b.month = date_trunc('month', s.start)::date AND attended AND NOT due,
     -- booked as a series of some weeks
     LATERAL (SELECT greatest(least(s.start::date - 7 * (1 + extract(doy FROM s.start)::integer / 7 % 8), d.today - 1),
                              p.created + 1)
                     + time '16:20' AS made) AS m
ORDER BY s.start, s.client;

-- Paid in the two weeks after, mostly; one in twenty only in part, as many not at all.
INSERT INTO centurion.payments (id, "invoiceId", amount, method, reference, "paidOn") OVERRIDING SYSTEM VALUE
SELECT row_number() OVER (ORDER BY paid, i.id), i.id,
       CASE WHEN luck < 0.1 THEN round("totalAmount" / 2, 2) ELSE "totalAmount" END,
       CASE WHEN i."userId" % 3 = 0 THEN 'card' ELSE 'bank transfer' END,
       CASE WHEN i."userId" % 3 <> 0 THEN to_char(i.month, 'YYYY-MM') || ' ' || u.name END, paid
FROM demo AS d, public.invoices AS i JOIN public.users AS u ON u.id = i."userId",
     LATERAL (SELECT pg_temp.chance(110, i."userId", i.id) AS luck,
                     i."emailSentAt"::date + 1 + floor(13 * pg_temp.chance(114, i."userId", i.id))::integer AS paid) AS p
WHERE "emailSent" AND "totalAmount" > 0 AND paid < d.today AND luck >= 0.05
ORDER BY paid, i.id;

-- A bootcamp every Saturday morning: past ones, the next one full, then one with places left, then one without a limit.
CREATE TEMP TABLE camp AS
SELECT row_number() OVER (ORDER BY saturday)::integer AS id, saturday, weeks,
       CASE WHEN weeks = 2 THEN NULL WHEN weeks % 3 = 1 THEN 16 ELSE 12 END AS capacity,
       CASE WHEN weeks = 0 THEN 12 WHEN weeks = 1 THEN 11 WHEN weeks = 2 THEN 3 WHEN weeks = 3 THEN 0
            ELSE 7 + floor(6 * pg_temp.chance(111, weeks + 100))::integer END AS coming
FROM (SELECT monday + 5 + 7 * weeks AS saturday, weeks + (CASE WHEN monday + 5 < today THEN -1 ELSE 0 END) AS weeks
      FROM demo, generate_series(-9, 4) AS weeks) AS s
WHERE weeks <= 3;

INSERT INTO public.bootcamps (id, name, "startTime", "endTime", location, capacity, description, "createdAt", "updatedAt")
SELECT id, (ARRAY['Kettlebell Hour', 'HIIT', 'Core'])[1 + abs(weeks) % 3], saturday + time '09:30', saturday + time '10:15',
       CASE WHEN weeks = 2 THEN 'Park, by the fountain' ELSE 'Hall' END, capacity,
       CASE WHEN weeks = 2 THEN 'Outdoors, bring water. Everybody is welcome.'
            WHEN weeks = 0 THEN 'Bring a towel. Doors open at 09:15.' END,
       saturday - 40 + time '12:00', saturday - 40 + time '12:00'
FROM camp ORDER BY id;

INSERT INTO public.bootcamp_attendees (id, "bootcampId", "userId", "createdAt")
SELECT row_number() OVER (ORDER BY camp, place), camp, client,
       pg_temp.between_hours(least(saturday - 14 + place / 2, today - 1), 8, 21, 112, client, camp)
FROM demo,
     (SELECT c.id AS camp, c.saturday, c.coming, m.client,
             row_number() OVER (PARTITION BY c.id ORDER BY pg_temp.chance(113, m.client, c.id))::integer AS place
      FROM camp AS c, membership AS m
      WHERE m.cohort BETWEEN 1 AND 5 AND m.status = 'ACTIVE' AND m.joined < c.saturday - 14
            AND NOT (m.cohort = 2 AND m.client IN (9, 10)) AND NOT (m.client = 9 AND c.weeks = 1)) AS wish
WHERE place <= coming
ORDER BY camp, place;
