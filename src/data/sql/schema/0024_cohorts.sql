-- Changing cohorts, who is in them and who coaches them. A completed cohort is read only: itself, its members, prompts and
-- questionnaires, until it is active again. Its status can change, it can be deleted, and it can have other coaches, who read it.

CREATE FUNCTION centurion.check_cohort() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    other integer;
BEGIN
    NEW.name := btrim(NEW.name);
    IF OLD.status = 'COMPLETED' AND NEW.status = 'COMPLETED'
       AND (NEW.name, NEW.description, NEW."startDate", NEW."endDate") IS DISTINCT FROM (btrim(OLD.name), OLD.description, OLD."startDate", OLD."endDate") THEN
        RAISE EXCEPTION 'The cohort % is completed', OLD.id
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'To change it, make it active again first.';
    ELSIF NOT coalesce(length(NEW.name) BETWEEN 1 AND 255, false) THEN
        RAISE EXCEPTION 'The name of a cohort has 1 to 255 characters, not %', coalesce(length(NEW.name), 0) USING ERRCODE = 'check_violation';
    ELSIF NOT coalesce(isfinite(NEW."startDate") AND isfinite(coalesce(NEW."endDate", NEW."startDate")), false) THEN
        RAISE EXCEPTION 'A cohort has the date of its start' USING ERRCODE = 'check_violation';
    ELSIF NEW."endDate" <= NEW."startDate" THEN
        RAISE EXCEPTION 'A cohort ends after it starts, not on %', NEW."endDate"::date USING ERRCODE = 'check_violation', HINT = 'Leave the end empty where there is none.';
    END IF;
    IF NEW."deletedAt" IS NULL AND (NEW.name IS DISTINCT FROM OLD.name OR OLD."deletedAt" IS NOT NULL) THEN
        -- No unique index: the web application knows no such rule. So two who choose one name go one after the other.
        PERFORM centurion.require_fresh_reads();
        PERFORM pg_advisory_xact_lock(hashtext('centurion cohort name'), hashtext(NEW.name));
        SELECT min(c.id) INTO other FROM public.cohorts AS c WHERE c.name = NEW.name AND c."deletedAt" IS NULL AND c.id <> NEW.id;
        IF other IS NOT NULL THEN
            RAISE EXCEPTION 'There is a cohort of the name "%" already', NEW.name
                USING ERRCODE = 'unique_violation', DETAIL = format('It is the cohort %s.', other), HINT = 'Choose another name.';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_cohort BEFORE INSERT OR UPDATE OF name, description, "startDate", "endDate", status ON public.cohorts
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_cohort();
-- A cohort that cannot be as it is can still be deleted. One that is restored must be right.
CREATE TRIGGER centurion_check_cohort_restored BEFORE UPDATE OF "deletedAt" ON public.cohorts
    FOR EACH ROW WHEN (current_user = 'centurion_writer' AND NEW."deletedAt" IS NULL) EXECUTE FUNCTION centurion.check_cohort();

CREATE FUNCTION centurion.check_membership() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    closed integer := (SELECT min(c.id) FROM public.cohorts AS c WHERE c.id IN (OLD."cohortId", NEW."cohortId") AND c.status = 'COMPLETED');
BEGIN
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'The cohort % is completed', closed
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'To change its members, make it active again first.';
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSIF NEW.status <> 'INACTIVE' AND NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = NEW."userId" AND u.role = 'CLIENT' AND u."deletedAt" IS NULL) THEN
        RAISE EXCEPTION 'Members of a cohort are clients, and % is none', NEW."userId" USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_membership BEFORE INSERT OR UPDATE OR DELETE ON public.cohort_memberships
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_membership();

CREATE FUNCTION centurion.check_coaching() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF NOT EXISTS (SELECT FROM public.users AS u WHERE u.id = NEW."coachId" AND u.role IN ('COACH', 'ADMIN') AND u."deletedAt" IS NULL) THEN
        RAISE EXCEPTION 'A cohort is coached by coaches and administrators, and % is neither', NEW."coachId" USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER centurion_check_coaching BEFORE INSERT OR UPDATE ON public.coach_cohort_memberships
    FOR EACH ROW WHEN (current_user = 'centurion_writer') EXECUTE FUNCTION centurion.check_coaching();

-- ---- Questionnaires to start with ----

