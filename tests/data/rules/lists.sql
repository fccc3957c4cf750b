-- Lists of members with their pages, a cohort's overview, the calendar: who is in them for whom, and what they say.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_lists_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_lists_many LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_lists_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_lists_client LOGIN IN ROLE centurion_client;
CREATE ROLE rules_lists_nobody LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_lists_demoted LOGIN IN ROLE centurion_coach;

-- Runs a statement and says what came of it: its value, or the error's code.
CREATE FUNCTION pg_temp.attempt(statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    value text;
BEGIN
    EXECUTE statement INTO value;
    RETURN coalesce(value, 'nothing');
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;

INSERT INTO public.system_settings (key, value) VALUES ('timezone', '"Europe/Berlin"'), ('defaultCheckInFrequencyDays', '1');
INSERT INTO public.users (id, email, name, role) VALUES
    (7100, 'coach@lists.example', 'Cleo Coach', 'COACH'), (7101, 'many@lists.example', 'Max Many', 'COACH'), (7102, 'admin@lists.example', 'Ada Admin', 'ADMIN'),
    (7103, 'demoted@lists.example', 'Dan Demoted', 'CLIENT'),
    (7001, 'first@lists.example', 'Anna Berg', 'CLIENT'), (7002, 'second@lists.example', 'Anna Berg', 'CLIENT'), (7003, 'third@lists.example', 'Anna Berg', 'CLIENT'),
    (7004, 'Zed@lists.example', 'Ben 100% Cole_', 'CLIENT'), (7005, 'theirs@lists.example', 'Carl Theirs', 'CLIENT'), (7006, 'left@lists.example', 'Dora Left', 'CLIENT'),
    (7007, 'gone@lists.example', 'Edda Deleted', 'CLIENT'), (7008, 'nocohort@lists.example', 'Finn None', 'CLIENT'), (7009, 'nameless@lists.example', NULL, 'CLIENT'),
    (7010, 'unnamed@lists.example', NULL, 'CLIENT'), (7011, 'closed@lists.example', 'Gus Closed', 'CLIENT');
UPDATE public.users SET "deletedAt" = now() WHERE id = 7007;
INSERT INTO centurion.logins VALUES ('rules_lists_coach', 7100, 'COACH'), ('rules_lists_many', 7101, 'COACH'), ('rules_lists_admin', 7102, 'ADMIN'),
                                    ('rules_lists_client', 7001, 'CLIENT');
-- As on a server that did not let the role's group be taken away.
SET LOCAL session_replication_role = replica;
INSERT INTO centurion.logins VALUES ('rules_lists_demoted', 7103, 'COACH');
SET LOCAL session_replication_role = origin;
INSERT INTO public.cohorts (id, name, "startDate", status) VALUES
    (7001, 'Mine', '2026-01-05', 'ACTIVE'), (7002, 'Mine too', '2026-01-12', 'ACTIVE'), (7003, 'Theirs', '2026-01-05', 'ACTIVE'),
    (7004, 'Deleted', '2026-01-05', 'ACTIVE'), (7005, 'Put away', '2026-01-05', 'ARCHIVED'), (7006, 'Crowd', '2026-01-05', 'ACTIVE');
UPDATE public.cohorts SET "deletedAt" = now() WHERE id = 7004;
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES
    (7001, 7100), (7002, 7100), (7004, 7100), (7005, 7100), (7003, 7101), (7006, 7101), (7003, 7103);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES
    (7001, 7001, 'ACTIVE'), (7002, 7001, 'ACTIVE'), (7003, 7001, 'ACTIVE'), (7005, 7001, 'ACTIVE'), (7001, 7002, 'PAUSED'), (7003, 7002, 'ACTIVE'),
    (7001, 7003, 'ACTIVE'), (7001, 7004, 'ACTIVE'), (7003, 7005, 'ACTIVE'), (7001, 7006, 'INACTIVE'), (7001, 7007, 'ACTIVE'), (7001, 7009, 'ACTIVE'),
    (7002, 7010, 'ACTIVE'), (7004, 7011, 'ACTIVE');
INSERT INTO public.entries ("userId", date, weight, steps, "sleepQuality", "perceivedStress")
SELECT 7001, centurion.today() - ago, CASE WHEN ago > 0 THEN 80 - ago END, 1000 * ago, 7, 4 FROM generate_series(0, 9) AS ago
UNION ALL SELECT 7002, centurion.today() - 3, 70, NULL, NULL, NULL
UNION ALL SELECT 7001, centurion.today() + 1, 99, NULL, NULL, NULL;

-- More clients than are looked up one by one: the other way through the same rules.
INSERT INTO public.users (id, email, name, role)
SELECT 20000 + n, 'crowd' || n || '@lists.example', 'Crowd ' || lpad((n % 700)::text, 3, '0'), 'CLIENT' FROM generate_series(1, 2100) AS n;
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) SELECT 7006, 20000 + n, 'ACTIVE' FROM generate_series(1, 2100) AS n;
UPDATE public.users SET "deletedAt" = now() WHERE id = 20001;
UPDATE public.cohort_memberships SET status = 'INACTIVE' WHERE "userId" = 20002;

