-- What every change has in common: who asks, once and not twice, what its caller saw, what comes back.
--
-- A function that changes something takes the UUID of the request first and returns a centurion.change. It asks who is
-- connected, begins the change (where the UUID is known it was done before, and what stands is returned), checks that the
-- row is as its caller saw it, writes, and says that it is done.

-- outcome   saved; conflict: the row is not as it was seen, nothing was changed; repeated: this request was saved before
-- key       of the row, as in the audit log's target
-- version   the row's xmin: its caller hands it back with the next change. "updatedAt" would not do: two writes within a
--           millisecond have the same
-- record    the row as it stands now, NULL where it is gone
-- audit     the newest row of the audit log about this request
CREATE TYPE centurion.change AS (outcome text, key text, version text, record jsonb, audit integer);

-- Requests that were saved. One that comes again, because its answer was lost, finds itself here; while the first one is
-- still under way, the key makes the second one wait for its end.
CREATE TABLE centurion.requests (
    id     uuid         NOT NULL,
    nth    bigint       GENERATED ALWAYS AS IDENTITY, -- their order, within a transaction too
    login  name         NOT NULL DEFAULT session_user,
    change text         NOT NULL, -- the function's name
    target text,                  -- "Entry:42"
    xid    xid8         NOT NULL DEFAULT pg_current_xact_id(),
    at     timestamp(3) NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),

    CONSTRAINT requests_pkey PRIMARY KEY (id)
);
CREATE INDEX requests_xid_idx ON centurion.requests (xid, nth);
CREATE INDEX requests_at_idx ON centurion.requests (at);
ALTER TABLE centurion.requests ENABLE ROW LEVEL SECURITY;
CREATE POLICY centurion_writer_read ON centurion.requests FOR SELECT TO centurion_writer USING (true);
CREATE POLICY centurion_writer_insert ON centurion.requests FOR INSERT TO centurion_writer WITH CHECK (login = session_user);
CREATE POLICY centurion_writer_update ON centurion.requests FOR UPDATE TO centurion_writer USING (login = session_user);
CREATE POLICY centurion_writer_delete ON centurion.requests FOR DELETE TO centurion_writer USING (login = session_user);
CREATE POLICY centurion_auditor_read ON centurion.requests FOR SELECT TO centurion_auditor USING (true);
GRANT SELECT, INSERT, DELETE, UPDATE (target) ON centurion.requests TO centurion_writer;
GRANT SELECT ON centurion.requests TO centurion_auditor;

-- A row while the database is being migrated: nobody changes anything then, and screens say why.
CREATE TABLE centurion.maintenance (
    since  timestamptz NOT NULL DEFAULT now(),
    reason text        NOT NULL
);
CREATE UNIQUE INDEX maintenance_one_row ON centurion.maintenance ((true));
GRANT SELECT ON centurion.maintenance TO centurion_writer, centurion_gate, centurion_admin, centurion_coach, centurion_client;

-- ---- Who asks ----

-- The connected person, or the tables' owner, who may do what an administrator may and stands for nobody.
CREATE FUNCTION centurion.require_actor() RETURNS centurion.me
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me;
BEGIN
    SELECT * INTO person FROM centurion.me;
    IF person."userId" IS NULL THEN
        IF NOT centurion.is_owner() THEN
            RAISE EXCEPTION 'the login "%" stands for no person', session_user USING ERRCODE = 'insufficient_privilege';
        END IF;
        person := (NULL::integer, 'ADMIN', NULL, session_user);
    END IF;
    RETURN person;
END
$$;

CREATE FUNCTION centurion.require_staff() RETURNS centurion.me
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
BEGIN
    IF person.role = 'CLIENT' THEN
        RAISE EXCEPTION 'for coaches and administrators only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN person;
END
$$;

CREATE OR REPLACE FUNCTION centurion.require_admin() RETURNS centurion.me
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
BEGIN
    IF person.role <> 'ADMIN' THEN
        RAISE EXCEPTION 'for administrators only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN person;
END
$$;

-- Whether a member is the person's to work with: for administrators anybody, for coaches own clients, for clients themselves.
CREATE FUNCTION centurion.is_theirs(person centurion.me, member integer) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
BEGIN
    CASE person.role
    WHEN 'ADMIN' THEN
        RETURN EXISTS (SELECT FROM public.users AS u WHERE u.id = member AND u.role = 'CLIENT' AND u."deletedAt" IS NULL);
    WHEN 'COACH' THEN
        RETURN EXISTS (SELECT FROM centurion.my_clients AS c WHERE c."userId" = member);
    ELSE
        RETURN coalesce(member = person."userId", false);
    END CASE;
END
$$;