-- What is asked in the first six weeks, as SurveyJS has it: the same every week, and something of the week's own.
CREATE VIEW centurion.questionnaire_templates AS
SELECT w.week::integer AS "weekNumber",
       jsonb_build_object('title', format('Week %s', w.week), 'pages', jsonb_build_array(jsonb_build_object('name', 'week', 'elements', jsonb_build_array(
           jsonb_build_object('type', 'comment', 'name', 'wins', 'title', 'What went well this week?', 'isRequired', true),
           jsonb_build_object('type', 'comment', 'name', 'challenges', 'title', 'What was hard this week?', 'isRequired', true),
           d.days || '{"name": "days_trained", "title": "On how many days did you train?"}',
           d.days || '{"name": "days_hit_steps", "title": "On how many days did you reach your steps?"}',
           d.days || '{"name": "days_on_calories", "title": "On how many days did you stay within your calories?"}',
           jsonb_build_object('type', 'comment', 'name', 'nutrition_help', 'title', 'What can we help you with in your nutrition?'),
           w.own)))) AS questions
FROM (VALUES
    (1, jsonb '{"type": "comment", "name": "goal", "title": "What do you want to reach in this time?"}'),
    (2, jsonb '{"type": "rating", "name": "energy", "title": "How much energy did you have?", "rateMin": 1, "rateMax": 10}'),
    (3, jsonb '{"type": "rating", "name": "on_track", "title": "Halfway: how close are you to your goal?", "rateMin": 1, "rateMax": 10}'),
    (4, jsonb '{"type": "rating", "name": "confidence", "title": "How sure are you that you can keep this up?", "rateMin": 1, "rateMax": 10}'),
    (5, jsonb '{"type": "comment", "name": "next_change", "title": "What would you change for the last week?"}'),
    (6, jsonb '{"type": "comment", "name": "reached", "title": "What did you reach, and what comes next?"}')
) AS w (week, own)
CROSS JOIN (SELECT jsonb '{"type": "text", "inputType": "number", "min": 0, "max": 7, "isRequired": true}' AS days) AS d;

-- ---- Cohorts ----

-- Locks a cohort, whichever it is: administrators see all.
CREATE FUNCTION centurion.lock_cohort(cohort integer, OUT deleted boolean, OUT version text) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    SELECT c."deletedAt" IS NOT NULL, c.xmin::text INTO deleted, version FROM public.cohorts AS c WHERE c.id = cohort FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no cohort %', coalesce(cohort::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
END
$$;

-- cohort NULL: a new one, with questionnaires for its weeks (at most six) if that is asked for.
CREATE FUNCTION centurion.cohort_save(request uuid, cohort integer, version text, changes jsonb, questionnaires boolean) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    seen   record;
    made   record;
BEGIN
    PERFORM centurion.require_keys(changes, '{name,description,startDate,endDate,status}');
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
        RETURN centurion.change_saved(request, 'Cohort', made.id::text);
    END IF;
    seen := centurion.lock_cohort(cohort);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Cohort', cohort::text);
    END IF;
    UPDATE public.cohorts AS c
    SET (name, description, "startDate", "endDate", status) =
        (SELECT n.name, n.description, n."startDate", n."endDate", coalesce(n.status, c.status) FROM jsonb_populate_record(c, changes) AS n)
    WHERE c.id = cohort;
    RETURN centurion.change_saved(request, 'Cohort', cohort::text);
END
$$;

