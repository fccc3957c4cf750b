-- What a database is like, for `centurion db status`. Reads catalogs only, so any login may ask.

-- The 22 tables that are shared with the web application, held against what stands: every column, key, index and enum that is
-- missing or otherwise. What is there besides is none of our business. kind is COLUMN, INDEX, UNIQUE, PRIMARY KEY, FOREIGN KEY or ENUM, of
-- these columns ("a,b"); standing is what is there instead; remedy the statement that helps; tables how many of the 22 are there at all.
-- query: schema_faults
-- result: relation text, missing text, kind text, columns text, target text?, target_columns text?, standing text?, present bool,
--         remedy text, tables int8
WITH wanted AS (
    SELECT list.relation, item.what
    FROM (VALUES
        ('users',
         'id integer NOT NULL DEFAULT nextval(users_id_seq)|email text NOT NULL|password text|name text|image text|'
         'emailVerified boolean NOT NULL DEFAULT false|role "Role" NOT NULL DEFAULT ''CLIENT''|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|updatedAt timestamp(3) without time zone NOT NULL|'
         'INDEX (createdAt)|INDEX (email)|INDEX (role)|PRIMARY KEY (id)|UNIQUE (email)'),
        ('accounts',
         'id integer NOT NULL DEFAULT nextval(accounts_id_seq)|userId integer NOT NULL|type text NOT NULL|provider text NOT NULL|'
         'providerAccountId text NOT NULL|refresh_token text|access_token text|expires_at integer|token_type text|scope text|'
         'id_token text|session_state text|FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|INDEX (userId)|PRIMARY KEY (id)|'
         'UNIQUE (provider,providerAccountId)'),
        ('sessions',
         'id integer NOT NULL DEFAULT nextval(sessions_id_seq)|sessionToken text NOT NULL|userId integer NOT NULL|'
         'expires timestamp(3) without time zone NOT NULL|FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|'
         'INDEX (sessionToken)|INDEX (userId)|PRIMARY KEY (id)|UNIQUE (sessionToken)'),
        ('verification_tokens',
         'identifier text NOT NULL|token text NOT NULL|expires timestamp(3) without time zone NOT NULL|UNIQUE (identifier,token)|'
         'UNIQUE (token)'),
        ('appointments',
         'id integer NOT NULL DEFAULT nextval(appointments_id_seq)|userId integer NOT NULL|'
         'startTime timestamp(3) without time zone NOT NULL|endTime timestamp(3) without time zone NOT NULL|fee numeric(10,2) NOT NULL|'
         'status "AttendanceStatus" NOT NULL DEFAULT ''NOT_ATTENDED''|notes text|googleEventId text|invoiceId integer|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|updatedAt timestamp(3) without time zone NOT NULL|'
         'FOREIGN KEY (invoiceId) REFERENCES invoices.id ON DELETE SET NULL|FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|'
         'INDEX (invoiceId)|INDEX (startTime)|INDEX (status)|INDEX (userId)|INDEX (userId,startTime)|PRIMARY KEY (id)'),
        ('bootcamps',
         'id integer NOT NULL DEFAULT nextval(bootcamps_id_seq)|name text NOT NULL|startTime timestamp(3) without time zone NOT NULL|'
         'endTime timestamp(3) without time zone NOT NULL|location text|capacity integer|description text|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|updatedAt timestamp(3) without time zone NOT NULL|'
         'INDEX (name)|INDEX (startTime)|PRIMARY KEY (id)'),
        ('bootcamp_attendees',
         'id integer NOT NULL DEFAULT nextval(bootcamp_attendees_id_seq)|bootcampId integer NOT NULL|userId integer NOT NULL|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|'
         'FOREIGN KEY (bootcampId) REFERENCES bootcamps.id ON DELETE CASCADE|FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|'
         'INDEX (bootcampId)|INDEX (userId)|PRIMARY KEY (id)|UNIQUE (bootcampId,userId)'),
        ('workouts',
         'id integer NOT NULL DEFAULT nextval(workouts_id_seq)|userId integer NOT NULL|title text NOT NULL|description text|'
         'status "WorkoutStatus" NOT NULL DEFAULT ''NOT_STARTED''|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|updatedAt timestamp(3) without time zone NOT NULL|'
         'FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|INDEX (status)|INDEX (userId)|PRIMARY KEY (id)'),
        ('invoices',
         'id integer NOT NULL DEFAULT nextval(invoices_id_seq)|userId integer NOT NULL|month date NOT NULL|'
         'totalAmount numeric(10,2) NOT NULL|emailSent boolean NOT NULL DEFAULT false|emailSentAt timestamp(3) without time zone|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|updatedAt timestamp(3) without time zone NOT NULL|'
         'FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|INDEX (emailSent)|INDEX (month)|INDEX (userId)|'
         'INDEX (userId,month)|PRIMARY KEY (id)'),
        ('cohorts',
         'id integer NOT NULL DEFAULT nextval(cohorts_id_seq)|name text NOT NULL|description text|'
         'startDate timestamp(3) without time zone NOT NULL|endDate timestamp(3) without time zone|'
         'status "CohortStatus" NOT NULL DEFAULT ''ACTIVE''|createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|'
         'updatedAt timestamp(3) without time zone NOT NULL|INDEX (name)|INDEX (startDate)|INDEX (status)|INDEX (status,startDate)|'
         'PRIMARY KEY (id)'),
        ('cohort_memberships',
         'id integer NOT NULL DEFAULT nextval(cohort_memberships_id_seq)|cohortId integer NOT NULL|userId integer NOT NULL|'
         'status "MembershipStatus" NOT NULL DEFAULT ''ACTIVE''|'
         'joinedAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|leftAt timestamp(3) without time zone|'
         'FOREIGN KEY (cohortId) REFERENCES cohorts.id ON DELETE CASCADE|FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|'
         'INDEX (cohortId)|INDEX (cohortId,status)|INDEX (status)|INDEX (userId)|PRIMARY KEY (id)|UNIQUE (cohortId,userId)'),
        ('coach_cohort_memberships',
         'id integer NOT NULL DEFAULT nextval(coach_cohort_memberships_id_seq)|cohortId integer NOT NULL|coachId integer NOT NULL|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|'
         'FOREIGN KEY (coachId) REFERENCES users.id ON DELETE CASCADE|FOREIGN KEY (cohortId) REFERENCES cohorts.id ON DELETE CASCADE|'
         'INDEX (coachId)|INDEX (cohortId)|PRIMARY KEY (id)|UNIQUE (cohortId,coachId)'),
        ('entries',
         'id integer NOT NULL DEFAULT nextval(entries_id_seq)|userId integer NOT NULL|date date NOT NULL|weight double precision|'
         'steps integer|calories integer|sleepQuality integer|perceivedStress integer|notes text|customResponses jsonb|'
         'dataSources jsonb|createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|'
         'updatedAt timestamp(3) without time zone NOT NULL|FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|INDEX (date)|'
         'INDEX (userId)|INDEX (userId,date)|PRIMARY KEY (id)|UNIQUE (userId,date)'),
        ('questionnaire_bundles',
         'id integer NOT NULL DEFAULT nextval(questionnaire_bundles_id_seq)|cohortId integer NOT NULL|weekNumber integer NOT NULL|'
         'questions jsonb NOT NULL|isActive boolean NOT NULL DEFAULT true|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|updatedAt timestamp(3) without time zone NOT NULL|'
         'FOREIGN KEY (cohortId) REFERENCES cohorts.id ON DELETE CASCADE|INDEX (cohortId)|INDEX (isActive)|INDEX (weekNumber)|'
         'PRIMARY KEY (id)|UNIQUE (cohortId,weekNumber)'),
        ('weekly_questionnaire_responses',
         'id integer NOT NULL DEFAULT nextval(weekly_questionnaire_responses_id_seq)|userId integer NOT NULL|bundleId integer NOT NULL|'
         'weekNumber integer NOT NULL|responses jsonb NOT NULL|status "ResponseStatus" NOT NULL DEFAULT ''IN_PROGRESS''|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|updatedAt timestamp(3) without time zone NOT NULL|'
         'FOREIGN KEY (bundleId) REFERENCES questionnaire_bundles.id ON DELETE CASCADE|'
         'FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|INDEX (bundleId)|INDEX (status)|INDEX (userId)|INDEX (weekNumber)|'
         'PRIMARY KEY (id)|UNIQUE (userId,bundleId)'),
        ('cohort_check_in_configs',
         'id integer NOT NULL DEFAULT nextval(cohort_check_in_configs_id_seq)|cohortId integer NOT NULL|prompts jsonb NOT NULL|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|updatedAt timestamp(3) without time zone NOT NULL|'
         'FOREIGN KEY (cohortId) REFERENCES cohorts.id ON DELETE CASCADE|PRIMARY KEY (id)|UNIQUE (cohortId)'),
        ('coach_notes',
         'id integer NOT NULL DEFAULT nextval(coach_notes_id_seq)|userId integer NOT NULL|coachId integer NOT NULL|'
         'weekNumber integer NOT NULL|notes text NOT NULL|createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|'
         'updatedAt timestamp(3) without time zone NOT NULL|FOREIGN KEY (coachId) REFERENCES users.id ON DELETE CASCADE|'
         'FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|INDEX (coachId)|INDEX (coachId,userId)|INDEX (userId)|'
         'INDEX (userId,weekNumber)|PRIMARY KEY (id)'),
        ('admin_insights',
         'id integer NOT NULL DEFAULT nextval(admin_insights_id_seq)|cohortId integer|title text NOT NULL|description text NOT NULL|'
         'priority "InsightPriority" NOT NULL DEFAULT ''MEDIUM''|status "InsightStatus" NOT NULL DEFAULT ''ACTIVE''|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|updatedAt timestamp(3) without time zone NOT NULL|'
         'FOREIGN KEY (cohortId) REFERENCES cohorts.id ON DELETE CASCADE|INDEX (cohortId)|INDEX (priority)|INDEX (status)|'
         'INDEX (status,priority)|PRIMARY KEY (id)'),
        ('healthkit_workouts',
         'id integer NOT NULL DEFAULT nextval(healthkit_workouts_id_seq)|userId integer NOT NULL|workoutType text NOT NULL|'
         'startTime timestamp(3) without time zone NOT NULL|endTime timestamp(3) without time zone NOT NULL|duration integer NOT NULL|'
         'calories double precision|distance double precision|heartRate jsonb|metadata jsonb|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|'
         'FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|INDEX (startTime)|INDEX (userId)|INDEX (userId,startTime)|'
         'INDEX (workoutType)|PRIMARY KEY (id)'),
        ('sleep_records',
         'id integer NOT NULL DEFAULT nextval(sleep_records_id_seq)|userId integer NOT NULL|'
         'startTime timestamp(3) without time zone NOT NULL|endTime timestamp(3) without time zone NOT NULL|totalSleep integer NOT NULL|'
         'inBedTime integer NOT NULL|deepSleep integer|remSleep integer|coreSleep integer|sourceDevice text|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|'
         'FOREIGN KEY (userId) REFERENCES users.id ON DELETE CASCADE|INDEX (startTime)|INDEX (userId)|INDEX (userId,startTime)|'
         'PRIMARY KEY (id)'),
        ('system_settings',
         'id integer NOT NULL DEFAULT nextval(system_settings_id_seq)|key text NOT NULL|value jsonb NOT NULL|'
         'updatedAt timestamp(3) without time zone NOT NULL|INDEX (key)|PRIMARY KEY (id)|UNIQUE (key)'),
        ('audit_logs',
         'id integer NOT NULL DEFAULT nextval(audit_logs_id_seq)|userId integer|action text NOT NULL|target text|metadata jsonb|'
         'createdAt timestamp(3) without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP|INDEX (action)|INDEX (createdAt)|INDEX (userId)|'
         'INDEX (userId,createdAt)|PRIMARY KEY (id)'),
        ('Role', 'ENUM (ADMIN, COACH, CLIENT)'),
        ('AttendanceStatus', 'ENUM (ATTENDED, NOT_ATTENDED)'),
        ('WorkoutStatus', 'ENUM (NOT_STARTED, IN_PROGRESS, COMPLETED)'),
        ('CohortStatus', 'ENUM (ACTIVE, COMPLETED, ARCHIVED)'),
        ('MembershipStatus', 'ENUM (ACTIVE, PAUSED, INACTIVE)'),
        ('ResponseStatus', 'ENUM (IN_PROGRESS, COMPLETED)'),
        ('InsightPriority', 'ENUM (LOW, MEDIUM, HIGH, URGENT)'),
        ('InsightStatus', 'ENUM (ACTIVE, RESOLVED, DISMISSED)')
    ) AS list(relation, items), unnest(string_to_array(list.items, '|')) AS item(what)
), relations AS (
    SELECT oid, relname::text AS relation FROM pg_class
    WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p')
), names AS ( -- of columns, as "a,b", for a key's list of numbers
    SELECT r.oid, a.attnum, a.attname::text AS name FROM relations AS r JOIN pg_attribute AS a ON a.attrelid = r.oid
), found AS (
    SELECT r.relation,
           a.attname || ' ' || replace(format_type(a.atttypid, a.atttypmod), 'public.', '')
           || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
           || COALESCE(' DEFAULT ' || regexp_replace(regexp_replace(pg_get_expr(d.adbin, d.adrelid),
                           '^nextval\(''(public\.)?"?([^"'']+)"?''::regclass\)$', 'nextval(\2)'),
                           '::(public\.)?("[^"]+"|[a-z ]+)$', ''), '') AS what
    FROM relations AS r
    JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef AS d ON d.adrelid = r.oid AND d.adnum = a.attnum
    UNION ALL
    SELECT r.relation,
           CASE WHEN i.indisprimary THEN 'PRIMARY KEY' WHEN i.indisunique THEN 'UNIQUE' ELSE 'INDEX' END || ' ('
           || (SELECT string_agg(n.name, ',' ORDER BY k.place)
               FROM unnest(i.indkey) WITH ORDINALITY AS k(number, place)
               JOIN names AS n ON n.oid = r.oid AND n.attnum = k.number) || ')'
    FROM relations AS r JOIN pg_index AS i ON i.indrelid = r.oid AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
    UNION ALL
    SELECT r.relation,
           'FOREIGN KEY ('
           || (SELECT string_agg(n.name, ',' ORDER BY k.place)
               FROM unnest(c.conkey) WITH ORDINALITY AS k(number, place)
               JOIN names AS n ON n.oid = r.oid AND n.attnum = k.number)
           || ') REFERENCES ' || t.relation || '.'
           || (SELECT string_agg(n.name, ',' ORDER BY k.place)
               FROM unnest(c.confkey) WITH ORDINALITY AS k(number, place)
               JOIN names AS n ON n.oid = t.oid AND n.attnum = k.number)
           || ' ON DELETE ' || CASE c.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'r' THEN 'RESTRICT'
                                                  WHEN 'd' THEN 'SET DEFAULT' ELSE 'NO ACTION' END
    FROM relations AS r
    JOIN pg_constraint AS c ON c.conrelid = r.oid AND c.contype = 'f' AND c.convalidated
    JOIN relations AS t ON t.oid = c.confrelid
    UNION ALL
    SELECT t.typname::text, 'ENUM (' || string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) || ')'
    FROM pg_type AS t JOIN pg_enum AS e ON e.enumtypid = t.oid
    WHERE t.typnamespace = to_regnamespace('public')
    GROUP BY t.oid, t.typname
)
SELECT d.relation, d.what AS missing, p.kind, p.columns, p.target, p.target_columns, s.standing, p.kind = 'ENUM' OR r.oid IS NOT NULL AS present,
       CASE WHEN p.kind = 'ENUM' AND s.standing IS NULL
            THEN format('CREATE TYPE public.%I AS ENUM (%s)', d.relation, regexp_replace(p.columns, '(\w+)', '''\1''', 'g'))
            WHEN p.kind = 'ENUM'
            THEN format('ALTER TYPE public.%I ADD VALUE or RENAME VALUE, until it has %s', d.relation, p.columns)
            WHEN r.oid IS NULL
            THEN 'the web application''s own migrations make it: npx prisma migrate deploy'
            WHEN p.kind = 'PRIMARY KEY'
            THEN format('ALTER TABLE public.%I ADD CONSTRAINT %I PRIMARY KEY (%s)', d.relation, d.relation || '_pkey', q.columns)
            WHEN p.kind IN ('INDEX', 'UNIQUE')
            THEN format('CREATE %sINDEX %I ON public.%I (%s)', CASE p.kind WHEN 'UNIQUE' THEN 'UNIQUE ' END,
                        d.relation || '_' || replace(p.columns, ',', '_') || CASE p.kind WHEN 'UNIQUE' THEN '_key' ELSE '_idx' END, d.relation, q.columns)
            WHEN p.kind = 'FOREIGN KEY' AND k.convalidated IS FALSE AND s.standing IS NULL
            THEN format('ALTER TABLE public.%I VALIDATE CONSTRAINT %I', d.relation, k.conname)
            WHEN p.kind = 'FOREIGN KEY'
            THEN format('ALTER TABLE public.%I %sADD CONSTRAINT %I FOREIGN KEY (%s) REFERENCES public.%I (%I) ON DELETE %s ON UPDATE CASCADE', d.relation,
                        'DROP CONSTRAINT ' || quote_ident(k.conname) || ', ', d.relation || '_' || p.columns || '_fkey', q.columns, p.target,
                        p.target_columns, substring(d.what FROM ' ON DELETE (.*)$'))
            WHEN s.standing IS NULL
            THEN format('ALTER TABLE public.%I ADD COLUMN %I %s', d.relation, p.columns, substr(d.what, length(p.columns) + 2))
            ELSE format('ALTER TABLE public.%I ALTER COLUMN %I: TYPE, SET NOT NULL or SET DEFAULT, until it is %s', d.relation, p.columns,
                        substr(d.what, length(p.columns) + 2))
       END AS remedy,
       (SELECT count(DISTINCT w.relation) FROM wanted AS w JOIN relations AS t ON t.relation = w.relation) AS tables
