-- What a person may ask for: a copy of everything about them, and to be forgotten.

-- Whether an invoice left the house: from then on it is kept, whoever asks.
CREATE FUNCTION centurion.is_issued(invoice integer) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.invoices AS i WHERE i.id = invoice AND i."emailSent") $$;

-- Everything that the audit log calls theirs: what is there now, and what its images say was there.
CREATE FUNCTION centurion.person_targets(person integer) RETURNS SETOF text LANGUAGE sql STABLE ROWS 1000 SET search_path = pg_catalog, pg_temp AS
$$
    SELECT 'User:' || person
    UNION SELECT 'MemberFrequency:' || person
    UNION SELECT 'Login:' || l.rolname FROM centurion.logins AS l WHERE l."userId" = person
    UNION SELECT 'Entry:' || t.id FROM public.entries AS t WHERE t."userId" = person
    UNION SELECT 'Response:' || t.id FROM public.weekly_questionnaire_responses AS t WHERE t."userId" = person
    UNION SELECT 'Note:' || t.id FROM public.coach_notes AS t WHERE t."userId" = person
    UNION SELECT 'HealthWorkout:' || t.id FROM public.healthkit_workouts AS t WHERE t."userId" = person
    UNION SELECT 'Sleep:' || t.id FROM public.sleep_records AS t WHERE t."userId" = person
    UNION SELECT 'Workout:' || t.id FROM public.workouts AS t WHERE t."userId" = person
    UNION SELECT 'Appointment:' || t.id FROM public.appointments AS t WHERE t."userId" = person
    UNION SELECT 'Attendance:' || t.id FROM public.bootcamp_attendees AS t WHERE t."userId" = person
    UNION SELECT 'Membership:' || t.id FROM public.cohort_memberships AS t WHERE t."userId" = person
    UNION SELECT 'Coaching:' || t.id FROM public.coach_cohort_memberships AS t WHERE t."coachId" = person
    UNION SELECT 'Review:' || concat_ws('/', t."coachId", t."clientId", t.week) FROM centurion.reviews AS t WHERE t."clientId" = person
    UNION SELECT 'Invoice:' || t.id FROM public.invoices AS t WHERE t."userId" = person
    UNION SELECT 'Payment:' || t.id FROM centurion.payments AS t JOIN public.invoices AS i ON i.id = t."invoiceId" WHERE i."userId" = person
    UNION SELECT l.target FROM public.audit_logs AS l
          WHERE person::text IN (l.metadata -> 'before' ->> 'userId', l.metadata -> 'after' ->> 'userId', l.metadata -> 'before' ->> 'clientId', l.metadata -> 'after' ->> 'clientId')
$$;

