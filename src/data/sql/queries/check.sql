-- What is wrong with the data of the shared tables, whoever made them: read before a database is adopted or migrated. Every answer is
-- a list of findings: kind (a fault hinders adoption; a remark is against the rules and hinders nothing), the table, what is wrong in how
-- many rows, the ids of the first ten, and what to do. Tables may be incomplete: a query is only sent where its columns stand.

-- Groups of rows that a unique key would refuse. Where there is no id, the place of the row is named. By ids alone: some keys are secrets.
-- query: check_duplicates
-- params: relation text, columns text
-- result: kind text, relation text, what text, rows int8, sample text?, remedy text
-- timeout: 600000
SELECT 'fault' AS kind, $1 AS relation, format('groups of rows with the same %s, which are to be unique', replace($2, ',', ', ')) AS what,
       (regexp_match(x.answer, '<rows>(\d+)</rows>'))[1]::bigint AS rows, (regexp_match(x.answer, '<sample>(.*)</sample>'))[1] AS sample,
       'keep one of each group; change or delete the others' AS remedy
FROM (SELECT string_agg(quote_ident(c.name), ', ') AS columns, string_agg(quote_ident(c.name) || ' IS NOT NULL', ' AND ') AS given,
             CASE WHEN EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = to_regclass(format('public.%I', $1)) AND a.attname = 'id' AND NOT a.attisdropped)
                  THEN 'id' ELSE 'ctid' END AS id
      FROM string_to_table($2, ',') AS c (name)) AS k
     CROSS JOIN LATERAL (
         SELECT query_to_xml(format('SELECT count(*) AS rows, coalesce(string_agg(g.ids, ''; '' ORDER BY g.nth) FILTER (WHERE g.nth <= 10), '''') AS sample '
                                    'FROM (SELECT string_agg(%1$I::text, '', '' ORDER BY %1$I) AS ids, row_number() OVER (ORDER BY min(%1$I)) AS nth '
                                    'FROM public.%2$I WHERE %3$s GROUP BY %4$s HAVING count(*) > 1) AS g', k.id, $1, k.given, k.columns), true, true, '')::text
     ) AS x (answer)
WHERE x.answer !~ '<rows>0</rows>';

-- Rows that point to nothing.
-- query: check_orphans
-- params: relation text, column text, target text, target_column text
-- result: kind text, relation text, what text, rows int8, sample text?, remedy text
-- timeout: 600000
SELECT 'fault' AS kind, $1 AS relation, format('rows whose %s is not in %s', $2, $3) AS what,
       (regexp_match(x.answer, '<rows>(\d+)</rows>'))[1]::bigint AS rows, (regexp_match(x.answer, '<sample>(.*)</sample>'))[1] AS sample,
       format('delete them, or let them point to a row of %s', $3) AS remedy
FROM (SELECT CASE WHEN EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = to_regclass(format('public.%I', $1)) AND a.attname = 'id' AND NOT a.attisdropped)
                  THEN 'id' ELSE 'ctid' END AS id) AS k
     CROSS JOIN LATERAL (
         SELECT query_to_xml(format('SELECT count(*) AS rows, coalesce(string_agg(o.id::text, '', '' ORDER BY o.id) FILTER (WHERE o.nth <= 10), '''') AS sample '
                                    'FROM (SELECT t.%5$I AS id, row_number() OVER (ORDER BY t.%5$I) AS nth FROM public.%1$I AS t '
                                    'WHERE t.%2$I IS NOT NULL AND NOT EXISTS (SELECT FROM public.%3$I AS p WHERE p.%4$I::text = t.%2$I::text)) AS o',
                                    $1, $2, $3, $4, k.id), true, true, '')::text
     ) AS x (answer)
WHERE x.answer !~ '<rows>0</rows>';

-- Rows whose value stands in the way of the column's type: empty where it must be given, or a text that does not read as what is wanted.
-- query: check_values
-- params: relation text, column text, wanted text
-- result: kind text, relation text, what text, rows int8, sample text?, remedy text
-- timeout: 600000
SELECT 'fault' AS kind, $1 AS relation, format('rows whose %s does not read as %s', $2, $3) AS what,
       (regexp_match(x.answer, '<rows>(\d+)</rows>'))[1]::bigint AS rows, (regexp_match(x.answer, '<sample>(.*)</sample>'))[1] AS sample,
       'give them a value that does' AS remedy
