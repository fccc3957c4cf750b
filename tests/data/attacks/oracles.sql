-- What can be felt of rows that cannot be seen: in plans, estimates, errors and counters. A probe that hits a hidden row must look
-- like one that hits nothing.

-- attack: a hidden e-mail in EXPLAIN ANALYZE
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.coach_users WHERE email = '$probe';

-- attack: a hidden number in EXPLAIN ANALYZE
-- coach coach2: same
-- probe: 90 | 9090
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.coach_users WHERE id = $probe;

-- attack: a hidden member's entries in EXPLAIN ANALYZE
-- coach coach2: same
-- probe: 90 | 9090
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.coach_entries WHERE "userId" = $probe;

-- attack: a hidden member's appointments in EXPLAIN ANALYZE
-- coach coach2: same
-- probe: 64 | 6464
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.coach_appointments WHERE "userId" = $probe;

-- attack: a hidden e-mail by the other side of a join
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SET LOCAL enable_material = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM (VALUES ('$probe')) AS v (email) JOIN centurion.coach_users AS u ON u.email = v.email;

-- attack: a hidden e-mail for each row of something
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT (SELECT u.id FROM centurion.coach_users AS u WHERE u.email = v.email) FROM (VALUES ('$probe'), ('$probe')) AS v (email);

-- attack: a hidden e-mail in EXPLAIN ANALYZE of a prepared statement
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
PREPARE mine (text) AS SELECT FROM centurion.coach_users WHERE email = $1;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) EXECUTE mine ('$probe');
DEALLOCATE mine;

-- attack: a hidden e-mail in the buffers that were read
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.coach_users WHERE email = '$probe';

-- attack: a hidden e-mail in the session's counters
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SELECT '' = set_config('app.read', (SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_all_tables WHERE relid = 'public.users'::regclass)::text, true);
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SELECT FROM centurion.coach_users WHERE email = '$probe';
SELECT seq_tup_read + idx_tup_fetch - current_setting('app.read')::bigint FROM pg_stat_xact_all_tables WHERE relid = 'public.users'::regclass;

-- attack: a hidden e-mail in EXPLAIN ANALYZE, by a client
-- client: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.client_users WHERE email = '$probe';

-- attack: a hidden member's entries in EXPLAIN ANALYZE, by a client
-- client: same
-- probe: 90 | 9090
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.client_entries WHERE "userId" = $probe;

-- attack: a hidden member's appointments in EXPLAIN ANALYZE, by a client
-- client: same
-- probe: 64 | 6464
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.client_appointments WHERE "userId" = $probe;

-- attack: a hidden e-mail by the other side of a join, by a client
-- client: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SET LOCAL enable_material = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM (VALUES ('$probe')) AS v (email) JOIN centurion.client_users AS u ON u.email = v.email;

-- attack: a hidden e-mail for each row of something, by a client
-- client: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT (SELECT u.id FROM centurion.client_users AS u WHERE u.email = v.email) FROM (VALUES ('$probe'), ('$probe')) AS v (email);

-- attack: a hidden e-mail in EXPLAIN ANALYZE of a prepared statement, by a client
-- client: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
PREPARE mine (text) AS SELECT FROM centurion.client_users WHERE email = $1;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) EXECUTE mine ('$probe');
DEALLOCATE mine;

-- attack: a hidden e-mail in the buffers that were read, by a client
-- client: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.client_users WHERE email = '$probe';

-- attack: a hidden e-mail in the session's counters, by a client
-- client: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: fences
-- fallen: differs
SELECT '' = set_config('app.read', (SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_all_tables WHERE relid = 'public.users'::regclass)::text, true);
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SELECT FROM centurion.client_users WHERE email = '$probe';
SELECT seq_tup_read + idx_tup_fetch - current_setting('app.read')::bigint FROM pg_stat_xact_all_tables WHERE relid = 'public.users'::regclass;