-- All pages of a size, one after the other: whoever is on them, in order.
CREATE FUNCTION pg_temp.pages(words text, size integer) RETURNS TABLE (nth integer, id integer) LANGUAGE plpgsql AS
$$
DECLARE
    last_name text;
    last_id   integer;
    page      integer[];
BEGIN
    nth := 0;
    LOOP
        SELECT array_agg(l.id ORDER BY l.ordinality), (array_agg(l.id ORDER BY l.ordinality DESC))[1], (array_agg(l.name ORDER BY l.ordinality DESC))[1]
        INTO page, last_id, last_name
        FROM centurion.member_list(words, last_name, last_id, size) WITH ORDINALITY AS l;
        EXIT WHEN page IS NULL OR nth > 20000;
        FOREACH id IN ARRAY page
        LOOP
            nth := nth + 1;
            RETURN NEXT;
        END LOOP;
    END LOOP;
END
$$;

-- The same lists by the rules' own words.
CREATE TEMP TABLE whole AS
SELECT w.who, row_number() OVER (PARTITION BY w.who ORDER BY u.name, u.id) AS nth, u.id
FROM public.users AS u CROSS JOIN (VALUES ('coach', 7100), ('many', 7101), ('admin', NULL)) AS w (who, coach)
WHERE u."deletedAt" IS NULL
      AND CASE WHEN w.coach IS NULL THEN u.role = 'CLIENT'
               ELSE u.id IN (SELECT m."userId"
                             FROM public.cohort_memberships AS m, public.coach_cohort_memberships AS k, public.cohorts AS c
                             WHERE k."coachId" = w.coach AND k."cohortId" = m."cohortId" AND c.id = m."cohortId" AND c."deletedAt" IS NULL
                                   AND m.status <> 'INACTIVE') END;
CREATE FUNCTION pg_temp.difference(who text, words text, size integer) RETURNS text LANGUAGE sql AS
$$ SELECT count(w.id) || ' of ' || count(p.id) || ', ' || count(*) FILTER (WHERE w.id IS DISTINCT FROM p.id) || ' elsewhere'
   FROM (SELECT * FROM whole WHERE whole.who = difference.who) AS w FULL JOIN pg_temp.pages(words, size) AS p USING (nth) $$;
GRANT SELECT ON whole TO PUBLIC;

