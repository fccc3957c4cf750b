-- Undo: what a request changed comes back, where it is as the request left it; whose it is to undo; undone itself, and again.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_undo_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_undo_other LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_undo_client LOGIN IN ROLE centurion_client;
CREATE ROLE rules_undo_admin LOGIN IN ROLE centurion_admin;

-- What came of a change: outcome and some of the row; or the error's code and text.
CREATE FUNCTION pg_temp.attempt(statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    change centurion.change;
BEGIN
    EXECUTE 'SELECT (c).* FROM (SELECT ' || statement || ' AS c) AS x' INTO change;
    RETURN concat_ws(' ', change.outcome, coalesce(change.record ->> 'weight', '-'), coalesce(change.record ->> 'notes', '-'));
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
CREATE FUNCTION pg_temp.id(n integer) RETURNS uuid LANGUAGE sql AS $$ SELECT format('00000000-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.version() RETURNS text LANGUAGE sql SECURITY DEFINER AS $$ SELECT xmin::text FROM public.entries WHERE "userId" = 9001 ORDER BY date DESC LIMIT 1 $$;
CREATE FUNCTION pg_temp.entry() RETURNS integer LANGUAGE sql SECURITY DEFINER AS $$ SELECT id FROM public.entries WHERE "userId" = 9001 ORDER BY date DESC LIMIT 1 $$;

INSERT INTO public.users (id, email, name, role) VALUES
    (9100, 'coach@undo.example', 'Coach', 'COACH'), (9101, 'other@undo.example', 'Other', 'COACH'), (9102, 'admin@undo.example', 'Admin', 'ADMIN'),
    (9001, '1@undo.example', 'Mine', 'CLIENT');
INSERT INTO centurion.logins VALUES ('rules_undo_coach', 9100, 'COACH'), ('rules_undo_other', 9101, 'COACH'), ('rules_undo_admin', 9102, 'ADMIN'),
    ('rules_undo_client', 9001, 'CLIENT');
INSERT INTO public.cohorts (id, name, "startDate") VALUES (9001, 'Mine', '2026-01-05');
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9100), (9001, 9101);
INSERT INTO public.cohort_memberships ("cohortId", "userId", status) VALUES (9001, 9001, 'ACTIVE');

SET LOCAL SESSION AUTHORIZATION rules_undo_coach;
INSERT INTO result VALUES
    ('made', 'saved 80 -', pg_temp.attempt('centurion.entry_save(pg_temp.id(1), 9001, centurion.today() - 1, NULL, ''{"weight": 80}'')'));
INSERT INTO result VALUES
    ('changed', 'saved 81 x', pg_temp.attempt('centurion.entry_save(pg_temp.id(2), 9001, centurion.today() - 1, pg_temp.version(), ''{"weight": 81, "notes": "x"}'')'));
INSERT INTO result VALUES
    ('not what was changed since', '55000 Entry ' || pg_temp.entry() || ' stays as it is: somebody changed it since', pg_temp.attempt('centurion.undo(pg_temp.id(3), pg_temp.id(1))'));
INSERT INTO result VALUES ('the change comes back', 'saved 80 -', pg_temp.attempt('centurion.undo(pg_temp.id(4), pg_temp.id(2))'));
INSERT INTO result VALUES ('once', 'repeated 80 -', pg_temp.attempt('centurion.undo(pg_temp.id(4), pg_temp.id(2))'));
INSERT INTO result VALUES ('not twice', '55000', left(pg_temp.attempt('centurion.undo(pg_temp.id(5), pg_temp.id(2))'), 5));
INSERT INTO result VALUES ('an undo is undone', 'saved 81 x', pg_temp.attempt('centurion.undo(pg_temp.id(6), pg_temp.id(4))'));
INSERT INTO result VALUES ('deleted', 'saved - -', pg_temp.attempt('centurion.entry_delete(pg_temp.id(7), pg_temp.entry(), pg_temp.version())'));
INSERT INTO result VALUES ('not what is gone', '55000', left(pg_temp.attempt('centurion.undo(pg_temp.id(8), pg_temp.id(6))'), 5));
INSERT INTO result VALUES ('a deleted row comes back', 'saved 81 x', pg_temp.attempt('centurion.undo(pg_temp.id(9), pg_temp.id(7))'));
INSERT INTO result VALUES ('which is there again', '55000', left(pg_temp.attempt('centurion.undo(pg_temp.id(10), pg_temp.id(7))'), 5));
INSERT INTO result VALUES ('what never was', 'P0002', left(pg_temp.attempt('centurion.undo(pg_temp.id(11), pg_temp.id(999))'), 5));
INSERT INTO result VALUES ('NULL', 'P0002', left(pg_temp.attempt('centurion.undo(pg_temp.id(12), NULL)'), 5));
RESET SESSION AUTHORIZATION;

-- Others' changes are not there for anybody but administrators.
SET LOCAL SESSION AUTHORIZATION rules_undo_other;
INSERT INTO result VALUES ('another coach, of the same client', 'P0002', left(pg_temp.attempt('centurion.undo(pg_temp.id(20), pg_temp.id(9))'), 5));
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_undo_client;
INSERT INTO result VALUES ('the client, of a coach''s change', 'P0002', left(pg_temp.attempt('centurion.undo(pg_temp.id(21), pg_temp.id(9))'), 5));
INSERT INTO result VALUES
    ('the client makes one', 'saved 70 -', pg_temp.attempt('centurion.entry_save(pg_temp.id(22), 9001, centurion.today(), NULL, ''{"weight": 70}'')')),
    ('and one within the window', 'saved 71 -', pg_temp.attempt('centurion.entry_save(pg_temp.id(23), 9001, centurion.today() - 7, NULL, ''{"weight": 71}'')'));
INSERT INTO result VALUES ('and takes it back', 'saved - -', pg_temp.attempt('centurion.undo(pg_temp.id(24), pg_temp.id(22))'));
RESET SESSION AUTHORIZATION;
INSERT INTO public.system_settings (key, value) VALUES ('entryEditDays', '3');
SET LOCAL SESSION AUTHORIZATION rules_undo_client;
INSERT INTO result VALUES ('but not outside of the window', '55000', left(pg_temp.attempt('centurion.undo(pg_temp.id(25), pg_temp.id(23))'), 5));
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_undo_admin;
INSERT INTO result VALUES ('an administrator, anybody''s', 'saved - -', pg_temp.attempt('centurion.undo(pg_temp.id(26), pg_temp.id(23))'));
RESET SESSION AUTHORIZATION;

-- Who lost the right to a row cannot undo there either, and nothing of it is changed.
DELETE FROM public.coach_cohort_memberships WHERE "coachId" = 9100;
SET LOCAL SESSION AUTHORIZATION rules_undo_coach;
INSERT INTO result VALUES ('no longer a client of theirs', 'it is not yours to change any more', split_part(pg_temp.attempt('centurion.undo(pg_temp.id(30), pg_temp.id(9))'), ': ', 2));
RESET SESSION AUTHORIZATION;
INSERT INTO result SELECT 'it stands', '81', weight::text FROM public.entries WHERE id = pg_temp.entry();

-- The preview says what would be, and what hinders it; others' changes are not there.
INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId") VALUES (9001, 9100);
SET LOCAL SESSION AUTHORIZATION rules_undo_coach;
INSERT INTO result VALUES ('seen before', 'saved 90 x', pg_temp.attempt('centurion.entry_save(pg_temp.id(40), 9001, centurion.today() - 1, pg_temp.version(), ''{"weight": 90}'')'));
INSERT INTO result SELECT 'what undo would do', 'Entry weight 90 81', concat_ws(' ', string_agg(concat_ws(' ', entity, field, now_is, then_is, fault), ', ' ORDER BY field))
FROM centurion.undo_preview(pg_temp.id(40)) WHERE field = 'weight';
INSERT INTO result SELECT 'somebody else was there', 'somebody changed it since', min(fault) FROM centurion.undo_preview(pg_temp.id(6));
INSERT INTO result SELECT 'a row that goes', 'Entry there somebody changed it since', min(concat_ws(' ', entity, field, now_is, then_is, fault)) FROM centurion.undo_preview(pg_temp.id(1));
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_undo_other;
INSERT INTO result SELECT 'not theirs to see', '0', count(*)::text FROM centurion.undo_preview(pg_temp.id(40));
RESET SESSION AUTHORIZATION;

-- What was deleted along with a row comes back after it, whatever the order of the log.
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions, "updatedAt") VALUES (9001, 9001, 1, '{"pages": []}', now());
INSERT INTO public.weekly_questionnaire_responses (id, "userId", "bundleId", "weekNumber", responses, "updatedAt") VALUES (9001, 9001, 9001, 1, '{}', now());
INSERT INTO centurion.requests (id, change) VALUES (pg_temp.id(50), 'questionnaire_delete');
DELETE FROM public.questionnaire_bundles WHERE id = 9001;
INSERT INTO result SELECT 'the log has the answers last', 'QUESTIONNAIRE RESPONSE', string_agg(substr(action, 8), ' ' ORDER BY id)
FROM public.audit_logs WHERE metadata ->> 'request' = pg_temp.id(50)::text;
SET LOCAL SESSION AUTHORIZATION rules_undo_admin;
INSERT INTO result VALUES ('comes back with them', 'saved - -', pg_temp.attempt('centurion.undo(pg_temp.id(51), pg_temp.id(50))'));
RESET SESSION AUTHORIZATION;
INSERT INTO result SELECT 'both are there', '1 1', (SELECT count(*) FROM public.questionnaire_bundles WHERE id = 9001) || ' ' || (SELECT count(*) FROM public.weekly_questionnaire_responses WHERE id = 9001);

-- Every undo is in the log like any change.
INSERT INTO result
SELECT 'the log', 'CREATE 1, UPDATE 2, UPDATE 4, UPDATE 6, DELETE 7, CREATE 9, CREATE 22, CREATE 23, DELETE 24, DELETE 26, UPDATE 40',
       string_agg(split_part(action, '_', 1) || ' ' || (right(metadata ->> 'request', 12))::integer, ', ' ORDER BY id)
FROM public.audit_logs WHERE action LIKE '%\_ENTRY';

SELECT * FROM result;
