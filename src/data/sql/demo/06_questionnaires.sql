-- step: asking how the week was
-- Weekly questionnaires: the same eight questions every week, as SurveyJS describes them, and what members answered.

CREATE TEMP TABLE bundle (id integer PRIMARY KEY, cohort integer, week integer, opens date, active boolean);

INSERT INTO bundle
SELECT row_number() OVER (ORDER BY c.id, week), c.id, week, c.start + 7 * (week - 1),
       c.status = 'ACTIVE' AND (c.id <> 2 OR week > present - 6)
FROM demo, cohort AS c,
     LATERAL (SELECT (monday + 6 - c.start) / 7 + 1 AS present) AS p,
     LATERAL (SELECT generate_series(1, 6) AS week WHERE c.id IN (1, 3, 4, 5, 6, 7)
              UNION
              SELECT unnest(ARRAY[present - 11, present - 7, present - 5, present - 3, present - 1]) WHERE c.id = 2
              UNION
              SELECT unnest(ARRAY[present - 2, present]) WHERE c.id = 3
              UNION
              SELECT generate_series(present - 3, present) WHERE c.id > 8) AS w
ORDER BY c.id, week;

INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions, "isActive", "createdAt", "updatedAt")
SELECT b.id, cohort, week, jsonb_build_object('title', 'Week ' || week) || template, active, made, made
FROM demo, bundle AS b,
     LATERAL (SELECT pg_temp.between_hours(least(opens - 10, today - 1), 9, 17, 71, b.id) AS made) AS moment,
     (SELECT $json$ {
         "description": "Ten minutes, best on Saturday or Sunday.",
         "pages": [{"name": "week", "elements": [
             {"type": "html", "name": "intro", "html": "<p>Look back on your week. Short answers are fine.</p>"},
             {"type": "comment", "name": "wins", "title": "What went well this week?", "isRequired": true},
             {"type": "comment", "name": "challenges", "title": "What was hard?", "isRequired": true},
             {"type": "text", "name": "days_trained", "title": "How many days did you train?",
              "inputType": "number", "min": 0, "max": 7, "isRequired": true},
             {"type": "text", "name": "days_hit_steps", "title": "On how many days did you hit your step target?",
              "inputType": "number", "min": 0, "max": 7, "isRequired": true},
             {"type": "text", "name": "days_on_calories", "title": "On how many days were you within 200 kcal of your target?",
              "inputType": "number", "min": 0, "max": 7, "isRequired": true},
             {"type": "comment", "name": "nutrition_help", "title": "Where would help with food be welcome?"},
             {"type": "rating", "name": "energy", "title": "Your energy this week",
              "rateMin": 1, "rateMax": 10, "minRateDescription": "flat", "maxRateDescription": "full"},
             {"type": "radiogroup", "name": "next_focus", "title": "What comes first next week?",
              "choices": ["Training", "Steps", "Food", "Sleep", {"value": "Recovery", "text": "Rest and recovery"}]}
         ]}]} $json$::jsonb AS template) AS t
ORDER BY b.id;

-- Past weeks: completed, left half done or ignored, as the style has it. The open week fills up towards its end.
WITH asked AS (
    SELECT p.id AS client, b.id AS bundle, b.week, b.opens, b.cohort, p.style, s.keen, s.answers,
           s.stress + s.rising / 2 AS stress,
           least(today - b.opens, 6) AS days, b.opens + 6 < today AS past,
           pg_temp.chance(72, p.id, b.id) AS luck
    FROM demo, bundle AS b
         JOIN membership AS m ON m.cohort = b.cohort AND m.joined <= b.opens + 2
         JOIN person AS p ON p.id = m.client
         JOIN style AS s ON s.name = p.style
    WHERE b.opens <= today AND (m.departed IS NULL OR m.departed >= b.opens + 6) AND (b.cohort IN (p.cohort, 6) OR b.active)
          AND (m.status <> 'PAUSED' OR b.opens < today - 20)
), judged AS (
    SELECT *,
           CASE WHEN client = 9 THEN CASE WHEN past OR cohort = 2 THEN 8 ELSE 4 END
                WHEN client = 12 THEN CASE WHEN NOT past THEN 0 WHEN week = 2 THEN 4 ELSE 8 END
                WHEN luck < answers * CASE WHEN past THEN 1
                                           ELSE (ARRAY[0.1, 0.25, 0.35, 0.45, 0.6, 0.8, 0.95])[days + 1] END THEN 8
                WHEN luck < answers + (1 - answers) * 0.4 AND answers > 0 AND (past OR luck > 0.6)
                THEN 2 + floor(5 * pg_temp.chance(73, client, bundle))::integer
                ELSE 0 END AS answered
    FROM asked
)
INSERT INTO public.weekly_questionnaire_responses (id, "userId", "bundleId", "weekNumber", responses, status,
                                                   "createdAt", "updatedAt")
SELECT row_number() OVER (ORDER BY bundle, client), client, bundle, week,
       jsonb_build_object(
           'wins', pg_temp.pick(win_list, 74, client, bundle),
           'challenges', pg_temp.pick(challenge_list, 75, client, bundle),
           'days_trained', least(7, floor(keen * (1.5 + 3.5 * pg_temp.chance(76, client, bundle)))),
           'days_hit_steps', least(7, floor(keen * (2 + 6 * pg_temp.chance(77, client, bundle)))),
           'days_on_calories', least(7, floor(keen * (2 + 5.5 * pg_temp.chance(78, client, bundle)))),
           'nutrition_help', pg_temp.pick(nutrition_list, 79, client, bundle),
           'energy', greatest(1, least(10, round(10.5 - 0.9 * stress + 1.2 * pg_temp.bell(80, client, bundle)))),
           'next_focus', pg_temp.pick(focus_list, 81, client, bundle))
       - (ARRAY['wins', 'challenges', 'days_trained', 'days_hit_steps', 'days_on_calories', 'nutrition_help', 'energy',
                'next_focus'])[answered + 1 : 8],
       CASE WHEN answered = 8 THEN 'COMPLETED' ELSE 'IN_PROGRESS' END::public."ResponseStatus",
       begun, begun + make_interval(secs => 60 + 70 * answered)
FROM demo, judged,
     LATERAL (SELECT CASE WHEN past THEN opens + 3 + floor(4 * pg_temp.chance(82, client, bundle))::integer
                          WHEN days = 0 THEN opens
                          ELSE today - 1 - floor(least(days, 3) * pg_temp.chance(82, client, bundle))::integer END AS day
             ) AS d,
     LATERAL (SELECT pg_temp.between_hours(day, CASE WHEN day = today THEN 0 ELSE 6.5 END,
                                           CASE WHEN day = today THEN 0.3 ELSE 21.5 END, 83, client, bundle) AS begun) AS moment,
     (SELECT max(list) FILTER (WHERE kind = 'wins') AS win_list,
             max(list) FILTER (WHERE kind = 'challenges') AS challenge_list,
             max(list) FILTER (WHERE kind = 'nutrition_help') AS nutrition_list,
             max(list) FILTER (WHERE kind = 'next_focus') AS focus_list FROM words) AS said
WHERE answered > 0
ORDER BY bundle, client;
