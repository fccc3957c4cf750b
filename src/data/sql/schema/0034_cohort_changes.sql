-- A cohort is saved with how often it is asked, in one; and what is set for several cohorts at once.

-- As before, and frequencyDays: how often its members are asked to check in, null: as everybody.
CREATE OR REPLACE FUNCTION centurion.cohort_save(request uuid, cohort integer, version text, changes jsonb, questionnaires boolean) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    asked  integer := NULL;
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
        RETURN centurion.change_repeated(request);
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
        RETURN centurion.change_saved(request, 'Cohort', made.id::text);
    END IF;
    seen := centurion.lock_cohort(cohort);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Cohort', cohort::text);
    END IF;
    IF changes - 'frequencyDays' <> '{}' THEN
        UPDATE public.cohorts AS c
        SET (name, description, "startDate", "endDate", status) =
            (SELECT n.name, n.description, n."startDate", n."endDate", coalesce(n.status, c.status) FROM jsonb_populate_record(c, changes) AS n)
        WHERE c.id = cohort;
    END IF;
    IF changes ? 'frequencyDays' AND asked IS DISTINCT FROM (SELECT f.days FROM centurion.cohort_frequencies AS f WHERE f."cohortId" = cohort) THEN
        PERFORM centurion.require_open_cohort(person, cohort);
        IF asked IS NULL THEN
            DELETE FROM centurion.cohort_frequencies AS f WHERE f."cohortId" = cohort;
        ELSE
            INSERT INTO centurion.cohort_frequencies AS f ("cohortId", days) VALUES (cohort, asked)
            ON CONFLICT ("cohortId") DO UPDATE SET days = excluded.days;
        END IF;
    END IF;
    RETURN centurion.change_saved(request, 'Cohort', cohort::text);
END
$$;

-- These become ACTIVE, COMPLETED or ARCHIVED; DELETED ones disappear with everything of them, and RESTORED ones are as they were. Whichever
-- is so already stays as it is.
CREATE FUNCTION centurion.cohort_set_all(request uuid, cohorts integer[], state text) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    wanted integer[];
    other  integer;
BEGIN
    PERFORM centurion.require_list(cohorts);
    IF NOT coalesce(state IN ('ACTIVE', 'COMPLETED', 'ARCHIVED', 'DELETED', 'RESTORED'), false) THEN
        RAISE EXCEPTION 'a cohort becomes ACTIVE, COMPLETED, ARCHIVED, DELETED or RESTORED, not %', coalesce(state, 'nothing') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    wanted := ARRAY(SELECT DISTINCT c.id FROM unnest(cohorts) AS c (id) ORDER BY c.id);
    IF NOT centurion.change_begin(request, 'cohort_set_all') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    PERFORM FROM public.cohorts AS c WHERE c.id = ANY (wanted) ORDER BY c.id FOR UPDATE;
    SELECT min(w.id) INTO other FROM unnest(wanted) AS w (id)
    WHERE NOT EXISTS (SELECT FROM public.cohorts AS c WHERE c.id = w.id AND (c."deletedAt" IS NULL OR state IN ('DELETED', 'RESTORED')));
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'There is no cohort %', other USING ERRCODE = 'no_data_found';
    END IF;
    IF state = 'RESTORED' THEN
        UPDATE public.cohorts AS c SET "deletedAt" = NULL WHERE c.id = ANY (wanted) AND c."deletedAt" IS NOT NULL;
    ELSIF state = 'DELETED' THEN
        UPDATE public.cohorts AS c SET "deletedAt" = (now() AT TIME ZONE 'UTC')::timestamp(3) WHERE c.id = ANY (wanted) AND c."deletedAt" IS NULL;
    ELSE
        UPDATE public.cohorts AS c SET status = state::public."CohortStatus" WHERE c.id = ANY (wanted) AND c.status <> state::public."CohortStatus";
    END IF;
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Cohort', wanted);
END
$$;

ALTER FUNCTION centurion.cohort_set_all(uuid, integer[], text) OWNER TO centurion_writer;
REVOKE ALL ON FUNCTION centurion.cohort_set_all(uuid, integer[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.cohort_set_all(uuid, integer[], text) TO centurion_admin;
