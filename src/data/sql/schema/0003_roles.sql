-- Roles. They belong to the whole server, so another database may have made them already, or be making them right now.
--
--   centurion_admin, centurion_coach, centurion_client   what a person's login is a member of: exactly one of them
--   centurion_guard   owns the views that say who somebody is and whose clients are whose; may read just that
--   centurion_gate    owns the functions behind the screens; may read what a screen shows, never a password or token
--
-- None can log in, none is a superuser, none passes row security. What they may read is granted here and in the migration
-- about access; nothing is granted to anybody else, and everything in "centurion" is closed to PUBLIC.

DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['centurion_admin', 'centurion_coach', 'centurion_client', 'centurion_guard', 'centurion_gate']
    LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL; -- there already, or made at this moment
        END;
        IF EXISTS (SELECT FROM pg_roles
                   WHERE rolname = wanted AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)) THEN
            RAISE EXCEPTION 'the role "%" exists and may do more than it should', wanted
                USING HINT = format('Its name is taken by something else, or: ALTER ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS '
                                    'NOCREATEROLE NOCREATEDB', wanted);
        END IF;
    END LOOP;

    -- To hand views and functions to these two, an owner that is not a superuser must be a member of them.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        FOREACH wanted IN ARRAY ARRAY['centurion_guard', 'centurion_gate']
        LOOP
            IF NOT pg_has_role(current_user, wanted, 'USAGE') THEN
                EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
            END IF;
        END LOOP;
    END IF;
END
$$;

REVOKE ALL ON SCHEMA centurion FROM PUBLIC;
GRANT USAGE ON SCHEMA centurion TO centurion_admin, centurion_coach, centurion_client;
-- An owner of views and functions must be able to create where they stand.
GRANT USAGE, CREATE ON SCHEMA centurion TO centurion_guard, centurion_gate;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO centurion_guard, centurion_gate;
REVOKE ALL ON FUNCTION centurion.stamp_updated() FROM PUBLIC;

-- No login makes temporary tables (they could shadow names) or large objects (they know no owner by default). The owner
-- of the tables keeps what it had.
DO $$
DECLARE
    large_object record;
BEGIN
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO CURRENT_USER', current_database());
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        FOR large_object IN
            SELECT oid::regprocedure AS signature FROM pg_proc
            WHERE pronamespace = 'pg_catalog'::regnamespace AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite'))
        LOOP
            EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', large_object.signature);
        END LOOP;
    END IF;
END
$$;

-- Columns, so that a password can never be read through a slip in a view or function.
GRANT SELECT (id, name, role, "deletedAt") ON public.users TO centurion_guard;
GRANT SELECT (id, name, status, "startDate", "deletedAt") ON public.cohorts TO centurion_guard;
GRANT SELECT ON public.cohort_memberships, public.coach_cohort_memberships, centurion.logins TO centurion_guard;

GRANT SELECT (id, email, name, role, "createdAt", "deletedAt") ON public.users TO centurion_gate;
GRANT SELECT ON public.cohorts, public.cohort_memberships, public.coach_cohort_memberships, public.cohort_check_in_configs,
                public.entries, public.questionnaire_bundles, public.weekly_questionnaire_responses, public.coach_notes,
                public.appointments, public.bootcamps, public.bootcamp_attendees, public.workouts, public.invoices,
                public.admin_insights, public.system_settings, public.audit_logs,
                centurion.reviews, centurion.cohort_frequencies, centurion.member_frequencies, centurion.payments,
                centurion.migrations TO centurion_gate;
