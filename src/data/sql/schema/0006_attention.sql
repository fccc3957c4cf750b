-- The attention score: 0 to 100, high means that somebody needs attention. It is never shown without its reasons, so the
-- reasons come first and the score is their sum.

-- Why somebody needs attention, from what is known about them on a day:
--   last_days   whole days since the last check-in, NULL if there never was one
--   checkins_7, checkins_14, needed_7   check-ins in the last 7 and 14 days, and the fewest in 7 that are no alarm
--   asked, answered   questionnaires of the last four weeks, and how many of them were completed
--   stress      values of the last 14 days, the latest first
-- A reason without points makes the band red whatever the score.
CREATE FUNCTION centurion.attention_reasons(last_days integer, checkins_7 integer, checkins_14 integer, needed_7 integer,
                                            asked integer, answered integer, stress double precision[])
    RETURNS TABLE (points integer, reason text, suggestion text) LANGUAGE sql IMMUTABLE ROWS 5 AS
$$
    WITH felt AS (
        SELECT (SELECT avg(v) FROM unnest(stress[1:3]) AS v) AS recent,
               CASE WHEN cardinality(stress) >= 5 THEN (SELECT avg(v) FROM unnest(stress[4:]) AS v) END AS earlier
    )
    SELECT why.points, why.reason, why.suggestion
    FROM felt
         CROSS JOIN LATERAL (
             SELECT 1 AS nth, CASE WHEN last_days IS NULL OR last_days >= 7 THEN 40 WHEN last_days >= 3 THEN 25
                                   WHEN checkins_14 < 7 THEN 20 END AS points,
                    CASE WHEN last_days IS NULL THEN 'Never checked in'
                         WHEN last_days >= 3 THEN format('No check-in for %s days', last_days)
                         ELSE format('%s check-in%s in 14 days', checkins_14, CASE WHEN checkins_14 <> 1 THEN 's' END) END AS reason,
                    CASE WHEN last_days IS NULL THEN 'help with the first check-in'
                         WHEN last_days >= 7 THEN 'call'
                         WHEN last_days >= 3 THEN 'send a reminder'
                         ELSE 'agree on a rhythm that fits' END AS suggestion
             UNION ALL
             SELECT 2, CASE WHEN asked = 0 THEN NULL WHEN answered < 0.3 * asked THEN 30 WHEN answered < 0.7 * asked THEN 15 END,
                    format('%s of %s questionnaire%s completed', answered, asked, CASE WHEN asked <> 1 THEN 's' END),
                    'remind of the questionnaire'
             UNION ALL
             SELECT 3, CASE WHEN recent >= 8 THEN 30 WHEN recent >= 6 THEN 20 END,
                    format('%s stress (%s)', CASE WHEN recent >= 8 THEN 'Very high' ELSE 'High' END, round(recent::numeric, 1)),
                    'schedule a wellness check-in'
             UNION ALL
             SELECT 4, CASE WHEN recent > earlier + 2 THEN 10 END,
                    format('Stress rising (%s to %s)', round(earlier::numeric, 1), round(recent::numeric, 1)),
                    'ask what changed'
         ) AS why
    WHERE why.points IS NOT NULL
    UNION ALL
    SELECT NULL, format('%s of at least %s check-in%s in 7 days', checkins_7, needed_7, CASE WHEN needed_7 <> 1 THEN 's' END),
           'agree on a rhythm that fits'
    WHERE checkins_7 < needed_7
$$;

CREATE FUNCTION centurion.attention_score(last_days integer, checkins_14 integer, asked integer, answered integer,
                                          stress double precision[]) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT least(100, coalesce(sum(r.points), 0))::integer
   FROM centurion.attention_reasons(last_days, 0, checkins_14, 0, asked, answered, stress) AS r $$;

CREATE FUNCTION centurion.band(score integer, too_few boolean, red integer, amber integer) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN too_few OR score >= red THEN 'red' WHEN score >= amber THEN 'amber' ELSE 'green' END $$;

