-- How often a cohort or a member is asked to check in stands in a row of its own, and is edited with the cohort or member in one form. So what
-- such a form has seen is both rows: two people who change only the frequency do not overwrite each other unseen, whichever way it changed.

-- What cohort_record() and member_show() give as the version and cohort_save() and member_save() want: the row's, and the days that were seen.
CREATE FUNCTION centurion.version_with(version text, days integer) RETURNS text
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT version || coalesce('/' || days, '') $$;

-- An answer about the row, with the days that belong to it under their name.
CREATE FUNCTION centurion.change_with(answer centurion.change, name text, days integer) RETURNS centurion.change
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
    SELECT answer.outcome, answer.key, centurion.version_with(answer.version, days), answer.record || jsonb_build_object(name, days), answer.audit
$$;

-- As before, with such a version.
CREATE OR REPLACE FUNCTION centurion.cohort_record(cohort integer)
    RETURNS TABLE (id integer, name text, description text, start_date date, end_date date, status text, week text, frequency_days integer,
                   default_days integer, members integer, paused integer, gone integer, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
BEGIN
    PERFORM centurion.require_cohort(centurion.require_me(), cohort);
    RETURN QUERY
    SELECT c.id, c.name, c.description, c."startDate"::date, c."endDate"::date, c.status::text,
           centurion.week_label(centurion.today(), c."startDate"::date, c."endDate"::date), f.days, s.default_frequency_days,
           m.active, m.paused, m.gone, centurion.version_with(c.xmin::text, f.days)
    FROM public.cohorts AS c
         CROSS JOIN centurion.settings AS s
         LEFT JOIN centurion.cohort_frequencies AS f ON f."cohortId" = c.id
         CROSS JOIN LATERAL (
             SELECT count(*) FILTER (WHERE m.status = 'ACTIVE')::integer AS active, count(*) FILTER (WHERE m.status = 'PAUSED')::integer AS paused,
                    count(*) FILTER (WHERE m.status = 'INACTIVE')::integer AS gone
             FROM public.cohort_memberships AS m JOIN public.users AS u ON u.id = m."userId" AND u."deletedAt" IS NULL
             WHERE m."cohortId" = c.id
         ) AS m
    WHERE c.id = cohort;
END
$$;

-- As before; the frequency that stands is held until the end, and belongs to what was seen.
CREATE OR REPLACE FUNCTION centurion.cohort_save(request uuid, cohort integer, version text, changes jsonb, questionnaires boolean) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    asked  integer := NULL;
    stands integer;
    seen   record;
    made   record;
BEGIN
    PERFORM centurion.require_keys(changes, '{name,description,startDate,endDate,status,frequencyDays}');
    IF changes -> 'frequencyDays' <> 'null' THEN
        IF jsonb_typeof(changes -> 'frequencyDays') <> 'number' OR (changes ->> 'frequencyDays')::numeric % 1 <> 0
           OR (changes ->> 'frequencyDays')::numeric NOT BETWEEN 1 AND 90 THEN
            RAISE EXCEPTION 'A check-in is asked for every 1 to 90 days, not %', changes ->> 'frequencyDays' USING ERRCODE = 'check_violation';
        END IF;
        asked := (changes ->> 'frequencyDays')::integer;
    END IF;
    IF cohort IS NOT NULL THEN
        PERFORM centurion.require_cohort(person, cohort);
        IF questionnaires THEN
            RAISE EXCEPTION 'only a new cohort gets questionnaires with it' USING ERRCODE = 'invalid_parameter_value';
        END IF;
    END IF;
    IF NOT centurion.change_begin(request, 'cohort_save') THEN
        RETURN (SELECT centurion.change_with(c, 'frequencyDays', f.days)
                FROM centurion.change_repeated(request) AS c LEFT JOIN centurion.cohort_frequencies AS f ON f."cohortId" = c.key::integer);
    END IF;
    IF cohort IS NULL THEN
        INSERT INTO public.cohorts AS c (name, description, "startDate", "endDate", status)
        SELECT n.name, n.description, n."startDate", n."endDate", coalesce(n.status, 'ACTIVE') FROM jsonb_populate_record(NULL::public.cohorts, changes) AS n
        RETURNING c.id, c."startDate", c."endDate" INTO made;
        IF questionnaires THEN
            INSERT INTO public.questionnaire_bundles ("cohortId", "weekNumber", questions)
            SELECT made.id, t."weekNumber", t.questions FROM centurion.questionnaire_templates AS t
            WHERE t."weekNumber" <= centurion.total_weeks(made."startDate"::date, made."endDate"::date) OR made."endDate" IS NULL;
        END IF;
        IF asked IS NOT NULL THEN
            INSERT INTO centurion.cohort_frequencies ("cohortId", days) VALUES (made.id, asked);
        END IF;
        RETURN centurion.change_with(centurion.change_saved(request, 'Cohort', made.id::text), 'frequencyDays', asked);
    END IF;
    seen := centurion.lock_cohort(cohort);
    SELECT f.days INTO stands FROM centurion.cohort_frequencies AS f WHERE f."cohortId" = cohort FOR UPDATE;
    IF centurion.version_with(seen.version, stands) IS DISTINCT FROM version THEN
        RETURN centurion.change_with(centurion.change_conflict(request, 'Cohort', cohort::text), 'frequencyDays', stands);
    END IF;
    IF changes - 'frequencyDays' <> '{}' THEN
        UPDATE public.cohorts AS c
        SET (name, description, "startDate", "endDate", status) =
            (SELECT n.name, n.description, n."startDate", n."endDate", coalesce(n.status, c.status) FROM jsonb_populate_record(c, changes) AS n)
        WHERE c.id = cohort;
    END IF;
    IF NOT changes ? 'frequencyDays' THEN
        asked := stands;
    ELSIF asked IS DISTINCT FROM stands THEN
        PERFORM centurion.require_open_cohort(person, cohort);
        IF asked IS NULL THEN
            DELETE FROM centurion.cohort_frequencies AS f WHERE f."cohortId" = cohort;
        ELSE
            INSERT INTO centurion.cohort_frequencies AS f ("cohortId", days) VALUES (cohort, asked)
            ON CONFLICT ("cohortId") DO UPDATE SET days = excluded.days;
        END IF;
    END IF;
    RETURN centurion.change_with(centurion.change_saved(request, 'Cohort', cohort::text), 'frequencyDays', asked);
END
$$;

-- As before, with such a version.
CREATE OR REPLACE FUNCTION centurion.member_show(member integer) RETURNS TABLE (id integer, version text, name text, email text, frequency integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT u.id, centurion.version_with(u.xmin::text, f.days), u.name, u.email, f.days
    FROM public.users AS u LEFT JOIN centurion.member_frequencies AS f ON f."userId" = u.id
    WHERE u.id = member;
END
$$;

-- As before; the frequency that stands is held until the end, and belongs to what was seen.
CREATE OR REPLACE FUNCTION centurion.member_save(request uuid, member integer, version text, changes jsonb) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    seen   text;
    stands integer;
    wanted integer;
BEGIN
    PERFORM centurion.require_keys(changes, '{name,email,frequency}');
    PERFORM centurion.require_member(person, member);
    IF NOT centurion.change_begin(request, 'member_save') THEN
        RETURN (SELECT centurion.change_with(c, 'frequency', f.days)
                FROM centurion.change_repeated(request) AS c LEFT JOIN centurion.member_frequencies AS f ON f."userId" = member);
    END IF;
    SELECT u.xmin::text INTO seen FROM public.users AS u WHERE u.id = member FOR UPDATE;
    SELECT f.days INTO stands FROM centurion.member_frequencies AS f WHERE f."userId" = member FOR UPDATE;
    IF centurion.version_with(seen, stands) IS DISTINCT FROM version THEN
        RETURN centurion.change_with(centurion.change_conflict(request, 'User', member::text), 'frequency', stands);
    END IF;
    wanted := CASE WHEN changes ? 'frequency' THEN (changes ->> 'frequency')::integer ELSE stands END;
    IF wanted IS NULL THEN
        DELETE FROM centurion.member_frequencies AS f WHERE f."userId" = member;
    ELSIF wanted IS DISTINCT FROM stands THEN
        INSERT INTO centurion.member_frequencies AS f ("userId", days) VALUES (member, wanted)
        ON CONFLICT ("userId") DO UPDATE SET days = excluded.days;
    END IF;
    IF changes ?| '{name,email}' THEN
        UPDATE public.users AS u
        SET name = CASE WHEN changes ? 'name' THEN changes ->> 'name' ELSE u.name END,
            email = CASE WHEN changes ? 'email' THEN changes ->> 'email' ELSE u.email END
        WHERE u.id = member;
    END IF;
    RETURN centurion.change_with(centurion.change_saved(request, 'User', member::text), 'frequency', wanted);
END
$$;

REVOKE ALL ON FUNCTION centurion.version_with(text, integer), centurion.change_with(centurion.change, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.version_with(text, integer) TO centurion_gate, centurion_writer;
GRANT EXECUTE ON FUNCTION centurion.change_with(centurion.change, text, integer) TO centurion_writer;