-- Sessions around the changes of the clock in Berlin, at a month's end, and around now.
INSERT INTO public.invoices (id, "userId", month, "totalAmount") VALUES (7001, 7001, '2026-01-01', 45);
INSERT INTO public.appointments (id, "userId", "startTime", "endTime", fee, status, "invoiceId", notes)
SELECT id, client, start, start + interval '1 hour', 45.50, status::public."AttendanceStatus", invoice, notes
FROM (VALUES
    (7001, 7001, timestamp '2026-03-28 22:30', 'NOT_ATTENDED', NULL, NULL), (7002, 7001, '2026-03-28 23:30', 'NOT_ATTENDED', NULL, NULL),
    (7003, 7001, '2026-03-29 21:30', 'NOT_ATTENDED', NULL, NULL), (7004, 7001, '2026-03-29 22:30', 'NOT_ATTENDED', NULL, NULL),
    (7005, 7001, '2026-10-25 00:30', 'NOT_ATTENDED', NULL, NULL), (7006, 7001, '2026-10-25 01:30', 'NOT_ATTENDED', NULL, NULL),
    (7007, 7001, '2026-10-25 22:30', 'NOT_ATTENDED', NULL, NULL), (7008, 7001, '2026-10-25 23:30', 'NOT_ATTENDED', NULL, NULL),
    (7009, 7002, '2028-02-28 23:30', 'NOT_ATTENDED', NULL, NULL), (7010, 7002, '2028-02-29 22:59', 'NOT_ATTENDED', NULL, NULL),
    (7011, 7002, '2028-02-29 23:00', 'NOT_ATTENDED', NULL, NULL),
    (7021, 7001, now() AT TIME ZONE 'UTC' - interval '2 hours', 'NOT_ATTENDED', NULL, NULL),
    (7022, 7001, now() AT TIME ZONE 'UTC' - interval '30 minutes', 'NOT_ATTENDED', NULL, NULL),
    (7023, 7001, now() AT TIME ZONE 'UTC' - interval '26 hours', 'ATTENDED', 7001, 'Knee'),
    (7031, 7002, '2027-05-03 08:00', 'NOT_ATTENDED', NULL, NULL), (7032, 7005, '2027-05-03 09:00', 'NOT_ATTENDED', NULL, NULL),
    (7033, 7006, '2027-05-03 10:00', 'NOT_ATTENDED', NULL, NULL), (7034, 7007, '2027-05-03 11:00', 'NOT_ATTENDED', NULL, NULL),
    (7035, 7011, '2027-05-03 12:00', 'NOT_ATTENDED', NULL, NULL), (7036, 20003, '2027-05-03 13:00', 'NOT_ATTENDED', NULL, NULL),
    (7037, 7100, '2027-05-03 14:00', 'NOT_ATTENDED', NULL, NULL)) AS p (id, client, start, status, invoice, notes);
INSERT INTO public.bootcamps (id, name, "startTime", "endTime", location, capacity, description) VALUES
    (7001, 'Hill sprints', '2027-05-03 07:00', '2027-05-03 08:00', 'Park', 12, 'Bring water'), (7002, 'Open end', '2027-05-04 07:00', '2027-05-04 08:00', NULL, NULL, NULL),
    (7003, 'Week after', '2027-05-10 07:00', '2027-05-10 08:00', NULL, 5, NULL);
INSERT INTO public.bootcamp_attendees ("bootcampId", "userId") VALUES (7001, 7001), (7001, 7005);

SET LOCAL SESSION AUTHORIZATION rules_lists_coach;
INSERT INTO result
SELECT 'coach: own clients, each once, by name, nameless last', '7001 7002 7003 7004 7009 7010', string_agg(l.id::text, ' ' ORDER BY l.ordinality)
FROM centurion.member_list(NULL, NULL, NULL, 100) WITH ORDINALITY AS l
UNION ALL SELECT 'coach: of own cohorts only, the newest first', 'Mine too, Mine ACTIVE | PAUSED',
                 string_agg(concat_ws(' ', nullif(l.cohorts, ''), l.status), ' | ' ORDER BY l.id) FROM centurion.member_list('anna', NULL, NULL, 2) AS l
UNION ALL SELECT 'list: the last check-in up to today and the last weight', 'true 79 | true 70',
                 string_agg(concat_ws(' ', (l.last_checkin = centurion.today() - CASE l.id WHEN 7002 THEN 3 ELSE 0 END)::text, l.last_weight), ' | ' ORDER BY l.id)
          FROM centurion.member_list('anna', NULL, NULL, 2) AS l
