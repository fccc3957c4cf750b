-- Lists that leave the program are in the log.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_export_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_export_client LOGIN IN ROLE centurion_client;
CREATE ROLE rules_export_nobody LOGIN IN ROLE centurion_coach;

CREATE FUNCTION pg_temp.attempt(list text, format text, destination text, filter text, rows integer) RETURNS text LANGUAGE plpgsql AS
$$
BEGIN
    RETURN centurion.list_exported(list, format, destination, filter, 'name status', rows);
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;

INSERT INTO public.users (id, email, name, role) VALUES (7200, 'coach@export.example', 'Cleo Coach', 'COACH'), (7201, 'client@export.example', 'Cora Client', 'CLIENT');
INSERT INTO centurion.logins VALUES ('rules_export_coach', 7200, 'COACH'), ('rules_export_client', 7201, 'CLIENT');

SET LOCAL SESSION AUTHORIZATION rules_export_coach;
INSERT INTO result
SELECT 'coach: ' || what, expected, pg_temp.attempt(list, format, destination, filter, rows)
FROM (VALUES ('to a file', 'true', 'members', 'csv', 'file', 'cohort:jan', 24), ('nothing', 'true', 'cohort/1/members', 'json', 'clipboard', '', 0),
             ('no list', '22023', NULL, 'csv', 'file', '', 1), ('a list with a quote', '22023', 'a''b', 'csv', 'file', '', 1),
             ('another form', '22023', 'members', 'xml', 'file', '', 1), ('no form', '22023', 'members', NULL, 'file', '', 1),
             ('somewhere else', '22023', 'members', 'csv', 'moon', '', 1), ('no filter', '23514', 'members', 'csv', 'file', NULL, 1),
             ('too long a filter', '23514', 'members', 'csv', 'file', repeat('x', 1001), 1), ('fewer than no rows', '23514', 'members', 'csv', 'file', '', -1))
     AS v (what, expected, list, format, destination, filter, rows);
RESET SESSION AUTHORIZATION;

SET LOCAL SESSION AUTHORIZATION rules_export_client;
INSERT INTO result SELECT 'client: own lists', 'true', pg_temp.attempt('entries', 'csv', 'file', '', 3);
RESET SESSION AUTHORIZATION;
SET LOCAL SESSION AUTHORIZATION rules_export_nobody;
INSERT INTO result SELECT 'nobody', '42501', pg_temp.attempt('members', 'csv', 'file', '', 3);
RESET SESSION AUTHORIZATION;

INSERT INTO result
SELECT 'the log: who, what and how much', '7200 List:members csv file 24 cohort:jan sql',
       (SELECT concat_ws(' ', l."userId", l.target, l.metadata ->> 'format', l.metadata ->> 'to', l.metadata ->> 'rows', l.metadata ->> 'filter', l.metadata ->> 'via')
        FROM public.audit_logs AS l WHERE l.action = 'EXPORT_LIST' AND l.target = 'List:members')
UNION ALL SELECT 'the log: what was refused is not there', '3', (SELECT count(*)::text FROM public.audit_logs WHERE action = 'EXPORT_LIST');

-- A session that only reads says that the log does not know.
SET LOCAL transaction_read_only = on;
SET LOCAL SESSION AUTHORIZATION rules_export_coach;
SELECT * FROM result
UNION ALL SELECT 'coach: reading only', 'false', pg_temp.attempt('members', 'csv', 'file', '', 1);