FROM (VALUES (CASE WHEN $3 ~ '^integer' THEN '^\s*[-+]?\d{1,10}\s*$' WHEN $3 ~ '^(numeric|double)' THEN '^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$'
                   WHEN $3 ~ '^boolean' THEN '^\s*(t|true|f|false|0|1|yes|no|on|off)\s*$' WHEN $3 ~ '^(date|timestamp)' THEN '^\s*\d{4}-\d\d?-\d\d?([ T].*)?$'
                   ELSE '' END, CASE WHEN EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = to_regclass(format('public.%I', $1)) AND a.attname = 'id' AND NOT a.attisdropped)
                  THEN 'id' ELSE 'ctid' END)) AS f (form, id)
     CROSS JOIN LATERAL (
         SELECT query_to_xml(format('SELECT count(*) AS rows, coalesce(string_agg(o.id::text, '', '' ORDER BY o.id) FILTER (WHERE o.nth <= 10), '''') AS sample '
                                    'FROM (SELECT t.%5$I AS id, row_number() OVER (ORDER BY t.%5$I) AS nth FROM public.%1$I AS t '
                                    'WHERE CASE WHEN t.%2$I IS NULL THEN %4$L ELSE t.%2$I::text !~* %3$L END) AS o',
                                    $1, $2, f.form, $3 LIKE '% NOT NULL%', f.id), true, true, '')::text
     ) AS x (answer)
WHERE x.answer !~ '<rows>0</rows>';

-- One person, two accounts: addresses are compared without regard to case.
-- query: check_users
-- result: kind text, relation text, what text, rows int8, sample text?, remedy text
-- timeout: 600000
SELECT f.kind, 'users' AS relation, f.what, count(*) AS rows, string_agg(f.ids, f.between ORDER BY f.nth) FILTER (WHERE f.nth <= 10) AS sample, f.remedy
FROM (SELECT 'fault' AS kind, 'groups of people whose e-mail differs only in case' AS what, string_agg(u.id::text, ', ' ORDER BY u.id) AS ids, '; ' AS between,
             row_number() OVER (ORDER BY min(u.id)) AS nth, 'change all but one of each, or make one person of them' AS remedy
      FROM public.users AS u GROUP BY lower(u.email) HAVING count(DISTINCT u.email) > 1
      UNION ALL
      SELECT 'remark', 'people whose e-mail is not in lower case', u.id::text, ', ', row_number() OVER (ORDER BY u.id),
             'UPDATE public.users SET email = lower(email)'
      FROM public.users AS u WHERE u.email <> lower(u.email)
      UNION ALL
      SELECT 'remark', 'people whose name has fewer than 2 letters', u.id::text, ', ', row_number() OVER (ORDER BY u.id), 'give them their name'
      FROM public.users AS u WHERE length(btrim(u.name)) < 2) AS f
GROUP BY f.kind, f.what, f.remedy;

-- "voidedAt" is ours, and may be missing: to_jsonb() does not mind.
-- query: check_invoices
-- result: kind text, relation text, what text, rows int8, sample text?, remedy text
-- timeout: 600000
SELECT f.kind, 'invoices' AS relation, f.what, count(*) AS rows, string_agg(f.ids, f.between ORDER BY f.nth) FILTER (WHERE f.nth <= 10) AS sample, f.remedy
FROM (SELECT 'fault' AS kind, 'groups of invoices of the same client and month' AS what, string_agg(i.id::text, ', ' ORDER BY i.id) AS ids, '; ' AS between,
             row_number() OVER (ORDER BY min(i.id)) AS nth, 'keep one of each: let its appointments point to it, and delete the others' AS remedy
      FROM public.invoices AS i WHERE to_jsonb(i) ->> 'voidedAt' IS NULL GROUP BY i."userId", i.month HAVING count(*) > 1
      UNION ALL
      SELECT 'remark', 'invoices whose month is not the first of one', i.id::text, ', ', row_number() OVER (ORDER BY i.id),
             'UPDATE public.invoices SET month = date_trunc(''month'', month)'
      FROM public.invoices AS i WHERE extract(day FROM i.month) <> 1) AS f
GROUP BY f.kind, f.what, f.remedy;

-- query: check_cohorts
-- result: kind text, relation text, what text, rows int8, sample text?, remedy text
-- timeout: 600000
SELECT 'remark' AS kind, 'cohorts' AS relation, f.what, count(*) AS rows, string_agg(f.ids, f.between ORDER BY f.nth) FILTER (WHERE f.nth <= 10) AS sample, f.remedy
FROM (SELECT 'groups of cohorts of the same name' AS what, string_agg(c.id::text, ', ' ORDER BY c.id) AS ids, '; ' AS between,
             row_number() OVER (ORDER BY min(c.id)) AS nth, 'rename all but one of each' AS remedy
      FROM public.cohorts AS c WHERE to_jsonb(c) ->> 'deletedAt' IS NULL GROUP BY c.name HAVING count(*) > 1
      UNION ALL
      SELECT 'cohorts whose name is not 1 to 255 letters long', c.id::text, ', ', row_number() OVER (ORDER BY c.id), 'rename them'
      FROM public.cohorts AS c WHERE length(btrim(c.name)) NOT BETWEEN 1 AND 255
      UNION ALL
      SELECT 'cohorts that end before they begin', c.id::text, ', ', row_number() OVER (ORDER BY c.id), 'correct their start or their end'
      FROM public.cohorts AS c WHERE c."endDate" <= c."startDate") AS f
GROUP BY f.what, f.remedy;

-- The limits of a daily check-in. Where the schema centurion is there, entry_fault() says the same; a test holds the two together.
-- query: check_entries
-- result: kind text, relation text, what text, rows int8, sample text?, remedy text
-- timeout: 600000
SELECT 'remark' AS kind, 'entries' AS relation, f.what, count(*) AS rows, string_agg(f.id::text, ', ' ORDER BY f.id) FILTER (WHERE f.nth <= 10) AS sample,
       'correct the value, or empty it' AS remedy
FROM (SELECT e.id, l.what, row_number() OVER (PARTITION BY l.what ORDER BY e.id) AS nth
      FROM (SELECT CASE WHEN EXISTS (SELECT FROM public.system_settings AS s WHERE s.key = 'weightUnit' AND s.value = '"lb"') THEN 1000 ELSE 454 END AS heaviest) AS u
           CROSS JOIN public.entries AS e
           CROSS JOIN LATERAL (VALUES
               (NOT (e.weight > 0 AND e.weight <= u.heaviest), format('entries whose weight is not above 0 and at most %s', u.heaviest)),
               (e.steps NOT BETWEEN 0 AND 200000, 'entries whose steps are not 0 to 200000'),
               (e.calories NOT BETWEEN 0 AND 20000, 'entries whose calories are not 0 to 20000'),
               (e."sleepQuality" NOT BETWEEN 1 AND 10, 'entries whose sleep quality is not 1 to 10'),
               (e."perceivedStress" NOT BETWEEN 1 AND 10, 'entries whose stress is not 1 to 10'),
               (length(e.notes) > 2000, 'entries whose notes have more than 2000 letters'),
               (e.date > (now() AT TIME ZONE 'UTC')::date + 1, 'entries of a day in the future')) AS l (broken, what)
      WHERE l.broken) AS f
GROUP BY f.what;

-- query: check_appointments
-- result: kind text, relation text, what text, rows int8, sample text?, remedy text
-- timeout: 600000
SELECT 'remark' AS kind, 'appointments' AS relation, f.what, count(*) AS rows, string_agg(f.ids, f.between ORDER BY f.nth) FILTER (WHERE f.nth <= 10) AS sample, f.remedy
FROM (SELECT 'appointments that overlap the one before of the same client' AS what, o.id::text AS ids, ', ' AS between, row_number() OVER (ORDER BY o.id) AS nth,
             'move or delete one of the two' AS remedy
      FROM (SELECT a.id, a."startTime" < max(a."endTime") OVER (PARTITION BY a."userId" ORDER BY a."startTime", a.id
                                                                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS overlaps
            FROM public.appointments AS a) AS o
      WHERE o.overlaps
      UNION ALL
      SELECT 'appointments that end before they begin', a.id::text, ', ', row_number() OVER (ORDER BY a.id), 'correct their start or their end'
      FROM public.appointments AS a WHERE a."endTime" <= a."startTime"
      UNION ALL
      SELECT 'appointments with a negative fee', a.id::text, ', ', row_number() OVER (ORDER BY a.id), 'correct their fee'
      FROM public.appointments AS a WHERE a.fee < 0) AS f
GROUP BY f.what, f.remedy;

-- Our two columns, where something else goes by their name.
-- query: check_own_columns
-- result: kind text, relation text, what text, rows int8?, sample text?, remedy text
SELECT 'fault' AS kind, c.relname::text AS relation,
       format('the column %s is %s, not an optional timestamp(3) without time zone', a.attname, format_type(a.atttypid, a.atttypmod)
              || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END) AS what,
       NULL::bigint AS rows, NULL::text AS sample, 'rename it: Centurion keeps there what was deleted or voided' AS remedy
FROM (VALUES ('users', 'deletedAt'), ('cohorts', 'deletedAt'), ('invoices', 'voidedAt')) AS w (relation, attribute)
     JOIN pg_class AS c ON c.relname = w.relation AND c.relnamespace = to_regnamespace('public')
     JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = w.attribute AND NOT a.attisdropped
WHERE a.attnotnull OR format_type(a.atttypid, a.atttypmod) NOT LIKE 'timestamp%without time zone';

-- What an unadopted database must not hold already: names that are ours.
-- query: check_own_names
-- result: kind text, relation text, what text, rows int8?, sample text?, remedy text
SELECT 'fault' AS kind, t.relation, t.what, NULL::bigint AS rows, NULL::text AS sample, 'rename it: that name is Centurion''s' AS remedy
FROM (SELECT 'centurion' AS relation, 'the schema centurion is there, and not Centurion''s' AS what
      WHERE to_regnamespace('centurion') IS NOT NULL AND to_regclass('centurion.migrations') IS NULL
      UNION ALL
      SELECT t.relname::text, format('the index %s is there', i.relname)
      FROM pg_class AS i JOIN pg_index AS x ON x.indexrelid = i.oid JOIN pg_class AS t ON t.oid = x.indrelid
      WHERE i.relnamespace = to_regnamespace('public') AND i.relname LIKE 'centurion\_%' AND to_regclass('centurion.migrations') IS NULL
      UNION ALL
      SELECT t.relname::text, format('the trigger %s is there', g.tgname)
      FROM pg_trigger AS g JOIN pg_class AS t ON t.oid = g.tgrelid
      WHERE t.relnamespace = to_regnamespace('public') AND g.tgname LIKE 'centurion\_%' AND to_regclass('centurion.migrations') IS NULL) AS t
ORDER BY t.relation, t.what;