UNION ALL SELECT 'coach: pages of ' || size, '6 of 6, 0 elsewhere', pg_temp.difference('coach', NULL, size) FROM generate_series(1, 7) AS size
UNION ALL SELECT 'coach: empty words are none', '6 of 6, 0 elsewhere', pg_temp.difference('coach', '', 4)
UNION ALL SELECT 'coach: pages of a search', '7001 7002 7003', string_agg(p.id::text, ' ' ORDER BY p.nth) FROM pg_temp.pages('berg', 1) AS p
UNION ALL SELECT 'coach: a page of no rows', '0', count(*)::text FROM centurion.member_list(NULL, NULL, NULL, 0)
UNION ALL SELECT 'words: ' || words, ids, (SELECT string_agg(l.id::text, ' ' ORDER BY l.id) FROM centurion.member_list(words, NULL, NULL, 100) AS l)
          FROM (VALUES ('be', '7001 7002 7003 7004'), ('er', NULL), ('erg', '7001 7002 7003'), ('BERG', '7001 7002 7003'), ('100%', '7004'), ('cole_', '7004'),
                       ('c_le', NULL), ('%', NULL), ('zed@', '7004'), ('ed@l', NULL), ('nameless@', '7009'), ('theirs', NULL), ('left', NULL), ('edda', NULL),
                       ('closed', NULL), ('crowd', NULL), ('ada', NULL), ('\', NULL)) AS w (words, ids)
UNION ALL SELECT 'count: ' || coalesce(words, 'all'), expected, (SELECT concat_ws(' ', c.members, c.more::text) FROM centurion.member_count(words) AS c)
          FROM (VALUES (NULL, '6 false'), ('', '6 false'), ('anna', '3 false'), ('theirs', '0 false')) AS w (words, expected)
UNION ALL SELECT 'palette: finds as the list does', 'Anna Berg Anna Berg Anna Berg', string_agg(p.name, ' ') FROM centurion.palette_find('berg', 9) AS p
UNION ALL SELECT 'palette: a cohort', 'cohort Mine too', string_agg(p.kind || ' ' || p.name, ' ') FROM centurion.palette_find('too', 9) AS p
UNION ALL SELECT 'overview: who is in it', 'ACTIVE 7001, ACTIVE 7003, ACTIVE 7004, ACTIVE 7009, PAUSED 7002',
                 string_agg(o.status || ' ' || o.user_id, ', ' ORDER BY o.ordinality) FROM centurion.cohort_overview(7001, NULL) WITH ORDINALITY AS o
UNION ALL SELECT 'overview: not of ' || cohort, '0', (SELECT count(*)::text FROM centurion.cohort_overview(cohort, NULL)) FROM unnest(ARRAY[7003, 7004, 9999, NULL]) AS cohort
UNION ALL SELECT 'overview: figures', '0 green 0 | 7 10 10 | 100 33 | 76.5 3000 7 4 | 8 | 10',
                 concat_ws(' | ', concat_ws(' ', o.score, o.band, centurion.today() - o.last_checkin), concat_ws(' ', o.checkins_7d, o.checkins_14d, o.checkins_30d),
                           concat_ws(' ', o.rate_7d, o.rate_30d), concat_ws(' ', o.weight_7d, o.steps_7d, o.sleep_7d, o.stress_7d), o.weight_change_14d, o.streak)
          FROM centurion.cohort_overview(7001, centurion.today() + 3) AS o WHERE o.user_id = 7001
UNION ALL SELECT 'overview: as of five days ago', '0 5 5 5', concat_ws(' ', centurion.today() - 5 - o.last_checkin, o.checkins_7d, o.checkins_30d, o.streak)
          FROM centurion.cohort_overview(7001, centurion.today() - 5) AS o WHERE o.user_id = 7001
UNION ALL SELECT 'overview: who is paused is not judged', '3 1 70 -', concat_ws(' ', centurion.today() - o.last_checkin, o.checkins_7d, o.weight_7d,
                                                                         coalesce(o.score::text, o.band, o.rate_7d::text, o.streak::text, o.weight_change_14d::text, '-'))
          FROM centurion.cohort_overview(7001, NULL) AS o WHERE o.user_id = 7002
UNION ALL SELECT 'overview: who never checked in', 'true 0 0', concat_ws(' ', (o.last_checkin IS NULL)::text, o.checkins_30d, o.streak) FROM centurion.cohort_overview(7001, NULL) AS o WHERE o.user_id = 7004
UNION ALL SELECT 'calendar: ' || label, expected,
                 (SELECT string_agg(to_char(c.starts, 'FMDD HH24:MI'), ', ' ORDER BY c.ordinality) FROM centurion.calendar_week(day, days) WITH ORDINALITY AS c WHERE c.kind = 'session')
          FROM (VALUES ('a day of 23 hours', date '2026-03-29', 1, '29 00:30, 29 23:30'), ('a day of 25 hours', '2026-10-25', 1, '25 02:30, 25 02:30, 25 23:30'),
                       ('around the change of the clock', '2026-03-28', 3, '28 23:30, 29 00:30, 29 23:30, 30 00:30'),
                       ('the last of a leap year''s February', '2028-02-29', 1, '29 00:30, 29 23:59'), ('over a month''s end', '2028-02-29', 2, '29 00:30, 29 23:59, 1 00:00'))
               AS v (label, day, days, expected)
UNION ALL SELECT 'calendar: the same moment twice, an hour apart', '7005 7006', string_agg(c.id::text, ' ' ORDER BY c.ordinality)
          FROM centurion.calendar_week('2026-10-25', 1) WITH ORDINALITY AS c WHERE to_char(c.starts, 'HH24:MI') = '02:30'
UNION ALL SELECT 'calendar: state, fee and lock', 'attended 45.50 true Knee | unmarked 45.50 false | scheduled 45.50 false',
                 string_agg(concat_ws(' ', c.state, c.fee, c.invoiced::text, c.notes), ' | ' ORDER BY c.starts) FROM centurion.calendar_week(centurion.today() - 2, 4) AS c WHERE c.kind = 'session'
UNION ALL SELECT 'calendar: a coach sees own clients'' sessions and all bootcamps', 'session Anna Berg 10:00, bootcamp Hill sprints 09:00, bootcamp Open end 09:00',
                 string_agg(format('%s %s %s', c.kind, c.title, to_char(c.starts, 'HH24:MI')), ', ' ORDER BY c.ordinality) FROM centurion.calendar_week('2027-05-03', 7) WITH ORDINALITY AS c
UNION ALL SELECT 'calendar: places of a bootcamp', 'Park 12 2 Bring water | 0', string_agg(concat_ws(' ', c.location, c.places, c.taken, c.notes), ' | ' ORDER BY c.id)
          FROM centurion.calendar_week('2027-05-03', 7) AS c WHERE c.kind = 'bootcamp'
UNION ALL SELECT 'calendar: ' || coalesce(days::text, 'no number of') || ' days', expected, pg_temp.attempt(format('SELECT count(*) FROM centurion.calendar_week(''2000-01-01'', %L)', days))
          FROM (VALUES (0, '22023'), (1, '0'), (42, '0'), (43, '22023'), (NULL, '22023')) AS v (days, expected);
RESET SESSION AUTHORIZATION;
CREATE TEMP TABLE version AS SELECT p.xmin::text AS session, b.xmin::text AS bootcamp FROM public.appointments AS p, public.bootcamps AS b WHERE p.id = 7031 AND b.id = 7001;
GRANT SELECT ON version TO PUBLIC;

SET LOCAL SESSION AUTHORIZATION rules_lists_many;
INSERT INTO result
SELECT 'many: pages of ' || size, '2101 of 2101, 0 elsewhere', pg_temp.difference('many', NULL, size) FROM unnest(ARRAY[300, 700, 1000]) AS size
UNION ALL SELECT 'many: count', '2101 false', concat_ws(' ', c.members, c.more::text) FROM centurion.member_count(NULL) AS c
UNION ALL SELECT 'many: a search', '28 28', count(*) || ' ' || count(DISTINCT p.id) FROM pg_temp.pages('crowd 00', 7) AS p
UNION ALL SELECT 'many: and its count', '28 false', concat_ws(' ', c.members, c.more::text) FROM centurion.member_count('crowd 00') AS c
UNION ALL SELECT 'many: others'' clients are not found', '0', count(*)::text FROM centurion.member_list('ben', NULL, NULL, 9)
UNION ALL SELECT 'many: of own cohorts only', 'Theirs ACTIVE | Theirs ACTIVE', string_agg(l.cohorts || ' ' || l.status, ' | ') FROM centurion.member_list('anna', NULL, NULL, 9) AS l
UNION ALL SELECT 'many: the calendar', '7031 7032 7036', string_agg(c.id::text, ' ' ORDER BY c.ordinality) FROM centurion.calendar_week('2027-05-03', 1) WITH ORDINALITY AS c WHERE c.kind = 'session'
UNION ALL SELECT 'calendar: versions', 'true true', concat_ws(' ', bool_or(c.id = 7031 AND c.version = v.session)::text, bool_or(c.kind = 'bootcamp' AND c.version = v.bootcamp)::text)
          FROM centurion.calendar_week('2027-05-03', 1) AS c, version AS v;
RESET SESSION AUTHORIZATION;

SET LOCAL SESSION AUTHORIZATION rules_lists_admin;
INSERT INTO result
SELECT 'admin: pages of ' || size, '2110 of 2110, 0 elsewhere', pg_temp.difference('admin', NULL, size) FROM unnest(ARRAY[211, 422, 1000]) AS size
UNION ALL SELECT 'admin: count', '2110 false', concat_ws(' ', c.members, c.more::text) FROM centurion.member_count(NULL) AS c
UNION ALL SELECT 'admin: cohorts and state', 'Mine too, Mine, Theirs ACTIVE | Theirs ACTIVE | Mine ACTIVE | Mine ACTIVE | Theirs ACTIVE | INACTIVE | NONE | Mine ACTIVE | Mine too ACTIVE | NONE',
                 string_agg(concat_ws(' ', nullif(l.cohorts, ''), l.status), ' | ' ORDER BY l.id)
          FROM unnest(ARRAY['anna', 'ben', 'carl', 'dora', 'finn', 'nameless', 'unnamed', 'gus']) AS w, centurion.member_list(w, NULL, NULL, 9) AS l
UNION ALL SELECT 'admin: nobody who is deleted, no staff', '0', count(*)::text FROM unnest(ARRAY['edda', 'cleo', 'ada', 'max many']) AS w, centurion.member_list(w, NULL, NULL, 9)
UNION ALL SELECT 'admin: the calendar, without those deleted', '7031 7032 7033 7035 7036 7037', string_agg(c.id::text, ' ' ORDER BY c.ordinality)
          FROM centurion.calendar_week('2027-05-03', 1) WITH ORDINALITY AS c WHERE c.kind = 'session'
UNION ALL SELECT 'admin: any cohort but a deleted one', '3 0', (SELECT count(*) FROM centurion.cohort_overview(7003, NULL)) || ' ' || (SELECT count(*) FROM centurion.cohort_overview(7004, NULL));
RESET SESSION AUTHORIZATION;

INSERT INTO public.users (id, email, name, role) SELECT 30000 + n, 'more' || n || '@lists.example', 'More', 'CLIENT' FROM generate_series(1, 8000) AS n;
SET LOCAL SESSION AUTHORIZATION rules_lists_admin;
INSERT INTO result
SELECT 'admin: counted up to 10,000', '10000 true', concat_ws(' ', c.members, c.more::text) FROM centurion.member_count(NULL) AS c
UNION ALL SELECT 'admin: 8,000 of one name, and the page after one of them', '37001 37002', string_agg(l.id::text, ' ' ORDER BY l.ordinality)
          FROM centurion.member_list(NULL, 'More', 37000, 2) WITH ORDINALITY AS l;
RESET SESSION AUTHORIZATION;

SET LOCAL SESSION AUTHORIZATION rules_lists_client;
INSERT INTO result
SELECT 'client: ' || call, '42501', pg_temp.attempt('SELECT count(*) FROM centurion.' || call)
FROM unnest(ARRAY['member_list(NULL, NULL, NULL, 9)', 'member_count(NULL)', 'cohort_overview(7001, NULL)', 'calendar_week(''2027-05-03'', 7)', 'clients_of(7100)', 'client_of(7001, 7100)']) AS call;
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_lists_nobody;
INSERT INTO result
SELECT 'nobody: ' || call, expected, pg_temp.attempt('SELECT count(*) FROM centurion.' || call)
FROM (VALUES ('member_list(NULL, NULL, NULL, 9)', '42501'), ('member_count(NULL)', '42501'), ('cohort_overview(7001, NULL)', '0'), ('calendar_week(''2027-05-03'', 7)', '42501')) AS v (call, expected);
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_lists_demoted;
INSERT INTO result
SELECT 'demoted: ' || call, expected, pg_temp.attempt('SELECT count(*) FROM centurion.' || call)
FROM (VALUES ('member_list(NULL, NULL, NULL, 9)', '42501'), ('cohort_overview(7003, NULL)', '0'), ('calendar_week(''2027-05-03'', 7)', '42501')) AS v (call, expected);
RESET SESSION AUTHORIZATION;

SELECT * FROM result;