-- A cohort disappears, with everything of it, and comes back as it was.
CREATE FUNCTION centurion.cohort_delete(request uuid, cohort integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    seen record;
BEGIN
    PERFORM centurion.require_admin();
    IF NOT centurion.change_begin(request, 'cohort_delete') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    seen := centurion.lock_cohort(cohort);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Cohort', cohort::text);
    ELSIF seen.deleted THEN
        RAISE EXCEPTION 'The cohort % is deleted already', cohort USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    UPDATE public.cohorts AS c SET "deletedAt" = now() AT TIME ZONE 'UTC' WHERE c.id = cohort;
    RETURN centurion.change_saved(request, 'Cohort', cohort::text);
END
$$;

CREATE FUNCTION centurion.cohort_restore(request uuid, cohort integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    seen record;
BEGIN
    PERFORM centurion.require_admin();
    IF NOT centurion.change_begin(request, 'cohort_restore') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    seen := centurion.lock_cohort(cohort);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.change_conflict(request, 'Cohort', cohort::text);
    ELSIF NOT seen.deleted THEN
        RAISE EXCEPTION 'The cohort % is not deleted', cohort USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    UPDATE public.cohorts AS c SET "deletedAt" = NULL WHERE c.id = cohort;
    RETURN centurion.change_saved(request, 'Cohort', cohort::text);
END
$$;

-- A new active cohort like another one, with these parts of it: prompts (and how often they are asked), questionnaires (not their
-- answers), coaches, members (those who are in it, paused ones paused).
CREATE FUNCTION centurion.cohort_clone(request uuid, cohort integer, changes jsonb, parts text[]) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    made   integer;
BEGIN
    PERFORM centurion.require_keys(changes, '{name,startDate,endDate}');
    IF NOT coalesce(parts <@ '{prompts,questionnaires,coaches,members}', false) THEN
        RAISE EXCEPTION 'the parts of a cohort are prompts, questionnaires, coaches and members' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM centurion.require_cohort(person, cohort);
    IF NOT centurion.change_begin(request, 'cohort_clone') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    INSERT INTO public.cohorts AS c (name, description, "startDate", "endDate")
    SELECT n.name, o.description, n."startDate", n."endDate"
    FROM public.cohorts AS o CROSS JOIN jsonb_populate_record(NULL::public.cohorts, changes) AS n
    WHERE o.id = cohort
    RETURNING c.id INTO made;
    INSERT INTO public.cohort_check_in_configs ("cohortId", prompts)
    SELECT made, p.prompts FROM public.cohort_check_in_configs AS p WHERE p."cohortId" = cohort AND 'prompts' = ANY (parts);
    INSERT INTO centurion.cohort_frequencies ("cohortId", days)
    SELECT made, f.days FROM centurion.cohort_frequencies AS f WHERE f."cohortId" = cohort AND 'prompts' = ANY (parts);
    INSERT INTO public.questionnaire_bundles ("cohortId", "weekNumber", questions, "isActive")
    SELECT made, b."weekNumber", b.questions, b."isActive" FROM public.questionnaire_bundles AS b
    WHERE b."cohortId" = cohort AND 'questionnaires' = ANY (parts) ORDER BY b."weekNumber";
    INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId")
    SELECT made, u.id
    FROM public.coach_cohort_memberships AS k JOIN public.users AS u ON u.id = k."coachId" AND u.role IN ('COACH', 'ADMIN') AND u."deletedAt" IS NULL
    WHERE k."cohortId" = cohort AND 'coaches' = ANY (parts) ORDER BY u.id;
    INSERT INTO public.cohort_memberships ("cohortId", "userId", status)
    SELECT made, u.id, m.status
    FROM public.cohort_memberships AS m JOIN public.users AS u ON u.id = m."userId" AND u.role = 'CLIENT' AND u."deletedAt" IS NULL
    WHERE m."cohortId" = cohort AND m.status <> 'INACTIVE' AND 'members' = ANY (parts) ORDER BY u.id;
    RETURN centurion.change_saved(request, 'Cohort', made::text);
END
$$;

-- ---- Members and coaches ----

-- ACTIVE joins, comes back or resumes; PAUSED and INACTIVE (leaves) are for those who are in the cohort. Coaches pause and resume.
-- Whoever has the status already stays as they are.
CREATE FUNCTION centurion.membership_set(request uuid, cohort integer, users integer[], status text) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    other  integer;
BEGIN
    PERFORM centurion.require_list(users);
    IF NOT coalesce(status IN ('ACTIVE', 'PAUSED', 'INACTIVE'), false) THEN
        RAISE EXCEPTION 'a member is ACTIVE, PAUSED or INACTIVE, not %', coalesce(status, 'nothing') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM centurion.require_cohort(person, cohort);
    IF person.role <> 'ADMIN' AND status = 'INACTIVE' THEN
        RAISE EXCEPTION 'only administrators remove members from a cohort' USING ERRCODE = 'insufficient_privilege', HINT = 'You can pause them.';
    ELSIF person.role = 'ADMIN' AND status = 'ACTIVE' THEN
        PERFORM centurion.require_members(person, users);
    END IF;
    IF NOT centurion.change_begin(request, 'membership_set') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    PERFORM FROM public.cohort_memberships AS m WHERE m."cohortId" = cohort AND m."userId" = ANY (users) ORDER BY m."userId" FOR UPDATE;
    IF person.role <> 'ADMIN' OR status <> 'ACTIVE' THEN
        SELECT min(u.id) INTO other FROM unnest(users) AS u (id)
        WHERE NOT EXISTS (SELECT FROM public.cohort_memberships AS m
                          WHERE m."cohortId" = cohort AND m."userId" = u.id AND (m.status <> 'INACTIVE' OR membership_set.status = 'INACTIVE'));
        IF other IS NOT NULL THEN
            RAISE EXCEPTION 'There is no member % in the cohort %', other, cohort USING ERRCODE = 'no_data_found';
        END IF;
    END IF;
    INSERT INTO public.cohort_memberships AS m ("cohortId", "userId", status, "leftAt")
    SELECT DISTINCT cohort, u.id, membership_set.status::public."MembershipStatus",
                    CASE membership_set.status WHEN 'INACTIVE' THEN (now() AT TIME ZONE 'UTC')::timestamp(3) END
    FROM unnest(users) AS u (id)
    ORDER BY u.id
    ON CONFLICT ("cohortId", "userId") DO UPDATE SET status = excluded.status, "leftAt" = excluded."leftAt" WHERE m.status <> excluded.status;
    RETURN QUERY
    SELECT * FROM centurion.changes_saved(request, 'Membership', ARRAY(SELECT m.id FROM public.cohort_memberships AS m
                                                                        WHERE m."cohortId" = cohort AND m."userId" = ANY (users) ORDER BY m."userId"));
END
$$;

CREATE FUNCTION centurion.coach_assign(request uuid, cohort integer, coaches integer[]) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
BEGIN
    PERFORM centurion.require_list(coaches);
    PERFORM centurion.require_cohort(person, cohort);
    IF NOT centurion.change_begin(request, 'coach_assign') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    INSERT INTO public.coach_cohort_memberships ("cohortId", "coachId")
    SELECT DISTINCT cohort, k.id FROM unnest(coaches) AS k (id) ORDER BY k.id
    ON CONFLICT DO NOTHING;
    RETURN QUERY
    SELECT * FROM centurion.changes_saved(request, 'Coaching', ARRAY(SELECT k.id FROM public.coach_cohort_memberships AS k
                                                                      WHERE k."cohortId" = cohort AND k."coachId" = ANY (coaches) ORDER BY k."coachId"));
END
$$;

CREATE FUNCTION centurion.coach_unassign(request uuid, cohort integer, coaches integer[]) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    other  integer;
    gone   integer[];
BEGIN
    PERFORM centurion.require_list(coaches);
    PERFORM centurion.require_cohort(person, cohort);
    IF NOT centurion.change_begin(request, 'coach_unassign') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    PERFORM FROM public.coach_cohort_memberships AS k WHERE k."cohortId" = cohort AND k."coachId" = ANY (coaches) ORDER BY k.id FOR UPDATE;
    SELECT min(u.id) INTO other FROM unnest(coaches) AS u (id)
    WHERE NOT EXISTS (SELECT FROM public.coach_cohort_memberships AS k WHERE k."cohortId" = cohort AND k."coachId" = u.id);
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'There is no coach % of the cohort %', other, cohort USING ERRCODE = 'no_data_found';
    END IF;
    WITH removed AS (
        DELETE FROM public.coach_cohort_memberships AS k WHERE k."cohortId" = cohort AND k."coachId" = ANY (coaches) RETURNING k.id
    )
    SELECT array_agg(r.id ORDER BY r.id) INTO gone FROM removed AS r;
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Coaching', gone);
END
$$;

ALTER VIEW centurion.questionnaire_templates OWNER TO centurion_gate;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT SELECT ON centurion.questionnaire_templates TO centurion_writer;
GRANT EXECUTE ON FUNCTION centurion.lock_cohort(integer) TO centurion_writer;

DO $$
DECLARE
    change record;
BEGIN
    FOR change IN
        SELECT * FROM (VALUES
            ('cohort_save(uuid, integer, text, jsonb, boolean)',  'centurion_admin'),
            ('cohort_delete(uuid, integer, text)',                'centurion_admin'),
            ('cohort_restore(uuid, integer, text)',               'centurion_admin'),
            ('cohort_clone(uuid, integer, jsonb, text[])',        'centurion_admin'),
            ('membership_set(uuid, integer, integer[], text)',    'centurion_admin, centurion_coach'),
            ('coach_assign(uuid, integer, integer[])',            'centurion_admin'),
            ('coach_unassign(uuid, integer, integer[])',          'centurion_admin')
        ) AS c (signature, who)
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_writer', change.signature);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', change.signature);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO %s', change.signature, change.who);
    END LOOP;
END
$$;