-- The fewest check-ins in 7 days that are no alarm.
CREATE FUNCTION centurion.needed_checkins(amber_minimum integer, frequency integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT (amber_minimum * centurion.expected_checkins(7, frequency) + 6) / 7 $$;

-- What the score of each of these members is made of on a day, with the score and its band. Who may be asked about is the
-- caller's business; members who are paused everywhere have no score and are not to be asked about.
CREATE FUNCTION centurion.attention(members integer[], as_of date)
    RETURNS TABLE (user_id integer, score integer, band text, frequency integer, last_days integer, checkins_7 integer,
                   checkins_14 integer, checkins_30 integer, needed_7 integer, asked integer, answered integer,
                   stress double precision[]) LANGUAGE sql STABLE ROWS 100 AS
$$
    WITH known AS (
        SELECT m.user_id, f.frequency, as_of - l.date AS last_days, n.checkins_7, n.checkins_14, n.checkins_30, n.stress, q.asked,
               q.answered
        FROM unnest(members) AS m (user_id)
             CROSS JOIN LATERAL (SELECT centurion.frequency(m.user_id) AS frequency) AS f
             CROSS JOIN LATERAL (
                 SELECT count(*) FILTER (WHERE e.date > as_of - 7)::integer AS checkins_7,
                        count(*) FILTER (WHERE e.date > as_of - 14)::integer AS checkins_14,
                        count(*)::integer AS checkins_30,
                        array_agg(e."perceivedStress"::double precision ORDER BY e.date DESC)
                            FILTER (WHERE e.date > as_of - 14 AND e."perceivedStress" IS NOT NULL) AS stress
                 FROM public.entries AS e
                 WHERE e."userId" = m.user_id AND e.date > as_of - 30 AND e.date <= as_of
             ) AS n
             LEFT JOIN LATERAL (
                 SELECT e.date FROM public.entries AS e
                 WHERE e."userId" = m.user_id AND e.date <= as_of ORDER BY e.date DESC LIMIT 1
             ) AS l ON true
             CROSS JOIN LATERAL (
                 SELECT count(*)::integer AS asked, count(*) FILTER (WHERE r.status = 'COMPLETED')::integer AS answered
                 FROM public.cohort_memberships AS cm
                      JOIN public.cohorts AS c ON c.id = cm."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                      JOIN public.questionnaire_bundles AS b
                          ON b."cohortId" = c.id AND b."isActive"
                             AND b."weekNumber" BETWEEN greatest(1, centurion.cohort_week(as_of, c."startDate"::date) - 3)
                                                    AND centurion.cohort_week(as_of, c."startDate"::date)
                      LEFT JOIN public.weekly_questionnaire_responses AS r ON r."bundleId" = b.id AND r."userId" = cm."userId"
                 WHERE cm."userId" = m.user_id AND cm.status = 'ACTIVE'
             ) AS q
    )
    SELECT k.user_id, s.score, centurion.band(s.score, k.checkins_7 < n.needed_7, set.attention_red, set.attention_amber),
           k.frequency, k.last_days, k.checkins_7, k.checkins_14, k.checkins_30, n.needed_7, k.asked, k.answered, k.stress
    FROM centurion.settings AS set
         CROSS JOIN known AS k
         CROSS JOIN LATERAL (SELECT centurion.needed_checkins(set.adherence_amber_minimum, k.frequency) AS needed_7) AS n
         CROSS JOIN LATERAL (SELECT centurion.attention_score(k.last_days, k.checkins_14, k.asked, k.answered, k.stress) AS score
                             OFFSET 0) AS s
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    centurion.attention_reasons(integer, integer, integer, integer, integer, integer, double precision[]),
    centurion.attention_score(integer, integer, integer, integer, double precision[]),
    centurion.band(integer, boolean, integer, integer), centurion.needed_checkins(integer, integer),
    centurion.attention(integer[], date) TO centurion_gate;
