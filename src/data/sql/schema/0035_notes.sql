-- Notes in lists: searched, counted by their tags, and what goes into a new one. For admins everybody's, for coaches those about own clients,
-- whoever wrote them. And the log's rows about reading: whose record was opened, whose data left the house.

-- What is looked for: words, "phrases", beginnings as begin*, -without and a | between alternatives. NULL where nothing is asked for.
CREATE FUNCTION centurion.note_query(words text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    found   tsquery;
    every   tsquery;
    part    tsquery;
    token   text[];
BEGIN
    FOR token IN SELECT regexp_matches(words, '(\|)|(-?)(?:"([^"]*)"|([^\s|"]+))', 'g')
    LOOP
        IF token[1] IS NOT NULL THEN
            found := CASE WHEN found IS NULL THEN every WHEN every IS NULL THEN found ELSE found || every END;
            every := NULL;
            CONTINUE;
        END IF;
        IF token[4] LIKE '%_*' THEN
            part := to_tsquery('simple', '''' || translate(rtrim(token[4], '*'), '''\', '  ') || ''':*');
        ELSE
            part := phraseto_tsquery('simple', coalesce(token[3], token[4]));
        END IF;
        CONTINUE WHEN numnode(part) = 0;
        part := CASE WHEN token[2] = '-' THEN !! part ELSE part END;
        every := CASE WHEN every IS NULL THEN part ELSE every && part END;
    END LOOP;
    RETURN CASE WHEN found IS NULL THEN every WHEN every IS NULL THEN found ELSE found || every END;
END
$$;

-- The tags of a text, each once, in small letters and without their sign.
CREATE FUNCTION centurion.note_tags_of(text text) RETURNS SETOF text LANGUAGE sql IMMUTABLE ROWS 3 AS
$$ SELECT DISTINCT lower(t.found[1]) FROM regexp_matches($1, '(?:^|[^[:alnum:]_#&])#([[:alnum:]_][[:alnum:]_-]*)', 'g') AS t (found) $$;

-- The numbers of the notes that are meant, the newest first, before one of them (NULL: from the newest). Conditions that are not asked for are
-- not in the statement, so that each way has the plan that is good for it.
CREATE FUNCTION centurion.notes_found(person centurion.me, words text, tag text, member integer, week integer, author integer, before integer, page integer)
    RETURNS SETOF integer LANGUAGE plpgsql STABLE ROWS 100 SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    coach  integer := CASE WHEN person.role = 'COACH' THEN person."userId" END;
    wanted tsquery := centurion.note_query(words);
    own    integer[];
BEGIN
    IF words ~ '\S' AND wanted IS NULL THEN -- signs only, which no note holds as a word
        RETURN;
    END IF;
    IF coach IS NOT NULL AND NOT centurion.has_many_clients(coach) THEN
        own := ARRAY(SELECT DISTINCT c.user_id FROM centurion.clients_of(coach) AS c);
    END IF;
    RETURN QUERY EXECUTE concat_ws(' AND ',
        'SELECT n.id FROM public.coach_notes AS n JOIN public.users AS u ON u.id = n."userId" AND u."deletedAt" IS NULL WHERE true',
        CASE WHEN own IS NOT NULL THEN 'n."userId" = ANY ($1)'
             WHEN person.role = 'COACH' THEN 'EXISTS (SELECT FROM centurion.client_of(n."userId", $2))'
             WHEN person.role <> 'ADMIN' THEN 'false' END,
        CASE WHEN wanted IS NOT NULL THEN 'to_tsvector(''simple''::regconfig, n.notes) @@ $3' END,
        CASE WHEN tag <> '' THEN 'to_tsvector(''simple''::regconfig, n.notes) @@ phraseto_tsquery(''simple'', $4) AND lower($4) IN (SELECT centurion.note_tags_of(n.notes))' END,
        CASE WHEN member IS NOT NULL THEN 'n."userId" = $5' END,
        CASE WHEN week IS NOT NULL THEN 'n."weekNumber" = $6' END,
        CASE WHEN author IS NOT NULL THEN 'n."coachId" = $7' END,
        CASE WHEN before IS NOT NULL THEN 'n.id < $8' END) || ' ORDER BY n.id DESC LIMIT $9'
        USING own, coach, wanted, tag, member, week, author, before, page;
END
$$;

CREATE FUNCTION centurion.note_search(words text, tag text, member integer, in_week integer, by_author integer, before integer, page integer)
    RETURNS TABLE (id integer, user_id integer, name text, author_id integer, author text, week integer, created timestamp, edited boolean, notes text,
                   mine boolean, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path = pg_catalog, pg_temp AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    zone   text := (SELECT timezone FROM centurion.settings);
    ids    integer[] := ARRAY(SELECT f FROM centurion.notes_found(person, words, tag, member, in_week, by_author, before, least(page, 1000)) AS f);
BEGIN
    RETURN QUERY
    SELECT n.id, n."userId", u.name, n."coachId", coalesce(c.name, ''), n."weekNumber", centurion.local_time(n."createdAt", zone),
           n."updatedAt" > n."createdAt" + interval '1 second', n.notes, person.role = 'ADMIN' OR n."coachId" = person."userId", n.xmin::text
    FROM public.coach_notes AS n JOIN public.users AS u ON u.id = n."userId" LEFT JOIN public.users AS c ON c.id = n."coachId"
    WHERE n.id = ANY (ids)
    ORDER BY n.id DESC;
END
$$;

-- How often each tag is in the newest 2,000 of the notes that are meant.
CREATE FUNCTION centurion.note_tags(words text, member integer, in_week integer, by_author integer) RETURNS TABLE (tag text, notes integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
    SET search_path = pg_catalog, pg_temp AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    ids    integer[] := ARRAY(SELECT f FROM centurion.notes_found(person, words, NULL, member, in_week, by_author, NULL, 2000) AS f);
BEGIN
    RETURN QUERY
    SELECT t.tag, count(*)::integer
    FROM public.coach_notes AS n CROSS JOIN LATERAL centurion.note_tags_of(n.notes) AS t (tag)
    WHERE n.id = ANY (ids)
    GROUP BY t.tag
    ORDER BY count(*) DESC, t.tag
    LIMIT 100;
END
$$;

-- What a note about a member can say of them on a day (NULL: today). cohort and week are those of the newest cohort that is under way and that
-- the caller may see; in none, the week is 1. rate: check-ins of the last 7 days, in percent.
CREATE FUNCTION centurion.note_context(member integer, day date)
    RETURNS TABLE (name text, cohort text, week integer, weight double precision, rate integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    as_of  date := least(coalesce(day, centurion.today()), centurion.today());
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT u.name, coalesce(c.name, ''), greatest(coalesce(centurion.cohort_week(as_of, c.start), 1), 1),
           (SELECT e.weight FROM public.entries AS e WHERE e."userId" = u.id AND e.date <= as_of AND e.weight IS NOT NULL ORDER BY e.date DESC LIMIT 1),
           centurion.adherence(a.checkins_7, 7, a.frequency)
    FROM public.users AS u
         JOIN centurion.attention(ARRAY[member], as_of) AS a ON a.user_id = u.id
         LEFT JOIN LATERAL (
             SELECT c.name, c."startDate"::date AS start
             FROM public.cohort_memberships AS m JOIN public.cohorts AS c ON c.id = m."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
             WHERE m."userId" = u.id AND m.status <> 'INACTIVE'
                   AND (person.role = 'ADMIN' OR EXISTS (SELECT FROM centurion.my_cohorts AS k WHERE k."cohortId" = c.id))
             ORDER BY c."startDate"::date > as_of, c."startDate" DESC, c.id LIMIT 1
         ) AS c ON true
    WHERE u.id = member;
END
$$;

-- ---- Reading that the log knows of ----

-- Where nothing can be written nothing is: a standby and a session that only reads still read.
CREATE FUNCTION centurion.log_reading(person integer, what text, member integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF current_setting('transaction_read_only')::boolean THEN
        RETURN false;
    END IF;
    INSERT INTO public.audit_logs ("userId", action, target, metadata, "createdAt")
    VALUES (person, what, 'User:' || member, jsonb_build_object('via', centurion.audit_via(person)), now() AT TIME ZONE 'UTC');
    RETURN true;
END
$$;
ALTER FUNCTION centurion.log_reading(integer, text, integer) OWNER TO centurion_auditor;

-- A record was opened (READ_CLIENT), or its copy made (EXPORT_CLIENT). Whether that is in the log now.
CREATE FUNCTION centurion.member_read(member integer, what text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person centurion.me := centurion.require_me();
BEGIN
    IF NOT coalesce(what IN ('READ_CLIENT', 'EXPORT_CLIENT'), false) THEN
        RAISE EXCEPTION 'what is read is READ_CLIENT or EXPORT_CLIENT, not %', coalesce(what, 'nothing') USING ERRCODE = 'invalid_parameter_value';
    ELSIF what = 'EXPORT_CLIENT' AND person.role <> 'ADMIN' THEN
        RAISE EXCEPTION 'for administrators only' USING ERRCODE = 'insufficient_privilege';
    ELSIF NOT centurion.may_see_member(member) THEN
        RAISE EXCEPTION 'There is no member %', coalesce(member::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    RETURN centurion.log_reading(person."userId", what, member);
END
$$;

-- The start page tells of changes, not of who looked at whom.
CREATE OR REPLACE FUNCTION centurion.admin_changes(page integer)
    RETURNS TABLE (id integer, at timestamp, actor text, action text, target text, detail text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    zone   text := (SELECT timezone FROM centurion.settings);
BEGIN
    RETURN QUERY
    SELECT l.id, centurion.local_time(l."createdAt", zone), u.name, l.action, l.target, coalesce(centurion.change_words(l.metadata), '')
    FROM public.audit_logs AS l LEFT JOIN public.users AS u ON u.id = l."userId"
    WHERE l.action <> 'READ_CLIENT'
    ORDER BY l."createdAt" DESC, l.id DESC
    LIMIT least(page, 1000);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.log_reading(integer, text, integer), centurion.note_query(text), centurion.note_tags_of(text),
                          centurion.notes_found(centurion.me, text, text, integer, integer, integer, integer, integer)
    TO centurion_gate;
DO $$
DECLARE
    gate text;
BEGIN
    FOREACH gate IN ARRAY ARRAY['note_search(text, text, integer, integer, integer, integer, integer)', 'note_tags(text, integer, integer, integer)',
                                'note_context(integer, date)', 'member_read(integer, text)']
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_gate', gate);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', gate);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_admin, centurion_coach', gate);
    END LOOP;
    REVOKE ALL ON FUNCTION centurion.log_reading(integer, text, integer) FROM PUBLIC;
END
$$;
