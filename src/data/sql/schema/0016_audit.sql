-- The audit log: every change is one row in the transaction that makes it, whoever makes it. Triggers write it, a statement at a
-- time, so that what the web application changes is there too (without a person: the database does not know its users).
-- Nobody but the tables' owner can change or delete what was written; no login can even write.

-- The condition is one that an equality implies; another one would keep the planner from using this.
CREATE INDEX centurion_audit_logs_request_idx ON public.audit_logs ((metadata ->> 'request')) WHERE metadata ->> 'request' IS NOT NULL;

-- "HealthWorkout" is HEALTH_WORKOUT in an action.
CREATE FUNCTION centurion.audit_noun(entity text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT upper(regexp_replace(entity, '([a-z])([A-Z])', '\1_\2', 'g')) $$;

-- By which way a change came. The name of the application is its own word, so this explains and proves nothing.
CREATE FUNCTION centurion.audit_via(person integer) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN current_setting('application_name') LIKE 'centurion%' THEN 'tui' WHEN person IS NULL THEN 'web' ELSE 'sql' END $$;

-- What an UPDATE of these columns is called.
CREATE FUNCTION centurion.audit_verb(before jsonb, after jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN after ? 'deletedAt' THEN CASE WHEN after ->> 'deletedAt' IS NULL THEN 'RESTORE' ELSE 'DELETE' END
               WHEN after ->> 'emailSent' = 'true' THEN 'SEND'
               WHEN after ->> 'voidedAt' IS NOT NULL THEN 'VOID'
               ELSE 'UPDATE' END $$;

-- OFFSET 0 makes each row's image once; without it the planner would make it anew for every column that looks at it.
-- TG_ARGV: the entity; the columns of its key, joined by "/"; columns whose values are nobody's business, joined by ",".
CREATE FUNCTION centurion.audit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    entity  constant text := TG_ARGV[0];
    noun    constant text := centurion.audit_noun(entity);
    keys    constant text[] := string_to_array(TG_ARGV[1], '/');
    hidden  constant text[] := string_to_array(coalesce(TG_ARGV[2], ''), ',');
    moment  constant timestamp := now() AT TIME ZONE 'UTC';
    person  integer := (SELECT me."userId" FROM centurion.me);
    request uuid := (SELECT r.id FROM centurion.requests AS r WHERE r.xid = pg_current_xact_id_if_assigned() ORDER BY r.nth DESC LIMIT 1);
    remarks jsonb := jsonb_strip_nulls(jsonb_build_object('via', centurion.audit_via(person), 'request', request));
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.audit_logs ("userId", action, target, metadata, "createdAt")
        SELECT person, 'CREATE_' || noun, entity || ':' || k.key, jsonb_build_object('before', NULL, 'after', n.row - hidden) || remarks, moment
        FROM (SELECT to_jsonb(a) AS row FROM after_rows AS a OFFSET 0) AS n
             CROSS JOIN LATERAL (SELECT string_agg(n.row ->> c.name, '/' ORDER BY c.nth) AS key FROM unnest(keys) WITH ORDINALITY AS c (name, nth)) AS k;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.audit_logs ("userId", action, target, metadata, "createdAt")
        SELECT person, 'DELETE_' || noun, entity || ':' || k.key, jsonb_build_object('before', o.row - hidden, 'after', NULL) || remarks, moment
        FROM (SELECT to_jsonb(b) AS row FROM before_rows AS b OFFSET 0) AS o
             CROSS JOIN LATERAL (SELECT string_agg(o.row ->> c.name, '/' ORDER BY c.nth) AS key FROM unnest(keys) WITH ORDINALITY AS c (name, nth)) AS k;
    ELSE
        -- Only what changed, before and after. A secret that changed is named, without its values.
        INSERT INTO public.audit_logs ("userId", action, target, metadata, "createdAt")
        SELECT person, centurion.audit_verb(d.before, d.after) || '_' || noun, entity || ':' || n.key,
               jsonb_build_object('before', d.before, 'after', d.after) || remarks, moment
        FROM (SELECT r.row, k.key
              FROM (SELECT to_jsonb(a) AS row FROM after_rows AS a OFFSET 0) AS r
                   CROSS JOIN LATERAL (SELECT string_agg(r.row ->> c.name, '/' ORDER BY c.nth) AS key FROM unnest(keys) WITH ORDINALITY AS c (name, nth)) AS k) AS n
             JOIN (SELECT r.row, k.key
                   FROM (SELECT to_jsonb(b) AS row FROM before_rows AS b OFFSET 0) AS r
                        CROSS JOIN LATERAL (SELECT string_agg(r.row ->> c.name, '/' ORDER BY c.nth) AS key FROM unnest(keys) WITH ORDINALITY AS c (name, nth)) AS k) AS o
                 ON o.key = n.key
             CROSS JOIN LATERAL (
                 SELECT jsonb_object_agg(b.key, CASE WHEN b.key = ANY (hidden) THEN '"hidden"' ELSE b.value END) AS before,
                        jsonb_object_agg(b.key, CASE WHEN b.key = ANY (hidden) THEN '"hidden"' ELSE n.row -> b.key END) AS after
                 FROM jsonb_each(o.row) AS b
                 WHERE b.value IS DISTINCT FROM n.row -> b.key AND b.key <> 'updatedAt'
             ) AS d
        WHERE d.after IS NOT NULL;
    END IF;
    PERFORM pg_notify('centurion_changes', TG_TABLE_NAME);
    RETURN NULL;
END
$$;
ALTER FUNCTION centurion.audit() OWNER TO centurion_auditor;

-- The web application's own sessions and tokens come and go with every visit; they are no changes of the business. Who revokes
-- somebody's session by a function of ours is in the log.
DO $$
DECLARE
    audited record;
    event record;
BEGIN
    FOR audited IN
        SELECT relation, entity, coalesce(keys, 'id') AS keys, coalesce(hidden, '') AS hidden, coalesce(condition, '') AS condition
        FROM (VALUES
            ('public.users', 'User', NULL, 'password', NULL),
            ('public.accounts', 'Account', NULL, 'refresh_token,access_token,id_token,session_state', NULL),
            ('public.appointments', 'Appointment', NULL, NULL, NULL),
            ('public.bootcamps', 'Bootcamp', NULL, NULL, NULL),
            ('public.bootcamp_attendees', 'Attendance', NULL, NULL, NULL),
            ('public.workouts', 'Workout', NULL, NULL, NULL),
            ('public.invoices', 'Invoice', NULL, NULL, NULL),
            ('public.cohorts', 'Cohort', NULL, NULL, NULL),
            ('public.cohort_memberships', 'Membership', NULL, NULL, NULL),
            ('public.coach_cohort_memberships', 'Coaching', NULL, NULL, NULL),
            ('public.entries', 'Entry', NULL, NULL, NULL),
            ('public.questionnaire_bundles', 'Questionnaire', NULL, NULL, NULL),
            ('public.weekly_questionnaire_responses', 'Response', NULL, NULL, NULL),
            ('public.cohort_check_in_configs', 'Prompts', NULL, NULL, NULL),
            ('public.coach_notes', 'Note', NULL, NULL, NULL),
            ('public.admin_insights', 'Insight', NULL, NULL, NULL),
            ('public.healthkit_workouts', 'HealthWorkout', NULL, NULL, NULL),
            ('public.sleep_records', 'Sleep', NULL, NULL, NULL),
            ('public.system_settings', 'Setting', 'key', NULL, NULL),
            ('public.sessions', 'Session', NULL, 'sessionToken', 'WHEN (current_user = ''centurion_writer'')'),
            ('centurion.logins', 'Login', 'rolname', NULL, NULL),
            ('centurion.reviews', 'Review', 'coachId/clientId/week', NULL, NULL),
            ('centurion.cohort_frequencies', 'CohortFrequency', 'cohortId', NULL, NULL),
            ('centurion.member_frequencies', 'MemberFrequency', 'userId', NULL, NULL),
            ('centurion.payments', 'Payment', NULL, NULL, NULL)
        ) AS t (relation, entity, keys, hidden, condition)
    LOOP
        FOR event IN
            SELECT * FROM (VALUES ('insert', 'NEW TABLE AS after_rows'), ('update', 'OLD TABLE AS before_rows NEW TABLE AS after_rows'),
                                  ('delete', 'OLD TABLE AS before_rows')) AS e (name, tables)
        LOOP
            EXECUTE format('CREATE TRIGGER centurion_audit_%s AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT %s
                                EXECUTE FUNCTION centurion.audit(%L, %L, %L)',
                           event.name, upper(event.name), audited.relation, event.tables, audited.condition, audited.entity, audited.keys, audited.hidden);
        END LOOP;
    END LOOP;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.audit_noun(text), centurion.audit_via(integer), centurion.audit_verb(jsonb, jsonb) TO centurion_auditor;