-- attack: a hidden note's author in EXPLAIN ANALYZE
-- coach coach2: same
-- probe: 7001 | 7002
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.coach_coach_notes WHERE "coachId" = $probe;

-- attack: a hidden cohort in EXPLAIN ANALYZE
-- coach coach2: same
-- probe: 5001 | 5002
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.coach_cohort_memberships WHERE "cohortId" = $probe;

-- attack: a hidden cohort's questionnaires in EXPLAIN ANALYZE, by a client
-- client: same
-- probe: 5001 | 5002
-- wall: fences
-- fallen: differs
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM centurion.client_questionnaire_bundles WHERE "cohortId" = $probe;

-- attack: the views that policies ask
-- coach coach2: 42501
-- wall: GRANT SELECT ON centurion.my_clients TO {group}
SELECT count(*) > 0 FROM centurion.my_clients;

-- attack: the views that policies ask, by a client
-- client: 42501
-- wall: GRANT SELECT ON centurion.my_memberships TO {group}
SELECT count(*) > 0 FROM centurion.my_memberships;

-- attack: who somebody is
-- admin coach coach2 client: 42501
-- wall: GRANT SELECT ON centurion.me TO {group}
SELECT count(*) FROM centurion.me;

-- attack: how common a value is among all, by the planner's estimate
-- coach coach2: same
-- probe: Core B | Core Z
-- wall: barriers
-- fallen: differs
EXPLAIN SELECT FROM centurion.coach_workouts WHERE title = '$probe';

-- attack: how common a value is among all, by the planner's estimate, by a client
-- client: same
-- probe: 3 | 8
-- wall: barriers
-- fallen: differs
EXPLAIN SELECT FROM centurion.client_entries WHERE "perceivedStress" = $probe;

-- attack: what the planner knows of a column
-- admin coach coach2 client: 0
-- wall: tables policies
SELECT count(*) FROM pg_catalog.pg_stats WHERE schemaname IN ('public', 'centurion');

-- attack: what the planner knows, as it is stored
-- admin coach coach2 client: 42501
-- wall: GRANT SELECT ON pg_catalog.pg_statistic TO {login}
SELECT count(*) > 0 FROM pg_catalog.pg_statistic;

-- attack: an error that quotes what it failed on
-- coach coach2: 0
-- wall: clients
-- fallen: 22P02
SELECT count(*) FROM centurion.coach_users WHERE id = 90 AND email::integer = 1;

-- attack: a division by zero for one value only
-- coach coach2: t
-- wall: clients
-- fallen: 22012
SELECT count(*) < 60 FROM centurion.coach_users WHERE 1 / (id - 90) IS NOT NULL;

-- attack: a cheap function that fails on a hidden row
-- coach coach2: 0
-- wall: clients
-- fallen: 22012
SELECT count(*) FROM centurion.coach_entries WHERE CASE WHEN "userId" = 90 THEN 1 / ("userId" - 90) ELSE 0 END = 1;

-- attack: a regular expression made of a hidden row
-- coach coach2: 0
-- wall: clients
-- fallen: 2201B
SELECT count(*) FROM centurion.coach_users WHERE id = 90 AND '' ~ ('[' || email);

-- attack: a pause on a hidden row
-- coach coach2: 0
-- wall: clients
SELECT count(*) FROM centurion.coach_users WHERE id = 90 AND set_config('app.seen', 'yes', true) = 'yes';

-- attack: an error that quotes what it failed on, by a client
-- client: 0
-- wall: policies
-- fallen: 22P02
SELECT count(*) FROM centurion.client_users WHERE id = 90 AND email::integer = 1;

-- attack: a division by zero for one value only, by a client
-- client: t
-- wall: policies
-- fallen: 22012
SELECT count(*) < 60 FROM centurion.client_users WHERE 1 / (id - 90) IS NOT NULL;

-- attack: a cheap function that fails on a hidden row, by a client
-- client: 0
-- wall: policies
-- fallen: 22012
SELECT count(*) FROM centurion.client_entries WHERE CASE WHEN "userId" = 90 THEN 1 / ("userId" - 90) ELSE 0 END = 1;

