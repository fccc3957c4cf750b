-- What the caller has marked of a week, for the screen that marks: beside the queue itself, which knows the status, the version that
-- the next mark of the same client has to bring. No row: never marked.
CREATE FUNCTION centurion.review_marks(week date) RETURNS TABLE (user_id integer, status text, version text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    whose  integer := centurion.require_coach(NULL);
    monday date := centurion.week_monday(week);
BEGIN
    RETURN QUERY
    SELECT r."clientId", r.status, r.xmin::text
    FROM centurion.reviews AS r
    WHERE r."coachId" = whose AND r.week = monday
          AND EXISTS (SELECT FROM centurion.my_clients AS c WHERE c."userId" = r."clientId");
END
$$;
ALTER FUNCTION centurion.review_marks(date) OWNER TO centurion_gate;
REVOKE ALL ON FUNCTION centurion.review_marks(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.review_marks(date) TO centurion_admin, centurion_coach;
