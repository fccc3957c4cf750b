-- What every change has in common: maintenance, requests, who asks; and the audit log: a row a change, whoever makes it.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
CREATE ROLE rules_changes_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_changes_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_changes_client LOGIN IN ROLE centurion_client;
CREATE ROLE rules_changes_stranger LOGIN;

-- Runs a statement as somebody ('owner': the tables' owner); its value, or the error's code.
CREATE FUNCTION pg_temp.attempt(who text, statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    value text;
BEGIN
    IF who <> 'owner' THEN
        EXECUTE format('SET LOCAL SESSION AUTHORIZATION %I', who);
    END IF;
    EXECUTE statement INTO value;
    RESET SESSION AUTHORIZATION;
    RETURN coalesce(value, 'nothing');
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;
CREATE FUNCTION pg_temp.id(n integer) RETURNS uuid LANGUAGE sql AS $$ SELECT format('00000000-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid $$;
-- The request n saves a weight for the day so many days ago.
CREATE FUNCTION pg_temp.save(who text, n integer, ago integer, weight double precision, version text DEFAULT NULL) RETURNS text LANGUAGE sql AS
$$ SELECT pg_temp.attempt(who, format('SELECT concat_ws('' '', c.outcome, c.record ->> ''weight'') FROM centurion.entry_save(%L, 9001, centurion.today() - %s, %L, %L) AS c',
                                      pg_temp.id(n), ago, version, jsonb_build_object('weight', weight))) $$;
-- The rows of the log about a target, the oldest first: who, what, and which columns before and after.
CREATE FUNCTION pg_temp.logged(target text) RETURNS text LANGUAGE sql AS
$$ SELECT string_agg(concat_ws(' ', coalesce(l."userId"::text, '-'), l.action, l.metadata -> 'before', '->', l.metadata -> 'after'), ' | ' ORDER BY l.id)
   FROM public.audit_logs AS l WHERE l.target = logged.target $$;

INSERT INTO public.users (id, email, name, role) VALUES
    (9100, 'coach@changes.example', 'Coach', 'COACH'), (9102, 'admin@changes.example', 'Admin', 'ADMIN'), (9001, '1@changes.example', 'Mine', 'CLIENT');
INSERT INTO centurion.logins (rolname, "userId", role) VALUES
    ('rules_changes_admin', 9102, 'ADMIN'), ('rules_changes_coach', 9100, 'COACH'), ('rules_changes_client', 9001, 'CLIENT');
INSERT INTO public.cohorts (id, name, "startDate") VALUES (9001, 'Mine', '2026-01-05');
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9100);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES (9001, 9001, 'ACTIVE');
DELETE FROM public.audit_logs;

-- ---- While the database is being maintained ----

INSERT INTO centurion.maintenance (reason) VALUES ('new version');
INSERT INTO result
SELECT 'maintenance: ' || who, '55000', pg_temp.save(who, 1, 1, 80) FROM unnest(ARRAY['rules_changes_admin', 'rules_changes_coach', 'rules_changes_client', 'owner']) AS who;
INSERT INTO result
SELECT 'maintenance: ' || split_part(statement, '(', 1), '55000', pg_temp.attempt('rules_changes_admin', 'SELECT c.outcome FROM centurion.' || statement || ' AS c')
FROM unnest(ARRAY['note_save(gen_random_uuid(), NULL, NULL, 9001, ''{"weekNumber": 1, "notes": "x"}'')', 'setting_save(gen_random_uuid(), ''entryEditDays'', NULL, ''3'')',
                  'questionnaire_save(gen_random_uuid(), NULL, NULL, ''{"cohortId": 9001, "weekNumber": 1, "questions": {"pages": []}}'')',
                  'sleep_import(gen_random_uuid(), 9001, ''[]'')', 'cohort_frequency_set(gen_random_uuid(), 9001, 3)', 'undo(gen_random_uuid(), gen_random_uuid())']) AS statement;
INSERT INTO result SELECT 'maintenance: ' || who, 'new version', pg_temp.attempt(who, 'SELECT reason FROM centurion.maintenance')
FROM unnest(ARRAY['rules_changes_admin', 'rules_changes_coach', 'rules_changes_client']) AS who;
INSERT INTO result SELECT 'maintenance: not said by ' || who, '42501', pg_temp.attempt(who, statement)
FROM unnest(ARRAY['rules_changes_admin', 'rules_changes_coach', 'rules_changes_client']) AS who,
     unnest(ARRAY['INSERT INTO centurion.maintenance (reason) VALUES (''x'')', 'DELETE FROM centurion.maintenance', 'UPDATE centurion.maintenance SET reason = ''x''']) AS statement;
INSERT INTO result VALUES ('maintenance: the web application goes on', '9001', pg_temp.attempt('owner', 'UPDATE public.users SET name = ''Mine'' WHERE id = 9001 RETURNING id'));
INSERT INTO result VALUES ('maintenance: once', '23505', pg_temp.attempt('owner', 'INSERT INTO centurion.maintenance (reason) VALUES (''x'')'));
INSERT INTO result SELECT 'maintenance: nothing was changed', '0 0 0', concat_ws(' ', (SELECT count(*) FROM public.entries), (SELECT count(*) FROM centurion.requests),
                                                                              (SELECT count(*) FROM public.audit_logs));
DELETE FROM centurion.maintenance;

-- ---- Requests ----

INSERT INTO result VALUES ('request: saved', 'saved 80', pg_temp.save('rules_changes_client', 1, 1, 80));
INSERT INTO result VALUES ('request: repeated', 'repeated 80', pg_temp.save('rules_changes_client', 1, 1, 80));
INSERT INTO result VALUES ('request: another person''s', '22023', pg_temp.save('rules_changes_coach', 1, 1, 80));
INSERT INTO result VALUES ('request: the owner''s neither', '22023', pg_temp.save('owner', 1, 1, 80));
INSERT INTO result VALUES ('request: conflict', 'conflict 80', pg_temp.save('rules_changes_client', 2, 1, 81));
INSERT INTO result SELECT 'request: a conflict forgets it', '0', count(*)::text FROM centurion.requests WHERE id = pg_temp.id(2);
INSERT INTO result SELECT 'request: and it can be used', 'saved 81', pg_temp.save('rules_changes_client', 2, 1, 81, (SELECT xmin::text FROM public.entries WHERE "userId" = 9001));
INSERT INTO result VALUES ('request: refused', '23514', pg_temp.save('rules_changes_client', 3, 2, 999));
INSERT INTO result SELECT 'request: what was refused was not asked', '0', count(*)::text FROM centurion.requests WHERE id = pg_temp.id(3);
INSERT INTO result VALUES ('request: and it can be used', 'saved 82', pg_temp.save('rules_changes_client', 3, 2, 82));
INSERT INTO result VALUES ('request: none', '22023', pg_temp.attempt('rules_changes_client', 'SELECT c.outcome FROM centurion.entry_save(NULL, 9001, centurion.today(), NULL, ''{}'') AS c'));
INSERT INTO result SELECT 'request: what is kept of it', 'rules_changes_client entry_save true', concat_ws(' ', r.login, r.change, (r.target = 'Entry:' || e.id)::text)
FROM centurion.requests AS r, public.entries AS e WHERE r.id = pg_temp.id(1) AND e.date = centurion.today() - 1;
INSERT INTO result SELECT 'request: nobody reads, makes or forgets one, ' || who, '42501', pg_temp.attempt(who, statement)
FROM unnest(ARRAY['rules_changes_admin', 'rules_changes_coach', 'rules_changes_client']) AS who,
     unnest(ARRAY['SELECT id FROM centurion.requests', 'INSERT INTO centurion.requests (id, change) VALUES (gen_random_uuid(), ''x'')', 'DELETE FROM centurion.requests',
                  'UPDATE centurion.requests SET target = ''x''', 'SELECT centurion.change_begin(gen_random_uuid(), ''x'')',
                  'SELECT centurion.request_end(gen_random_uuid(), NULL)', 'SELECT centurion.request_target(gen_random_uuid())']) AS statement;
-- What a function may do, it does about requests of its caller only.
INSERT INTO result SELECT 'request: not ended for somebody else', 'entry_save', r.change FROM (SELECT centurion.request_end(pg_temp.id(1), NULL)) AS ended, centurion.requests AS r WHERE r.id = pg_temp.id(1);
INSERT INTO result VALUES ('request: not told to somebody else', NULL, centurion.request_target(pg_temp.id(1)));
INSERT INTO result SELECT 'answer: the version is the row''s, the audit row the newest of the request', 'true true', concat_ws(' ', (c.version = e.xmin::text)::text, (c.audit = l.id)::text)
FROM centurion.change_answer('saved', pg_temp.id(3), (SELECT target FROM centurion.requests WHERE id = pg_temp.id(3))) AS c,
     public.entries AS e, (SELECT max(id) AS id FROM public.audit_logs) AS l WHERE e.date = centurion.today() - 2;
INSERT INTO result SELECT 'answer: of what there is no kind of', 'saved 7 - -', concat_ws(' ', c.outcome, c.key, coalesce(c.record::text, '-'), coalesce(c.version, '-'))
FROM centurion.change_answer('saved', pg_temp.id(999), 'Something:7') AS c;

-- ---- Who asks ----

INSERT INTO result VALUES ('owner: saves without being anybody', 'saved 83', pg_temp.save('owner', 4, 3, 83));
INSERT INTO result SELECT 'owner: is an administrator of no number', '- ADMIN', concat_ws(' ', coalesce(p."userId"::text, '-'), p.role) FROM centurion.require_actor() AS p;
INSERT INTO result VALUES ('a login of nobody', '42501', pg_temp.save('rules_changes_stranger', 5, 3, 83));
UPDATE centurion.logins SET enabled = false WHERE rolname = 'rules_changes_client';
INSERT INTO result VALUES ('a disabled login', '42501', pg_temp.save('rules_changes_client', 5, 4, 83));
INSERT INTO result VALUES ('a disabled login''s request that was saved', '42501', pg_temp.save('rules_changes_client', 1, 1, 80));
UPDATE centurion.logins SET enabled = true WHERE rolname = 'rules_changes_client';
INSERT INTO result SELECT 'keys: ' || coalesce(v.changes, 'nothing'), v.expected, pg_temp.attempt('owner', format('SELECT ''good'' FROM centurion.require_keys(%L, ''{a,b}'')', v.changes))
FROM (VALUES ('{}', 'good'), ('{"a": 1}', 'good'), ('{"a": 1, "b": null}', 'good'), ('{"c": 1}', '22023'), ('{"A": 1}', '22023'), ('[]', '22023'), ('"a"', '22023'), ('null', '22023'),
             (NULL, '22023')) AS v (changes, expected);

-- ---- The audit log ----

INSERT INTO result SELECT 'audit: made, then changed', '9001 CREATE_ENTRY made, 9001 UPDATE_ENTRY {"weight": 80} -> {"weight": 81}',
    string_agg(concat_ws(' ', l."userId", l.action, CASE WHEN l.metadata -> 'before' = 'null' THEN CASE WHEN l.metadata #>> '{after,weight}' = '80' THEN 'made' END
                                                         ELSE concat_ws(' ', l.metadata -> 'before', '->', l.metadata -> 'after') END), ', ' ORDER BY l.id)
FROM public.audit_logs AS l JOIN public.entries AS e ON l.target = 'Entry:' || e.id WHERE e.date = centurion.today() - 1;
INSERT INTO result SELECT 'audit: each has its own request, several in a transaction', '1 2 3 4', string_agg(ltrim(right(l.metadata ->> 'request', 12), '0'), ' ' ORDER BY l.id) FROM public.audit_logs AS l
WHERE l.action LIKE '%\_ENTRY';
INSERT INTO result SELECT 'audit: the owner is nobody', '1', count(*)::text FROM public.audit_logs AS l
WHERE l."userId" IS NULL AND l.action = 'CREATE_ENTRY' AND l.metadata ->> 'request' = pg_temp.id(4)::text;
INSERT INTO result SELECT 'audit: a conflict, a repetition and what was refused are no changes', '4', count(*)::text FROM public.audit_logs AS l WHERE l.action LIKE '%\_ENTRY';
DELETE FROM public.audit_logs;
DELETE FROM centurion.requests;

-- The web application's changes, of which nobody knows who made them.
INSERT INTO public.entries (id, "userId", date, weight, steps) SELECT n, 9001, '2026-01-01'::date + n - 9000, 70, 1 FROM generate_series(9001, 9003) AS n;
INSERT INTO result SELECT 'audit: a row for each row of a statement', 'Entry:9001 Entry:9002 Entry:9003', string_agg(l.target, ' ' ORDER BY l.id) FROM public.audit_logs AS l;
INSERT INTO result SELECT 'audit: no person, no request, by the web', '- - web', concat_ws(' ', coalesce(l."userId"::text, '-'), coalesce(l.metadata ->> 'request', '-'), l.metadata ->> 'via')
FROM public.audit_logs AS l WHERE l.target = 'Entry:9001';
DELETE FROM public.audit_logs;
UPDATE public.entries SET steps = id WHERE id IN (9001, 9002);
INSERT INTO result VALUES ('audit: only what changed', '- UPDATE_ENTRY {"steps": 1} -> {"steps": 9001}', pg_temp.logged('Entry:9001'));
UPDATE public.entries SET steps = id WHERE id IN (9001, 9002);
UPDATE public.entries SET steps = 5 WHERE false;
DELETE FROM public.entries WHERE false;
INSERT INTO result SELECT 'audit: nothing changed is no row', '2', count(*)::text FROM public.audit_logs;
DELETE FROM public.entries WHERE id = 9003;
INSERT INTO result SELECT 'audit: what is gone is in its row whole', 'DELETE_ENTRY 70 null', concat_ws(' ', l.action, l.metadata #>> '{before,weight}', l.metadata -> 'after')
FROM public.audit_logs AS l WHERE l.target = 'Entry:9003';
DELETE FROM public.audit_logs;

-- By which way it came, in the name that the program gives itself.
SET LOCAL application_name = 'centurion 1.0';
INSERT INTO result VALUES ('via: our program', 'saved 84', pg_temp.save('rules_changes_client', 10, 5, 84));
SET LOCAL application_name = 'psql';
INSERT INTO result VALUES ('via: something else', 'saved 85', pg_temp.save('rules_changes_client', 11, 6, 85));
INSERT INTO result SELECT 'via: as logged', 'tui sql', string_agg(l.metadata ->> 'via', ' ' ORDER BY l.id) FROM public.audit_logs AS l;
DELETE FROM public.audit_logs;

-- Secrets are named, never shown.
UPDATE public.users SET password = 'first secret' WHERE id = 9001;
UPDATE public.users SET password = 'second secret', name = 'Renamed' WHERE id = 9001;
UPDATE public.users SET password = NULL WHERE id = 9001;
INSERT INTO public.users (id, email, name, password) VALUES (9002, '2@changes.example', 'New', 'third secret');
DELETE FROM public.users WHERE id = 9002;
INSERT INTO public.accounts (id, "userId", type, provider, "providerAccountId", refresh_token, access_token, id_token, session_state)
VALUES (9001, 9001, 'oauth', 'x', 'y', 'secret 1', 'secret 2', 'secret 3', 'secret 4');
UPDATE public.accounts SET refresh_token = 'secret 5', access_token = 'secret 6', id_token = 'secret 7', session_state = 'secret 8' WHERE id = 9001;
INSERT INTO public.sessions ("sessionToken", "userId", expires) VALUES ('secret 9', 9001, now());
INSERT INTO public.verification_tokens VALUES ('1@changes.example', 'secret 10', now());
DELETE FROM public.accounts WHERE id = 9001;
INSERT INTO result SELECT 'secrets: none in the log', NULL, string_agg(l.metadata::text, ' ') FROM public.audit_logs AS l WHERE l.metadata::text LIKE '%secret%';
INSERT INTO result VALUES ('secrets: a password that changed', '- UPDATE_USER {"password": "hidden"} -> {"password": "hidden"} '
    '| - UPDATE_USER {"name": "Mine", "password": "hidden"} -> {"name": "Renamed", "password": "hidden"} | - UPDATE_USER {"password": "hidden"} -> {"password": "hidden"}', pg_temp.logged('User:9001'));
INSERT INTO result SELECT 'secrets: not even a key where somebody is new or gone', 'CREATE_USER false, DELETE_USER false',
    string_agg(concat_ws(' ', l.action, (coalesce(nullif(l.metadata -> 'before', 'null'), l.metadata -> 'after') ? 'password')::text), ', ' ORDER BY l.id)
FROM public.audit_logs AS l WHERE l.target = 'User:9002';
INSERT INTO result SELECT 'secrets: an account''s', '{"id_token": "hidden", "access_token": "hidden", "refresh_token": "hidden", "session_state": "hidden"}', l.metadata ->> 'after'
FROM public.audit_logs AS l WHERE l.action = 'UPDATE_ACCOUNT';
INSERT INTO result SELECT 'the web application''s visits are no changes', '0', count(*)::text FROM public.audit_logs AS l WHERE l.action LIKE '%SESSION%' OR l.action LIKE '%TOKEN%';

-- What each change is called, and its target where the key is not one number.
UPDATE public.cohorts SET "deletedAt" = now() WHERE id = 9001;
UPDATE public.cohorts SET "deletedAt" = NULL WHERE id = 9001;
INSERT INTO public.invoices (id, "userId", month, "totalAmount") VALUES (9001, 9001, '2026-01-01', 45);
UPDATE public.invoices SET "emailSent" = true, "emailSentAt" = '2026-02-01' WHERE id = 9001;
UPDATE public.invoices SET "voidedAt" = '2026-02-02' WHERE id = 9001;
INSERT INTO public.healthkit_workouts (id, "userId", "workoutType", "startTime", "endTime", duration) VALUES (9001, 9001, 'x', '2026-01-05', '2026-01-05', 1);
INSERT INTO centurion.reviews ("coachId", "clientId", week, status, at) VALUES (9100, 9001, '2026-01-05', 'done', now());
INSERT INTO public.system_settings (key, value) VALUES ('entryEditDays', '3');
INSERT INTO centurion.member_frequencies VALUES (9001, 3);
INSERT INTO result
SELECT 'called: ' || v.target, v.expected, (SELECT string_agg(l.action, ' ' ORDER BY l.id) FROM public.audit_logs AS l WHERE l.target = v.target)
FROM (VALUES ('Cohort:9001', 'DELETE_COHORT RESTORE_COHORT'), ('Invoice:9001', 'CREATE_INVOICE SEND_INVOICE VOID_INVOICE'), ('HealthWorkout:9001', 'CREATE_HEALTH_WORKOUT'),
             ('Review:9100/9001/2026-01-05', 'CREATE_REVIEW'), ('Setting:entryEditDays', 'CREATE_SETTING'), ('MemberFrequency:9001', 'CREATE_MEMBER_FREQUENCY')) AS v (target, expected);
INSERT INTO result
SELECT 'audited: every table that holds what people change', NULL, string_agg(c.oid::regclass::text, ', ')
FROM pg_class AS c
WHERE c.relnamespace IN ('public'::regnamespace, 'centurion'::regnamespace) AND c.relkind = 'r'
      AND c.relname NOT IN ('audit_logs', 'verification_tokens', 'migrations', 'requests', 'maintenance',
                            'adoption', 'adoption_changes', 'inventory', 'row_counts', -- what migrations keep for themselves
                            'invoice_counters', -- its numbers are in the log
                            'series') -- made with the appointments, which are
      AND (SELECT count(*) FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgname LIKE 'centurion\_audit\_%' AND t.tgenabled = 'O')
          <> CASE WHEN c.relname IN ('invoice_numbers', 'invoice_runs') THEN 1 ELSE 3 END; -- these are only added to

-- Written once: no login adds, changes or deletes a row, and of the owners of functions only the auditor adds,
-- and erases.
INSERT INTO result
SELECT 'append-only: ' || who || ': ' || split_part(statement, ' ', 1), '42501', pg_temp.attempt(who, statement)
FROM unnest(ARRAY['rules_changes_admin', 'rules_changes_coach', 'rules_changes_client']) AS who,
     unnest(ARRAY['INSERT INTO public.audit_logs (action) VALUES (''FORGED'')', 'UPDATE public.audit_logs SET action = ''FORGED''', 'DELETE FROM public.audit_logs',
                  'TRUNCATE public.audit_logs', 'SELECT nextval(''public.audit_logs_id_seq'')', 'ALTER TABLE public.entries DISABLE TRIGGER USER',
                  'DROP TRIGGER centurion_audit_insert ON public.entries', 'SET LOCAL session_replication_role = replica']) AS statement;
INSERT INTO result
SELECT 'append-only: ' || v.who, v.expected, (SELECT string_agg(right_name, ' ' ORDER BY right_name) FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS right_name
                                              WHERE CASE right_name WHEN 'UPDATE' THEN has_any_column_privilege(v.who, 'public.audit_logs', 'UPDATE')
                                                                    ELSE has_table_privilege(v.who, 'public.audit_logs', right_name) END)
FROM (VALUES ('centurion_auditor', 'INSERT UPDATE'), ('centurion_writer', NULL), ('centurion_biller', NULL), ('centurion_registrar', NULL), ('centurion_gate', NULL), ('centurion_guard', NULL),
             ('centurion_views_admin', NULL), ('centurion_views_coach', NULL), ('centurion_views_client', NULL), ('centurion_admin', NULL), ('centurion_coach', NULL),
             ('centurion_client', NULL)) AS v (who, expected);
-- Erasing somebody takes their data out of what was written about them, and leaves that it was.
INSERT INTO result
SELECT 'append-only: what erasing may change', 'metadata target', string_agg(a.attname, ' ' ORDER BY a.attname)
FROM pg_attribute AS a
WHERE a.attrelid = 'public.audit_logs'::regclass AND a.attnum > 0 AND has_column_privilege('centurion_auditor', a.attrelid, a.attnum, 'UPDATE');
INSERT INTO result SELECT 'append-only: nobody forged anything', '0', count(*)::text FROM public.audit_logs WHERE action = 'FORGED';

SELECT * FROM result;
