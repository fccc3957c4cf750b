-- The notes beside a review week (migration 9): those up to its end, and what was written later but filed under that week of a cohort, as
-- somebody does who catches up.
CREATE OR REPLACE FUNCTION centurion.review_notes(member integer, shown date)
    RETURNS TABLE (week integer, author text, written_at timestamp, notes text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    zone   text := (SELECT timezone FROM centurion.settings);
    monday date := centurion.week_monday(shown);
    until  timestamp := centurion.utc_time((monday + 7)::timestamp, zone);
    filed  integer[];
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    filed := ARRAY(SELECT centurion.cohort_week(monday + 6, c."startDate"::date)
                   FROM public.cohort_memberships AS m
                        JOIN public.cohorts AS c ON c.id = m."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                                                    AND c."startDate" < (monday + 7)::timestamp
                   WHERE m."userId" = member AND m.status <> 'INACTIVE');
    RETURN QUERY
    SELECT n."weekNumber", u.name, centurion.local_time(n."createdAt", zone), n.notes
    FROM public.coach_notes AS n JOIN public.users AS u ON u.id = n."coachId"
    WHERE n."userId" = member AND (n."createdAt" < until OR n."weekNumber" = ANY (filed))
    ORDER BY n."createdAt" DESC, n.id DESC
    LIMIT 5;
END
$$;