FROM (SELECT relation, what FROM wanted EXCEPT SELECT relation, what FROM found) AS d
     LEFT JOIN relations AS r ON r.relation = d.relation
     CROSS JOIN LATERAL (
         SELECT coalesce(substring(d.what FROM '^(PRIMARY KEY|UNIQUE|INDEX|FOREIGN KEY|ENUM) \('), 'COLUMN') AS kind,
                coalesce(substring(d.what FROM '^[A-Z ]+ \(([^)]*)\)'), split_part(d.what, ' ', 1)) AS columns,
                substring(d.what FROM ' REFERENCES ([^.]+)\.') AS target, substring(d.what FROM ' REFERENCES [^.]+\.(\S+) ') AS target_columns
     ) AS p
     CROSS JOIN LATERAL (
         SELECT string_agg(quote_ident(c.name), ', ' ORDER BY c.place) AS columns, array_agg(a.attnum ORDER BY c.place) AS numbers
         FROM string_to_table(p.columns, ',') WITH ORDINALITY AS c (name, place)
              LEFT JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attname = c.name AND NOT a.attisdropped
     ) AS q
     LEFT JOIN LATERAL (
         SELECT string_agg(f.what, '; ') AS standing FROM found AS f
         WHERE f.relation = d.relation
               AND CASE p.kind WHEN 'COLUMN' THEN split_part(f.what, ' ', 1) = p.columns AND f.what !~ '^[A-Z ]+ \('
                               WHEN 'FOREIGN KEY' THEN starts_with(f.what, format('FOREIGN KEY (%s) ', p.columns))
                               WHEN 'ENUM' THEN f.what LIKE 'ENUM (%' END
     ) AS s ON true
     LEFT JOIN LATERAL (
         SELECT c.conname, c.convalidated FROM pg_constraint AS c
         WHERE p.kind = 'FOREIGN KEY' AND c.conrelid = r.oid AND c.contype = 'f' AND c.conkey = q.numbers
         LIMIT 1
     ) AS k ON true
ORDER BY d.relation, d.what;

-- Tables by size, with their indexes. Rows are the server's estimate; NULL before it made one.
-- query: schema_sizes
-- result: relation text, rows int8?, bytes int8
SELECT n.nspname || '.' || c.relname AS relation,
       CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS rows,
       pg_total_relation_size(c.oid) AS bytes
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'centurion') AND c.relkind = 'r'
ORDER BY bytes DESC, relation;

-- query: schema_database
-- result: name text, bytes int8, version text
SELECT current_database()::text AS name, pg_database_size(current_database()) AS bytes,
       current_setting('server_version') AS version;
