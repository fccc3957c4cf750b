-- The attention score: 0 to 100, high means that somebody needs attention. It is never shown without its reasons, so the
-- reasons come first and the score is their sum.

-- Each part's points. They are single expressions, so that the planner puts them where they are called.

-- Check-ins: whole days since the last one (NULL: there never was one), else how many there were in 14 days.
CREATE FUNCTION centurion.checkin_points(last_days integer, checkins_14 integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN last_days IS NULL OR last_days >= 7 THEN 40 WHEN last_days >= 3 THEN 25 WHEN checkins_14 < 7 THEN 20 ELSE 0 END $$;

-- Questionnaires of the last four weeks: asked, and completed of those.
CREATE FUNCTION centurion.questionnaire_points(asked integer, completed integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN asked = 0 THEN 0 WHEN completed < 0.3 * asked THEN 30 WHEN completed < 0.7 * asked THEN 15 ELSE 0 END $$;

-- Stress: its mean now, and how much that is above the mean before (NULL where there are too few values).
CREATE FUNCTION centurion.stress_points(recent double precision) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN recent >= 8 THEN 30 WHEN recent >= 6 THEN 20 ELSE 0 END $$;

CREATE FUNCTION centurion.stress_rise_points(recent double precision, earlier double precision) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN recent > earlier + 2 THEN 10 ELSE 0 END $$;

-- Of stress values, the latest first: the mean of the latest three, and of the older ones where there are five or more.
CREATE FUNCTION centurion.stress_means(stress double precision[]) RETURNS TABLE (recent double precision, earlier double precision)
    LANGUAGE sql IMMUTABLE ROWS 1 AS
$$
    SELECT avg(s.value) FILTER (WHERE s.nth <= 3), avg(s.value) FILTER (WHERE s.nth > 3 AND cardinality(stress) >= 5)
    FROM unnest(stress) WITH ORDINALITY AS s (value, nth)
$$;

-- Why somebody needs attention, in words, with what to do about it. A reason without points makes the band red whatever the
-- score: fewer check-ins in 7 days than are needed to be no alarm.
CREATE FUNCTION centurion.attention_reasons(last_days integer, checkins_7 integer, checkins_14 integer, needed_7 integer,
                                            asked integer, completed integer, recent double precision, earlier double precision)
    RETURNS TABLE (points integer, reason text, suggestion text) LANGUAGE sql IMMUTABLE ROWS 5 AS
$$
    SELECT why.points, why.reason, why.suggestion
    FROM (VALUES
        (1, centurion.checkin_points(last_days, checkins_14),
         CASE WHEN last_days IS NULL THEN 'Never checked in'
              WHEN last_days >= 3 THEN format('No check-in for %s days', last_days)
              ELSE format('%s check-in%s in 14 days', checkins_14, CASE WHEN checkins_14 <> 1 THEN 's' END) END,
         CASE WHEN last_days IS NULL THEN 'help with the first check-in'
              WHEN last_days >= 7 THEN 'call'
              WHEN last_days >= 3 THEN 'send a reminder'
              ELSE 'agree on a rhythm that fits' END),
        (2, centurion.questionnaire_points(asked, completed),
         format('%s of %s questionnaire%s completed', completed, asked, CASE WHEN asked <> 1 THEN 's' END),
         'remind of the questionnaire'),
        (3, centurion.stress_points(recent),
         format('%s stress (%s)', CASE WHEN recent >= 8 THEN 'Very high' ELSE 'High' END, round(recent::numeric, 1)),
         'schedule a wellness check-in'),
        (4, centurion.stress_rise_points(recent, earlier),
         format('Stress rising (%s to %s)', round(earlier::numeric, 1), round(recent::numeric, 1)),
         'ask what changed'),
        (5, CASE WHEN checkins_7 < needed_7 THEN NULL ELSE 0 END,
         format('%s of at least %s check-in%s in 7 days', checkins_7, needed_7, CASE WHEN needed_7 <> 1 THEN 's' END),
         'agree on a rhythm that fits')
    ) AS why (nth, points, reason, suggestion)
    WHERE why.points IS DISTINCT FROM 0
    ORDER BY why.nth
$$;

-- The score: their sum, capped.
CREATE FUNCTION centurion.attention_score(last_days integer, checkins_14 integer, asked integer, completed integer,
                                          recent double precision, earlier double precision) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT least(100, centurion.checkin_points(last_days, checkins_14) + centurion.questionnaire_points(asked, completed)
                     + centurion.stress_points(recent) + centurion.stress_rise_points(recent, earlier)) $$;

CREATE FUNCTION centurion.band(score integer, too_few boolean, red integer, amber integer) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN too_few OR score >= red THEN 'red' WHEN score >= amber THEN 'amber' ELSE 'green' END $$;

-- The fewest check-ins in 7 days that are no alarm.
CREATE FUNCTION centurion.needed_checkins(amber_minimum integer, frequency integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT (amber_minimum * centurion.expected_checkins(7, frequency) + 6) / 7 $$;

-- What the score of each of these members is made of on a day, with the score and its band. Who may be asked about is the
-- caller's business; members who are paused everywhere have no score and are not to be asked about. In PL/pgSQL, so that all
-- screens share one plan.
CREATE FUNCTION centurion.attention(members integer[], as_of date)
    RETURNS TABLE (user_id integer, score integer, band text, frequency integer, last_days integer, checkins_7 integer,
                   checkins_14 integer, checkins_30 integer, needed_7 integer, asked integer, completed integer,
                   recent double precision, earlier double precision)
    LANGUAGE plpgsql STABLE ROWS 100 SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.user_id, p.score, centurion.band(p.score, n.checkins_7 < d.needed_7, s.attention_red, s.attention_amber),
           f.days, l.days, n.checkins_7, n.checkins_14, n.checkins_30, d.needed_7, q.asked, q.completed, t.recent, t.earlier
    FROM centurion.settings AS s
         CROSS JOIN unnest(members) AS m (user_id)
         CROSS JOIN LATERAL centurion.frequency(m.user_id) AS f
         CROSS JOIN LATERAL (
             SELECT count(*) FILTER (WHERE e.date > as_of - 7)::integer AS checkins_7,
                    count(*) FILTER (WHERE e.date > as_of - 14)::integer AS checkins_14,
                    count(*)::integer AS checkins_30,
                    array_agg(e."perceivedStress"::double precision ORDER BY e.date DESC)
                        FILTER (WHERE e.date > as_of - 14 AND e."perceivedStress" IS NOT NULL) AS stress
             FROM public.entries AS e
             WHERE e."userId" = m.user_id AND e.date > as_of - 30 AND e.date <= as_of
         ) AS n
         CROSS JOIN LATERAL centurion.stress_means(n.stress) AS t
         CROSS JOIN LATERAL (SELECT as_of - max(e.date) AS days FROM public.entries AS e
                             WHERE e."userId" = m.user_id AND e.date <= as_of) AS l
         CROSS JOIN LATERAL (
             SELECT count(*)::integer AS asked, count(*) FILTER (WHERE r.status = 'COMPLETED')::integer AS completed
             FROM public.cohort_memberships AS cm
                  JOIN public.cohorts AS c ON c.id = cm."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                  JOIN public.questionnaire_bundles AS b
                      ON b."cohortId" = c.id AND b."isActive"
                         AND b."weekNumber" BETWEEN greatest(1, centurion.cohort_week(as_of, c."startDate"::date) - 3)
                                                AND centurion.cohort_week(as_of, c."startDate"::date)
                  LEFT JOIN public.weekly_questionnaire_responses AS r ON r."bundleId" = b.id AND r."userId" = cm."userId"
             WHERE cm."userId" = m.user_id AND cm.status = 'ACTIVE'
         ) AS q
         CROSS JOIN LATERAL (SELECT centurion.needed_checkins(s.adherence_amber_minimum, f.days) AS needed_7) AS d
         CROSS JOIN LATERAL (SELECT centurion.attention_score(l.days, n.checkins_14, q.asked, q.completed, t.recent, t.earlier)
                                    AS score) AS p;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    centurion.checkin_points(integer, integer), centurion.questionnaire_points(integer, integer),
    centurion.stress_points(double precision), centurion.stress_rise_points(double precision, double precision),
    centurion.stress_means(double precision[]),
    centurion.attention_reasons(integer, integer, integer, integer, integer, integer, double precision, double precision),
    centurion.attention_score(integer, integer, integer, integer, double precision, double precision),
    centurion.band(integer, boolean, integer, integer), centurion.needed_checkins(integer, integer),
    centurion.attention(integer[], date) TO centurion_gate;
