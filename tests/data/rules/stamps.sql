-- "updatedAt" is true for every writer; what centurion's own tables refuse.
CREATE TEMP TABLE result ("case" text, expected text, actual text);

CREATE FUNCTION pg_temp.attempt(statement text) RETURNS text LANGUAGE plpgsql AS
$$
BEGIN
    EXECUTE statement;
    RETURN 'done';
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;

INSERT INTO result
SELECT 'every table with the column has the trigger', NULL, string_agg(a.attrelid::regclass::text, ', ')
FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
WHERE a.attname = 'updatedAt' AND NOT EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgname = 'centurion_stamp_updated');

INSERT INTO public.users (id, email, name) VALUES (9001, 'a@rules.example', 'A');
INSERT INTO public.users (id, email, name, "updatedAt") VALUES (9002, 'b@rules.example', 'B', '2020-01-01');
INSERT INTO result SELECT 'a new row gets it', (now() AT TIME ZONE 'UTC')::timestamp(3)::text, "updatedAt"::text FROM public.users WHERE id = 9001;
INSERT INTO result SELECT 'a new row may bring its own', '2020-01-01 00:00:00', "updatedAt"::text FROM public.users WHERE id = 9002;
UPDATE public.users SET "updatedAt" = '2019-01-01' WHERE id = 9002;
INSERT INTO result SELECT 'a change is stamped whatever it says', (now() AT TIME ZONE 'UTC')::timestamp(3)::text, "updatedAt"::text FROM public.users WHERE id = 9002;
SET LOCAL TimeZone = 'Asia/Tokyo';
UPDATE public.users SET name = 'C' WHERE id = 9001;
INSERT INTO result SELECT 'the stamp is UTC in every session', (now() AT TIME ZONE 'UTC')::timestamp(3)::text, "updatedAt"::text FROM public.users WHERE id = 9001;
SET LOCAL TimeZone = 'UTC';

INSERT INTO result
SELECT 'refused: ' || name, expected, pg_temp.attempt(statement)
FROM (VALUES
    ('a review of a week that begins on a Tuesday', '23514', 'INSERT INTO centurion.reviews VALUES (9001, 9002, ''2026-01-06'')'),
    ('a review of an unknown status', '23514', 'INSERT INTO centurion.reviews VALUES (9001, 9002, ''2026-01-05'', ''maybe'')'),
    ('a closed review without its time', '23514', 'INSERT INTO centurion.reviews VALUES (9001, 9002, ''2026-01-05'', ''done'')'),
    ('a second login of a person', '23505', 'INSERT INTO centurion.logins VALUES (''x'', 9001, ''CLIENT''), (''y'', 9001, ''CLIENT'')'),
    ('a frequency of 0 days', '23514', 'INSERT INTO centurion.member_frequencies VALUES (9001, 0)'),
    ('a frequency of 91 days', '23514', 'INSERT INTO centurion.member_frequencies VALUES (9001, 91)')
) AS v (name, expected, statement)
UNION ALL SELECT 'accepted: a review', 'done', pg_temp.attempt('INSERT INTO centurion.reviews VALUES (9001, 9002, ''2026-01-05'', ''skipped'', 9001, now())');

DELETE FROM public.users WHERE id = 9002;
INSERT INTO result SELECT 'a deleted person takes their reviews along', '0', count(*)::text FROM centurion.reviews;

SELECT * FROM result;