-- attack: a regular expression made of a hidden row, by a client
-- client: 0
-- wall: policies
-- fallen: 2201B
SELECT count(*) FROM centurion.client_users WHERE id = 90 AND '' ~ ('[' || email);

-- attack: a pause on a hidden row, by a client
-- client: 0
-- wall: policies
SELECT count(*) FROM centurion.client_users WHERE id = 90 AND set_config('app.seen', 'yes', true) = 'yes';

-- attack: a function to look at rows with
-- admin coach coach2 client: 42501
-- wall: create
CREATE FUNCTION public.look(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS 'BEGIN RAISE NOTICE ''%'', $1; RETURN true; END';

-- attack: an operator to look at rows with
-- admin coach coach2 client: 42501
-- wall: create
CREATE OPERATOR public.<< (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text);

-- attack: a function that says of itself that it does not leak
-- admin coach coach2 client: 42501
-- wall: create superuser
CREATE FUNCTION public.look(text) RETURNS boolean LANGUAGE sql LEAKPROOF AS 'SELECT true';

-- attack: whether a member is there, by a change's answer
-- coach coach2 client: same
-- probe: 90 | 9090
-- wall: members writers
-- fallen: differs
SELECT centurion.entry_save(gen_random_uuid(), $probe, current_date - 1, NULL, '{"steps": 1}') IS NOT NULL;

-- attack: whether a check-in is there, by a change's answer
-- coach coach2 client: same
-- probe: 5540 | 5540000
-- wall: members writers
-- fallen: differs
SELECT centurion.entry_delete(gen_random_uuid(), $probe, '1') IS NOT NULL;

-- attack: whether a member is there, by a screen's answer
-- coach coach2: same
-- probe: 90 | 9090
-- wall: gates
-- fallen: differs
SELECT * FROM centurion.member_overview($probe);

-- attack: whether a cohort is there, by a screen's answer
-- coach coach2: same
-- probe: 5001 | 5002
-- wall: gates
-- fallen: differs
SELECT * FROM centurion.cohort_heat($probe, '2026-01-01', '2026-01-02');

-- attack: a hidden e-mail in the palette
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: promoted
-- fallen: differs
SELECT * FROM centurion.palette_find('$probe', 9);

-- attack: a hidden e-mail in the palette's plan
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: promoted
-- fallen: differs
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT * FROM centurion.palette_find('$probe', 9);

-- attack: a hidden e-mail in what the palette reads
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: promoted
-- fallen: differs
SELECT '' = set_config('app.read', (SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_all_tables WHERE relid = 'public.users'::regclass)::text, true);
SELECT * FROM centurion.palette_find('$probe', 9);
SELECT seq_tup_read + idx_tup_fetch - current_setting('app.read')::bigint FROM pg_stat_xact_all_tables WHERE relid = 'public.users'::regclass;

-- attack: a hidden e-mail in what the list of members reads
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: promoted
-- fallen: differs
SELECT '' = set_config('app.read', (SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_all_tables WHERE relid = 'public.users'::regclass)::text, true);
SELECT * FROM centurion.member_list('$probe', NULL, NULL, 9);
SELECT seq_tup_read + idx_tup_fetch - current_setting('app.read')::bigint FROM pg_stat_xact_all_tables WHERE relid = 'public.users'::regclass;

-- attack: a hidden e-mail in what the count of members reads
-- coach coach2: same
-- probe: imogen.frost@example.com | imogen.frozt@example.com
-- wall: promoted
-- fallen: differs
SELECT '' = set_config('app.read', (SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_all_tables WHERE relid = 'public.users'::regclass)::text, true);
SELECT * FROM centurion.member_count('$probe');
SELECT seq_tup_read + idx_tup_fetch - current_setting('app.read')::bigint FROM pg_stat_xact_all_tables WHERE relid = 'public.users'::regclass;