-- Everything about a person: for themselves and for administrators. What coaches wrote about them is part of it; secrets are not, nor what
-- they did to other people's data, of which only that they did it.
CREATE FUNCTION centurion.person_export("user" integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_actor();
    theirs jsonb;
    whose  text[];
BEGIN
    IF person.role = 'ADMIN' OR person."userId" = "user" THEN
        SELECT jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email, 'image', u.image, 'emailVerified', u."emailVerified", 'role', u.role,
                                  'createdAt', u."createdAt", 'updatedAt', u."updatedAt", 'deletedAt', u."deletedAt")
        INTO theirs FROM public.users AS u WHERE u.id = "user";
    END IF;
    IF theirs IS NULL THEN
        RAISE EXCEPTION 'There is no person %', coalesce("user"::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    whose := ARRAY(SELECT centurion.person_targets("user"));
    RETURN jsonb_build_object(
        'person', theirs,
        'login', (SELECT to_jsonb(t) FROM centurion.logins AS t WHERE t."userId" = "user"),
        'accounts', (SELECT jsonb_agg(jsonb_build_object('type', t.type, 'provider', t.provider, 'providerAccountId', t."providerAccountId", 'scope', t.scope) ORDER BY t.id)
                     FROM public.accounts AS t WHERE t."userId" = "user"),
        'webSessions', (SELECT jsonb_agg(jsonb_build_object('id', t.id, 'expires', t.expires) ORDER BY t.id) FROM public.sessions AS t WHERE t."userId" = "user"),
        'verificationTokens', (SELECT jsonb_agg(jsonb_build_object('identifier', t.identifier, 'expires', t.expires) ORDER BY t.expires)
                               FROM public.verification_tokens AS t WHERE lower(t.identifier) = lower(theirs ->> 'email')),
        'memberships', (SELECT jsonb_agg(to_jsonb(t) || jsonb_build_object('cohort', c.name) ORDER BY t.id)
                        FROM public.cohort_memberships AS t JOIN public.cohorts AS c ON c.id = t."cohortId" WHERE t."userId" = "user"),
        'coaching', (SELECT jsonb_agg(to_jsonb(t) || jsonb_build_object('cohort', c.name) ORDER BY t.id)
                     FROM public.coach_cohort_memberships AS t JOIN public.cohorts AS c ON c.id = t."cohortId" WHERE t."coachId" = "user"),
        'checkInFrequency', (SELECT t.days FROM centurion.member_frequencies AS t WHERE t."userId" = "user"),
        'entries', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.date) FROM public.entries AS t WHERE t."userId" = "user"),
        'questionnaires', (SELECT jsonb_agg(to_jsonb(t) || jsonb_build_object('weekNumber', b."weekNumber", 'questions', b.questions) ORDER BY t.id)
                           FROM public.weekly_questionnaire_responses AS t JOIN public.questionnaire_bundles AS b ON b.id = t."bundleId" WHERE t."userId" = "user"),
        'coachNotes', (SELECT jsonb_agg(to_jsonb(t) || jsonb_build_object('author', c.name) ORDER BY t.id)
                       FROM public.coach_notes AS t JOIN public.users AS c ON c.id = t."coachId" WHERE t."userId" = "user"),
        'reviews', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.week, t."coachId") FROM centurion.reviews AS t WHERE t."clientId" = "user"),
        'appointments', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t."startTime", t.id) FROM public.appointments AS t WHERE t."userId" = "user"),
        'bootcamps', (SELECT jsonb_agg(to_jsonb(t) || jsonb_build_object('bootcamp', b.name, 'startTime', b."startTime") ORDER BY t.id)
                      FROM public.bootcamp_attendees AS t JOIN public.bootcamps AS b ON b.id = t."bootcampId" WHERE t."userId" = "user"),
        'workouts', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t.id) FROM public.workouts AS t WHERE t."userId" = "user"),
        'healthWorkouts', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t."startTime", t.id) FROM public.healthkit_workouts AS t WHERE t."userId" = "user"),
        'sleep', (SELECT jsonb_agg(to_jsonb(t) ORDER BY t."startTime", t.id) FROM public.sleep_records AS t WHERE t."userId" = "user"),
        'invoices', (SELECT jsonb_agg(to_jsonb(t) || jsonb_build_object('payments', (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.id) FROM centurion.payments AS p WHERE p."invoiceId" = t.id))
                                      ORDER BY t.month, t.id) FROM public.invoices AS t WHERE t."userId" = "user"),
        'audit', (SELECT jsonb_agg(jsonb_build_object('id', t.id, 'at', t."createdAt", 'by', t."userId", 'action', t.action, 'target', t.target,
                                                      'metadata', CASE WHEN t.target = ANY (whose) THEN t.metadata END) ORDER BY t.id)
                  FROM public.audit_logs AS t WHERE t.target = ANY (whose) OR t."userId" = "user"));
END
$$;
GRANT SELECT ON public.healthkit_workouts, public.sleep_records TO centurion_gate;

-- ---- Erasing ----

-- Three owners, each with the little that is its own: the writer takes away rows, the registrar login and password, the auditor what the log
-- remembers of the person. That something happened stays in the log.
GRANT SELECT, UPDATE (target, metadata) ON public.audit_logs TO centurion_auditor;
CREATE POLICY centurion_auditor_read ON public.audit_logs FOR SELECT TO centurion_auditor USING (true);
CREATE POLICY centurion_auditor_erase ON public.audit_logs FOR UPDATE TO centurion_auditor USING ((SELECT centurion.acts_as_admin()));
GRANT SELECT (id, login, target), DELETE ON centurion.requests TO centurion_registrar;
CREATE POLICY centurion_registrar_read ON centurion.requests FOR SELECT TO centurion_registrar USING (true);
CREATE POLICY centurion_registrar_erase ON centurion.requests FOR DELETE TO centurion_registrar USING ((SELECT centurion.acts_as_admin()));
GRANT SELECT (rolname, "userId") ON centurion.logins TO centurion_writer;
CREATE POLICY centurion_writer_read ON centurion.logins FOR SELECT TO centurion_writer USING (true);
GRANT SELECT (id, "userId"), DELETE ON public.accounts TO centurion_writer;
GRANT SELECT (identifier), DELETE ON public.verification_tokens TO centurion_writer;
GRANT UPDATE ("googleEventId") ON public.appointments TO centurion_writer;
CREATE POLICY centurion_writer_read ON public.accounts FOR SELECT TO centurion_writer USING (true);
CREATE POLICY centurion_writer_erase ON public.accounts FOR DELETE TO centurion_writer USING ((SELECT centurion.acts_as_admin()));
CREATE POLICY centurion_writer_read ON public.verification_tokens FOR SELECT TO centurion_writer USING (true);
CREATE POLICY centurion_writer_erase ON public.verification_tokens FOR DELETE TO centurion_writer USING ((SELECT centurion.acts_as_admin()));
CREATE POLICY centurion_writer_erase ON centurion.reviews FOR DELETE TO centurion_writer USING ((SELECT centurion.acts_as_admin()));

