-- Notes as a screen of their own: the tags of each, what a search found in them, and several deleted at once.

-- As in migration 35, and beside the text its tags, and where words were searched for the text with each hit between the characters 2 and 3.
DROP FUNCTION centurion.note_search(text, text, integer, integer, integer, integer, integer);
CREATE FUNCTION centurion.note_search(words text, tag text, member integer, in_week integer, by_author integer, before integer, page integer)
    RETURNS TABLE (id integer, user_id integer, name text, author_id integer, author text, week integer, created timestamp, edited boolean, notes text,
                   tags text, hits text, mine boolean, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path = pg_catalog, pg_temp AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    zone   text := (SELECT timezone FROM centurion.settings);
    wanted tsquery := centurion.note_query(words);
    signs  text := format('HighlightAll=true, StartSel=%s, StopSel=%s', chr(2), chr(3));
    ids    integer[] := ARRAY(SELECT f FROM centurion.notes_found(person, words, tag, member, in_week, by_author, before, least(page, 1000)) AS f);
BEGIN
    RETURN QUERY
    SELECT n.id, n."userId", u.name, n."coachId", coalesce(c.name, ''), n."weekNumber", centurion.local_time(n."createdAt", zone),
           n."updatedAt" > n."createdAt" + interval '1 second', n.notes,
           CASE WHEN position('#' IN n.notes) > 0 THEN (SELECT string_agg(t, ' ' ORDER BY t) FROM centurion.note_tags_of(n.notes) AS t) END,
           CASE WHEN wanted IS NOT NULL THEN ts_headline('simple', translate(n.notes, chr(2) || chr(3), ''), wanted, signs) END,
           person.role = 'ADMIN' OR n."coachId" = person."userId", n.xmin::text
    FROM public.coach_notes AS n JOIN public.users AS u ON u.id = n."userId" LEFT JOIN public.users AS c ON c.id = n."coachId"
    WHERE n.id = ANY (ids)
    ORDER BY n.id DESC;
END
$$;

-- Notes that the person may change, all of them or none; versions: of each, as it was seen.
CREATE FUNCTION centurion.notes_delete(request uuid, notes integer[], versions text[]) RETURNS SETOF centurion.change
    LANGUAGE plpgsql SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_staff();
    wanted integer[];
    locked integer[];
    other  integer;
BEGIN
    PERFORM centurion.require_list(notes);
    wanted := ARRAY(SELECT DISTINCT w.id FROM unnest(notes) AS w (id) ORDER BY w.id);
    IF NOT centurion.change_begin(request, 'notes_delete') THEN
        RETURN QUERY SELECT * FROM centurion.changes_repeated(request);
        RETURN;
    END IF;
    locked := ARRAY(SELECT n.id FROM public.coach_notes AS n JOIN public.users AS u ON u.id = n."userId" AND u."deletedAt" IS NULL
                    WHERE n.id = ANY (wanted) ORDER BY n.id FOR UPDATE OF n);
    SELECT min(w.id) INTO other FROM unnest(wanted) AS w (id) WHERE w.id <> ALL (locked);
    IF other IS NOT NULL THEN
        PERFORM centurion.lock_note(person, other); -- says why not
    END IF;
    SELECT min(n.id) INTO other FROM unnest(notes, versions) AS w (id, version) JOIN public.coach_notes AS n ON n.id = w.id
    WHERE n.xmin::text IS DISTINCT FROM w.version;
    IF other IS NOT NULL THEN
        RETURN NEXT centurion.change_conflict(request, 'Note', other::text);
        RETURN;
    END IF;
    DELETE FROM public.coach_notes AS n WHERE n.id = ANY (wanted);
    RETURN QUERY SELECT * FROM centurion.changes_saved(request, 'Note', wanted);
END
$$;

ALTER FUNCTION centurion.note_search(text, text, integer, integer, integer, integer, integer) OWNER TO centurion_gate;
ALTER FUNCTION centurion.notes_delete(uuid, integer[], text[]) OWNER TO centurion_writer;
REVOKE ALL ON FUNCTION centurion.note_search(text, text, integer, integer, integer, integer, integer), centurion.notes_delete(uuid, integer[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.note_search(text, text, integer, integer, integer, integer, integer), centurion.notes_delete(uuid, integer[], text[])
    TO centurion_admin, centurion_coach;