-- What may not be seen is said to be absent, like what does not exist.
CREATE FUNCTION centurion.require_member(person centurion.me, member integer) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF NOT centurion.is_theirs(person, member) THEN
        RAISE EXCEPTION 'There is no member %', coalesce(member::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
END
$$;

-- Likewise a cohort: for administrators any that is not deleted, for coaches those they are assigned to.
CREATE FUNCTION centurion.require_cohort(person centurion.me, cohort integer) RETURNS void
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF NOT (CASE person.role
           WHEN 'ADMIN' THEN EXISTS (SELECT FROM public.cohorts AS c WHERE c.id = cohort AND c."deletedAt" IS NULL)
           WHEN 'COACH' THEN EXISTS (SELECT FROM centurion.my_cohorts AS c WHERE c."cohortId" = cohort)
           ELSE false END) THEN
        RAISE EXCEPTION 'There is no cohort %', coalesce(cohort::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
END
$$;

-- That changes are a JSON object with these keys only.
CREATE FUNCTION centurion.require_keys(changes jsonb, allowed text[]) RETURNS void
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    other text;
BEGIN
    IF jsonb_typeof(changes) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'changes are a JSON object' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT string_agg(k.key, ', ' ORDER BY k.key) INTO other FROM jsonb_object_keys(changes) AS k (key) WHERE k.key <> ALL (allowed);
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'nothing here is called %', other
            USING ERRCODE = 'invalid_parameter_value', HINT = 'What can be changed: ' || array_to_string(allowed, ', ');
    END IF;
END
$$;

-- ---- What is changed ----

-- Every kind of row that people change, under the name that the audit log has for it: how its key finds it, and which of its
-- columns are shown to whoever may change it.
CREATE VIEW centurion.entities AS
SELECT entity, relation, condition, columns
FROM (VALUES
    ('User',            'public.users',                          't.id = $1::integer', 't.id, t.email, t.name, t.image, t.role, t."createdAt", t."deletedAt"'),
    ('Session',         'public.sessions',                       't.id = $1::integer', 't.id, t."userId", t.expires'),
    ('Appointment',     'public.appointments',                   't.id = $1::integer', 't.*'),
    ('Bootcamp',        'public.bootcamps',                      't.id = $1::integer', 't.*'),
    ('Attendance',      'public.bootcamp_attendees',             't.id = $1::integer', 't.*'),
    ('Workout',         'public.workouts',                       't.id = $1::integer', 't.*'),
    ('Invoice',         'public.invoices',                       't.id = $1::integer', 't.*'),
    ('Payment',         'centurion.payments',                    't.id = $1::integer', 't.*'),
    ('Cohort',          'public.cohorts',                        't.id = $1::integer', 't.*'),
    ('Membership',      'public.cohort_memberships',             't.id = $1::integer', 't.*'),
    ('Coaching',        'public.coach_cohort_memberships',       't.id = $1::integer', 't.*'),
    ('Entry',           'public.entries',                        't.id = $1::integer', 't.*'),
    ('Questionnaire',   'public.questionnaire_bundles',          't.id = $1::integer', 't.*'),
    ('Response',        'public.weekly_questionnaire_responses', 't.id = $1::integer', 't.*'),
    ('Prompts',         'public.cohort_check_in_configs',        't.id = $1::integer', 't.*'),
    ('Note',            'public.coach_notes',                    't.id = $1::integer', 't.*'),
    ('Insight',         'public.admin_insights',                 't.id = $1::integer', 't.*'),
    ('HealthWorkout',   'public.healthkit_workouts',             't.id = $1::integer', 't.*'),
    ('Sleep',           'public.sleep_records',                  't.id = $1::integer', 't.*'),
    ('Setting',         'public.system_settings',                't.key = $1',       't.*'),
    ('Login',           'centurion.logins',                      't.rolname = $1::name', 't.*'),
    ('Review',          'centurion.reviews',
     '(t."coachId", t."clientId", t.week) = (split_part($1, ''/'', 1)::integer, split_part($1, ''/'', 2)::integer, split_part($1, ''/'', 3)::date)', 't.*'),
    ('CohortFrequency', 'centurion.cohort_frequencies',          't."cohortId" = $1::integer', 't.*'),
    ('MemberFrequency', 'centurion.member_frequencies',          't."userId" = $1::integer', 't.*')
) AS e (entity, relation, condition, columns);

-- A change's answer about one row, as it stands. Runs with the rights of the function that asks.
CREATE FUNCTION centurion.change_answer(outcome text, request uuid, target text) RETURNS centurion.change
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    answer centurion.change;
    kind   record;
BEGIN
    answer.outcome := outcome;
    answer.key := substr(target, strpos(target, ':') + 1);
    SELECT e.relation, e.condition, e.columns INTO kind FROM centurion.entities AS e WHERE e.entity = split_part(target, ':', 1);
    IF FOUND THEN
        EXECUTE format('SELECT t.xmin::text, to_jsonb(r) FROM %s AS t CROSS JOIN LATERAL (SELECT %s) AS r WHERE %s', kind.relation, kind.columns, kind.condition)
            INTO answer.version, answer.record USING answer.key;
    END IF;
    -- OFFSET 0: else the planner looks for the greatest id first, and reads the whole log where the request is in none of its rows.
    answer.audit := (SELECT max(l.id) FROM (SELECT l.id FROM public.audit_logs AS l WHERE l.metadata ->> 'request' = request::text OFFSET 0) AS l);
    RETURN answer;
END
$$;

-- ---- Once ----

-- False where the request was saved before.
CREATE FUNCTION centurion.change_begin(request uuid, change text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    before record;
    pause  centurion.maintenance;
BEGIN
    SELECT * INTO pause FROM centurion.maintenance;
    IF FOUND THEN
        RAISE EXCEPTION 'The database is being maintained since % UTC: %', to_char(pause.since AT TIME ZONE 'UTC', 'HH24:MI'), pause.reason
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Nothing was changed. Try again when it is done.';
    END IF;
    IF request IS NULL THEN
        RAISE EXCEPTION 'a change wants the UUID of its request' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO centurion.requests (id, change) VALUES (request, change) ON CONFLICT DO NOTHING;
    IF FOUND THEN
        RETURN true;
    END IF;
    SELECT r.login, r.change INTO before FROM centurion.requests AS r WHERE r.id = request;
    IF (before.login, before.change) IS DISTINCT FROM (session_user, change) THEN
        RAISE EXCEPTION 'the request % is another one''s', request USING ERRCODE = 'invalid_parameter_value', HINT = 'Every change has a UUID of its own.';
    END IF;
    RETURN false;
END
$$;

CREATE FUNCTION centurion.request_target(request uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT r.target FROM centurion.requests AS r WHERE r.id = request AND r.login = session_user $$;

-- What stands of a request that was saved before.
CREATE FUNCTION centurion.change_repeated(request uuid) RETURNS centurion.change
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT centurion.change_answer('repeated', request, centurion.request_target(request)) $$;

-- The row is not as its caller saw it: nothing was done, so the request is forgotten.
CREATE FUNCTION centurion.change_conflict(request uuid, entity text, key text) RETURNS centurion.change
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.request_end(request, NULL);
    RETURN centurion.change_answer('conflict', request, entity || ':' || key);
END
$$;

CREATE FUNCTION centurion.change_saved(request uuid, entity text, key text) RETURNS centurion.change
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.request_end(request, entity || ':' || key);
    RETURN centurion.change_answer('saved', request, entity || ':' || key);
END
$$;

-- Says what a request was about, or that it was about nothing.
CREATE FUNCTION centurion.request_end(request uuid, target text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF target IS NULL THEN
        DELETE FROM centurion.requests AS r WHERE r.id = request AND r.login = session_user;
    ELSE
        UPDATE centurion.requests AS r SET target = request_end.target WHERE r.id = request AND r.login = session_user;
    END IF;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT SELECT ON centurion.entities TO centurion_writer, centurion_biller, centurion_registrar;
GRANT EXECUTE ON FUNCTION centurion.require_actor(), centurion.require_admin(), centurion.require_staff()
    TO centurion_writer, centurion_biller, centurion_registrar, centurion_gate;
GRANT EXECUTE ON FUNCTION centurion.is_theirs(centurion.me, integer), centurion.require_member(centurion.me, integer), centurion.require_cohort(centurion.me, integer),
                          centurion.require_keys(jsonb, text[]), centurion.change_answer(text, uuid, text), centurion.change_begin(uuid, text),
                          centurion.change_repeated(uuid), centurion.change_conflict(uuid, text, text), centurion.change_saved(uuid, text, text),
                          centurion.request_target(uuid), centurion.request_end(uuid, text)
    TO centurion_writer, centurion_biller, centurion_registrar;
-- What the writers' functions call, with the writers' rights.
GRANT EXECUTE ON FUNCTION centurion.today(), centurion.local_time(timestamp, text), centurion.utc_time(timestamp, text), centurion.is_timezone(text),
                          centurion.cohort_week(date, date), centurion.total_weeks(date, date), centurion.week_monday(date),
                          centurion.series_dates(date, integer[], integer), centurion.question_count(jsonb), centurion.answer_count(jsonb),
                          centurion.is_unmarked(public."AttendanceStatus", timestamp, timestamp),
                          centurion.session_state(public."AttendanceStatus", timestamp, timestamp), centurion.day_words(date),
                          centurion.may_see_member(integer), centurion.may_see_cohort(integer)
    TO centurion_writer, centurion_biller;
ALTER VIEW centurion.entities OWNER TO centurion_guard;
ALTER FUNCTION centurion.change_begin(uuid, text) OWNER TO centurion_writer;
ALTER FUNCTION centurion.request_target(uuid) OWNER TO centurion_writer;
ALTER FUNCTION centurion.request_end(uuid, text) OWNER TO centurion_writer;