-- Login and password. The role goes with them unless other things on the server hang on it; then it stays, closed.
CREATE FUNCTION centurion.forget_login(person integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    gone name;
BEGIN
    PERFORM centurion.require_admin();
    UPDATE public.users AS u SET password = NULL WHERE u.id = person;
    DELETE FROM centurion.logins AS l WHERE l."userId" = person RETURNING l.rolname INTO gone;
    IF gone IS NULL THEN
        RETURN;
    END IF;
    DELETE FROM centurion.requests AS r WHERE r.login = gone OR r.target = 'Login:' || gone;
    IF centurion.is_persons_role(gone) THEN
        PERFORM centurion.end_sessions(gone);
        BEGIN
            EXECUTE format('DROP ROLE %I', gone);
        EXCEPTION
            WHEN OTHERS THEN
                RAISE WARNING 'The role "%" could not be dropped: %', gone, SQLERRM USING HINT = format('It can do nothing any more. An administrator of the server: DROP ROLE %I', gone);
        END;
    END IF;
END
$$;

-- What the log says of these things, and wherever else it has the address or the name; words finds the name in a sentence. A login's name may be a person's.
CREATE FUNCTION centurion.forget_audit(person integer, request uuid, whose text[], email text, person_name text, words text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM centurion.require_admin();
    UPDATE public.audit_logs AS l
    SET metadata = jsonb_strip_nulls(jsonb_build_object('erased', true, 'via', l.metadata -> 'via', 'request', l.metadata -> 'request')),
        target = CASE WHEN l.target LIKE 'Login:%' AND l.target = ANY (whose) THEN 'Login:erased-' || person ELSE l.target END
    WHERE l.target = ANY (whose) OR l.metadata ->> 'request' = request::text
          OR strpos(lower(l.metadata::text), lower(email)) > 0
          OR strpos(l.metadata::text, to_json(person_name)::text) > 0 AND coalesce(l.target NOT LIKE 'User:%', true)
          OR l.target LIKE 'Insight:%' AND l.metadata::text ~ words;
END
$$;

-- Whoever has an issued invoice, or wrote notes and reviews about others, stays as a row without a name; everybody else is deleted for
-- good. email: theirs, typed by whoever asks, because nothing brings this back.
CREATE FUNCTION centurion.user_erase(request uuid, "user" integer, email text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    theirs record;
    whose  text[];
    kept   boolean;
    words  text;
BEGIN
    IF NOT centurion.change_begin(request, 'user_erase') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    SELECT u.name, u.email INTO theirs FROM public.users AS u WHERE u.id = "user";
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no person %', coalesce("user"::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    IF lower(btrim(email)) IS DISTINCT FROM lower(theirs.email) THEN
        RAISE EXCEPTION 'That is not the e-mail address of person %', "user" USING ERRCODE = 'invalid_parameter_value', HINT = 'Nothing was changed.';
    END IF;
    IF "user" = person."userId" THEN
        RAISE EXCEPTION 'Nobody erases themselves' USING ERRCODE = 'insufficient_privilege', HINT = 'Another administrator can do it.';
    END IF;
    PERFORM centurion.lock_standing("user", (SELECT u.xmin::text FROM public.users AS u WHERE u.id = "user"));
    SELECT u.name, u.email INTO theirs FROM public.users AS u WHERE u.id = "user";
    whose := ARRAY(SELECT centurion.person_targets("user"));
    kept := EXISTS (SELECT FROM public.invoices AS i WHERE i."userId" = "user" AND centurion.is_issued(i.id))
            OR EXISTS (SELECT FROM public.coach_notes AS n WHERE n."coachId" = "user" AND n."userId" <> "user")
            OR EXISTS (SELECT FROM centurion.reviews AS r WHERE r."coachId" = "user" AND r."clientId" <> "user");

    DELETE FROM public.verification_tokens AS t WHERE lower(t.identifier) = lower(theirs.email);
    -- An insight is made anew from what is there then.
    words := '\y' || regexp_replace(theirs.name, '([^[:alnum:][:space:]])', '\\\1', 'g') || '\y';
    DELETE FROM public.admin_insights AS i WHERE i.title ~ words OR i.description ~ words OR strpos(lower(concat(i.title, i.description)), lower(theirs.email)) > 0;
    IF kept THEN
        UPDATE public.users AS u
        SET name = 'Erased person ' || u.id, email = format('erased-%s@erased.invalid', u.id), image = NULL, "emailVerified" = false,
            "deletedAt" = coalesce(u."deletedAt", now() AT TIME ZONE 'UTC')
        WHERE u.id = "user";
        DELETE FROM public.accounts AS t WHERE t."userId" = "user";
        DELETE FROM public.sessions AS t WHERE t."userId" = "user";
        DELETE FROM public.entries AS t WHERE t."userId" = "user";
        DELETE FROM public.weekly_questionnaire_responses AS t WHERE t."userId" = "user";
        DELETE FROM public.healthkit_workouts AS t WHERE t."userId" = "user";
        DELETE FROM public.sleep_records AS t WHERE t."userId" = "user";
        DELETE FROM public.workouts AS t WHERE t."userId" = "user";
        DELETE FROM public.coach_notes AS t WHERE t."userId" = "user";
        DELETE FROM centurion.reviews AS t WHERE t."clientId" = "user";
        DELETE FROM centurion.member_frequencies AS t WHERE t."userId" = "user";
        DELETE FROM public.bootcamp_attendees AS t WHERE t."userId" = "user";
        DELETE FROM public.cohort_memberships AS t WHERE t."userId" = "user";
        DELETE FROM public.coach_cohort_memberships AS t WHERE t."coachId" = "user";
        -- What was invoiced is part of the invoice, without what was said about it.
        DELETE FROM public.appointments AS t WHERE t."userId" = "user" AND t."invoiceId" IS NULL;
        UPDATE public.appointments AS t SET notes = NULL, "googleEventId" = NULL WHERE t."userId" = "user";
        whose := ARRAY(SELECT w FROM unnest(whose) AS w WHERE w !~ '^(Invoice|Payment):');
        PERFORM centurion.forget_login("user");
    ELSE
        PERFORM centurion.forget_login("user");
        DELETE FROM public.users AS u WHERE u.id = "user";
    END IF;
    PERFORM centurion.forget_audit("user", request, whose, theirs.email, theirs.name, words);
    RETURN centurion.change_saved(request, 'User', "user"::text);
END
$$;

ALTER FUNCTION centurion.person_export(integer) OWNER TO centurion_gate;
ALTER FUNCTION centurion.user_erase(uuid, integer, text) OWNER TO centurion_writer;
ALTER FUNCTION centurion.forget_login(integer) OWNER TO centurion_registrar;
ALTER FUNCTION centurion.forget_audit(integer, uuid, text[], text, text, text) OWNER TO centurion_auditor;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
REVOKE ALL ON FUNCTION centurion.person_export(integer), centurion.user_erase(uuid, integer, text), centurion.forget_login(integer),
                       centurion.forget_audit(integer, uuid, text[], text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.person_export(integer) TO centurion_admin, centurion_coach, centurion_client;
GRANT EXECUTE ON FUNCTION centurion.user_erase(uuid, integer, text) TO centurion_admin;
GRANT EXECUTE ON FUNCTION centurion.forget_login(integer), centurion.forget_audit(integer, uuid, text[], text, text, text) TO centurion_writer;
GRANT EXECUTE ON FUNCTION centurion.is_issued(integer) TO centurion_writer, centurion_biller;
GRANT EXECUTE ON FUNCTION centurion.person_targets(integer) TO centurion_writer, centurion_gate;
GRANT EXECUTE ON FUNCTION centurion.require_admin(), centurion.require_actor() TO centurion_auditor;
