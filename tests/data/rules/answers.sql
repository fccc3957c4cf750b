-- What is wrong with questionnaires, answers, prompts and the rows of health data, in words: nothing where nothing is expected.
CREATE TEMP TABLE result ("case" text, expected text, actual text);

INSERT INTO result
SELECT 'questions: ' || v.name, coalesce(v.expected, ''), centurion.questions_fault(v.questions::jsonb)
FROM (VALUES
    ('pages', NULL, '{"pages": [{"elements": [{"type": "comment", "name": "a"}]}]}'),
    ('elements without pages', NULL, '{"elements": [{"type": "comment", "name": "a"}]}'),
    ('an empty page', NULL, '{"pages": [{"name": "p"}]}'),
    ('kinds that are not known', NULL, '{"elements": [{"type": "matrix", "name": "a", "columns": ["x"], "rows": ["y"]}, {"type": "file", "name": "b"}]}'),
    ('what is shown wants no name', NULL, '{"elements": [{"type": "html", "html": "x"}, {"type": "panel", "elements": [{"type": "comment", "name": "a"}]}]}'),
    ('choices of all kinds', NULL, '{"elements": [{"type": "dropdown", "name": "a", "choices": ["x", 2, true, {"value": "y", "text": "Y"}]}]}'),
    ('a number at one value', NULL, '{"elements": [{"type": "text", "name": "a", "inputType": "number", "min": 3, "max": 3}]}'),
    ('nothing', 'questions are a JSON object with pages or elements, as SurveyJS has them', NULL),
    ('JSON''s null', 'questions are a JSON object with pages or elements, as SurveyJS has them', 'null'),
    ('a list', 'questions are a JSON object with pages or elements, as SurveyJS has them', '[]'),
    ('neither pages nor elements', 'questions are a JSON object with pages or elements, as SurveyJS has them', '{"title": "x"}'),
    ('pages that are none', 'pages and elements are lists of JSON objects', '{"pages": {}}'),
    ('a page that is none', 'pages and elements are lists of JSON objects', '{"pages": ["x"]}'),
    ('elements that are none', 'pages and elements are lists of JSON objects', '{"pages": [{"elements": "x"}]}'),
    ('an element that is none', 'pages and elements are lists of JSON objects', '{"pages": [{"elements": ["x"]}]}'),
    ('an element in a panel that is none', 'pages and elements are lists of JSON objects', '{"elements": [{"type": "panel", "elements": [1]}]}'),
    ('no type', '1 element without a type or a name', '{"elements": [{"name": "a"}]}'),
    ('no names', '2 elements without a type or a name', '{"elements": [{"type": "comment"}, {"type": "comment", "name": " "}]}'),
    ('a name twice, over pages and panels', 'the name "a" is there twice',
     '{"pages": [{"elements": [{"type": "comment", "name": "a"}]}, {"elements": [{"type": "panel", "elements": [{"type": "matrix", "name": "a"}]}]}]}'),
    ('no choices', 'a: choices are a list of texts, or of {value, text}', '{"elements": [{"type": "radiogroup", "name": "a"}]}'),
    ('a choice without a value', 'a: choices are a list of texts, or of {value, text}', '{"elements": [{"type": "checkbox", "name": "a", "choices": ["x", {"text": "y"}]}]}'),
    ('least above most', 'a: the least is above the most', '{"elements": [{"type": "text", "name": "a", "inputType": "number", "min": 4, "max": 3}]}'),
    ('a rating of one step', 'a: the least is above the most', '{"elements": [{"type": "rating", "name": "a", "rateMin": 3, "rateMax": 3}]}')
) AS v (name, expected, questions);

INSERT INTO result
SELECT 'answer: ' || v.name, v.expected, centurion.answer_fault(v.question::jsonb, v.answer::jsonb)
FROM (VALUES
    ('none', NULL, '{"type": "comment"}', NULL),
    ('a comment', NULL, '{"type": "comment"}', '"x"'),
    ('a comment that is a number', 'is a text', '{"type": "comment"}', '1'),
    ('as long as it may be', NULL, '{"type": "text", "maxLength": 3}', '"äöü"'),
    ('too long', 'has at most 3 characters, not 4', '{"type": "text", "maxLength": 3}', '"abcd"'),
    ('no length given', NULL, '{"type": "text", "maxLength": -1}', '"abcd"'),
    ('a date is a text', NULL, '{"type": "text", "inputType": "date"}', '"2026-01-05"'),
    ('least', NULL, '{"type": "text", "inputType": "number", "min": 0, "max": 7}', '0'),
    ('below it', 'is at least 0, not -1', '{"type": "text", "inputType": "number", "min": 0, "max": 7}', '-1'),
    ('just below it', 'is at least 0, not -0.01', '{"type": "text", "inputType": "number", "min": 0, "max": 7}', '-0.01'),
    ('most', NULL, '{"type": "text", "inputType": "number", "min": 0, "max": "7"}', '7'),
    ('above it', 'is at most 7, not 7.5', '{"type": "text", "inputType": "number", "min": 0, "max": "7"}', '7.5'),
    ('without limits', NULL, '{"type": "text", "inputType": "number"}', '-1e300'),
    ('a number as a text', 'is a number', '{"type": "text", "inputType": "number"}', '"3"'),
    ('a rating as usual, least', NULL, '{"type": "rating"}', '1'),
    ('a rating as usual, below', 'is at least 1, not 0', '{"type": "rating"}', '0'),
    ('a rating as usual, most', NULL, '{"type": "rating"}', '5'),
    ('a rating as usual, above', 'is at most 5, not 6', '{"type": "rating"}', '6'),
    ('a rating to ten', NULL, '{"type": "rating", "rateMax": 10}', '10'),
    ('a rating between', 'is a whole number, not 2.5', '{"type": "rating"}', '2.5'),
    ('a rating by values', NULL, '{"type": "rating", "rateValues": ["low", "high"]}', '"low"'),
    ('a rating by other values', 'has no choice 3', '{"type": "rating", "rateValues": ["low", "high"]}', '3'),
    ('true', NULL, '{"type": "boolean"}', 'true'),
    ('true as a text', 'is true or false', '{"type": "boolean"}', '"true"'),
    ('a choice', NULL, '{"type": "radiogroup", "choices": ["x", {"value": 2, "text": "Two"}]}', '"x"'),
    ('a choice''s value', NULL, '{"type": "dropdown", "choices": ["x", {"value": 2, "text": "Two"}]}', '2'),
    ('a choice''s text', 'has no choice "Two"', '{"type": "dropdown", "choices": ["x", {"value": 2, "text": "Two"}]}', '"Two"'),
    ('a list of one choice', 'has no choice ["x"]', '{"type": "dropdown", "choices": ["x"]}', '["x"]'),
    ('choices', NULL, '{"type": "checkbox", "choices": ["x", "y"]}', '["y", "x"]'),
    ('no choices', NULL, '{"type": "checkbox", "choices": ["x", "y"]}', '[]'),
    ('one choice without a list', 'is a list', '{"type": "checkbox", "choices": ["x", "y"]}', '"x"'),
    ('choices and more', 'holds something that is no choice: ["x", "z"]', '{"type": "checkbox", "choices": ["x", "y"]}', '["x", "z"]'),
    ('a choice twice', 'holds a choice twice', '{"type": "checkbox", "choices": ["x", "y"]}', '["x", "x"]'),
    ('a kind that is not known', 'cannot be answered here (matrix)', '{"type": "matrix"}', '"x"'),
    ('a kind that is not known, taken back', 'cannot be answered here (matrix)', '{"type": "matrix"}', NULL),
    ('no kind', 'cannot be answered here (of no kind)', '{}', '"x"')
) AS v (name, expected, question, answer);

INSERT INTO result
SELECT 'answered: ' || coalesce(v.answer, 'nothing'), v.expected, centurion.is_answered(v.answer::jsonb)::text
FROM (VALUES ('true', '"x"'), ('true', '0'), ('true', 'false'), ('true', '["x"]'), ('false', NULL), ('false', 'null'), ('false', '""'), ('false', '" \n"'),
             ('false', '[]'), ('false', '{}')) AS v (expected, answer);

INSERT INTO result
SELECT 'prompts: ' || v.name, coalesce(v.expected, ''), centurion.prompts_fault(v.prompts::jsonb)
FROM (VALUES
    ('none', NULL, '{}'),
    ('all forms, and more', NULL, '{"enabledPrompts": ["weight"], "customPrompt1": "x", "customPrompt1Type": "number", "theme": {"any": 1},
       "questions": [{"id": "a", "label": "A", "type": "boolean", "more": 1}, {"id": "b", "label": "B", "type": "number", "min": 0, "max": 1},
                     {"id": "c", "label": "C", "type": "scale", "min": null}, {"id": "d", "label": "D", "type": "text"}]}'),
    ('no object', 'prompts are a JSON object', '[]'),
    ('questions that are no list', 'questions are a list of JSON objects', '{"questions": {}}'),
    ('a question that is none', 'questions are a list of JSON objects', '{"questions": ["x"]}'),
    ('enabled prompts that are no list', 'enabledPrompts is a list of names', '{"enabledPrompts": "weight"}'),
    ('an enabled prompt that is no name', 'enabledPrompts is a list of names', '{"enabledPrompts": ["weight", 1]}'),
    ('an own prompt that is no text', 'customPrompt1 is a text', '{"customPrompt1": 1}'),
    ('an own prompt of another type', 'customPrompt1Type is boolean, number, scale or text', '{"customPrompt1Type": "date"}'),
    ('an own prompt of a list of types', 'customPrompt1Type is boolean, number, scale or text', '{"customPrompt1Type": ["text"]}'),
    ('an id twice', 'the question "a" is there twice', '{"questions": [{"id": "a", "label": "A", "type": "text"}, {"id": "a", "label": "B", "type": "text"}]}'),
    ('no id, no label, no type', 'question 1: id is a text, label is a text, type is boolean, number, scale or text', '{"questions": [{}]}'),
    ('a blank id', 'question 1: id is a text', '{"questions": [{"id": " ", "label": "A", "type": "text"}]}'),
    ('another type', 'question 1: type is boolean, number, scale or text', '{"questions": [{"id": "a", "label": "A", "type": "date"}]}'),
    ('least is no number', 'question 1: min and max are numbers', '{"questions": [{"id": "a", "label": "A", "type": "scale", "min": "1"}]}'),
    ('least at most', 'question 1: min is below max', '{"questions": [{"id": "a", "label": "A", "type": "scale", "min": 1, "max": 1}]}')
) AS v (name, expected, prompts)
UNION ALL
SELECT format('prompts: %s questions', n), CASE WHEN n > 10 THEN 'there are at most 10 questions, not 11' ELSE '' END,
       centurion.prompts_fault(jsonb_build_object('questions', (SELECT jsonb_agg(jsonb_build_object('id', i::text, 'label', 'x', 'type', 'text')) FROM generate_series(1, n) AS i)))
FROM unnest(ARRAY[10, 11]) AS n;

INSERT INTO result
SELECT 'moment: ' || v.said, v.expected, centurion.json_moment(to_jsonb(v.said))::text
FROM (VALUES
    ('2026-01-05T07:10:00Z', '2026-01-05 07:10:00'), ('2026-01-05 07:10:00', '2026-01-05 07:10:00'), ('2026-01-05T07:10', '2026-01-05 07:10:00'),
    ('2026-01-05 07:10:00 +1300', '2026-01-04 18:10:00'), ('2026-01-05T07:10:00-03:30', '2026-01-05 10:40:00'), ('2026-01-05T07:10:00.1236Z', '2026-01-05 07:10:00.124'),
    ('2026-01-05', '2026-01-05 00:00:00'), ('2024-02-29', '2024-02-29 00:00:00'), ('2026-02-29', NULL), ('2026-13-01', NULL), ('2026-01-05T25:00:00Z', NULL), ('now', NULL),
    ('infinity', NULL), ('05/01/2026', NULL), ('2026-01-05 07:10:00 Europe/Paris', NULL), ('2026-01-05T07:10:00+99:00', NULL), ('', NULL)
) AS v (said, expected);
SET LOCAL "TimeZone" = 'Asia/Tokyo';
INSERT INTO result SELECT 'moment: the same in every session', '2026-01-05 07:10:00', centurion.json_moment('"2026-01-05T07:10:00"')::text;
SET LOCAL "TimeZone" = 'UTC';

INSERT INTO result
SELECT 'number: ' || v.said, v.expected, centurion.json_number(v.said::jsonb)::text
FROM (VALUES ('7', '7'), ('"7"', '7'), ('-0.5', '-0.5'), ('1e3', '1000'), ('"NaN"', NULL), ('"Infinity"', NULL), ('"1e3"', NULL), ('"0x10"', NULL), ('""', NULL), ('true', NULL),
             ('[7]', NULL), ('null', NULL), ('9999999999999999', NULL)) AS v (said, expected);

INSERT INTO result
SELECT 'workout: ' || v.name, v.expected,
       centurion.health_workout_fault('Running', '2026-01-05 07:00', '2026-01-05 07:42', v.minutes, v.calories::double precision, v.distance::double precision, v.heart::jsonb)
FROM (VALUES
    ('as it should be', NULL, 42, '380', '6.2', '{"avg": 120}'), ('bare', NULL, 1, NULL, NULL, NULL), ('no calories', NULL, 1, '0', '0', '{}'),
    ('no time', 'the duration is above 0 minutes, not 0', 0, NULL, NULL, NULL), ('less', 'the duration is above 0 minutes, not -1', -1, NULL, NULL, NULL),
    ('no duration', 'the duration is above 0 minutes, not nothing', NULL, NULL, NULL, NULL),
    ('calories below 0', 'calories and distance are not below 0', 1, '-1', NULL, NULL), ('distance below 0', 'calories and distance are not below 0', 1, NULL, '-0.1', NULL),
    ('NaN', 'calories and distance are not below 0', 1, 'NaN', NULL, NULL), ('infinity', 'calories and distance are not below 0', 1, NULL, 'Infinity', NULL),
    ('heart rates at their limits', NULL, 1, NULL, NULL, '{"min": 30, "max": 250}'),
    ('a heart rate below', 'heart rates are 30 to 250, not {"min": 29.9}', 1, NULL, NULL, '{"min": 29.9}'),
    ('a heart rate above', 'heart rates are 30 to 250, not {"max": 250.1}', 1, NULL, NULL, '{"max": 250.1}'),
    ('a heart rate of words', 'heart rates are 30 to 250, not {"max": "high"}', 1, NULL, NULL, '{"max": "high"}'),
    ('a single heart rate', 'heart rates are 30 to 250, not 120', 1, NULL, NULL, '120')
) AS v (name, expected, minutes, calories, distance, heart);

INSERT INTO result
SELECT 'sleep: ' || v.name, v.expected, centurion.sleep_fault('2026-01-05 22:00', '2026-01-06 06:00', v.total, v.bed, v.deep, v.rem, v.core)
FROM (VALUES
    ('least', NULL, 0, 0, 0, 0, 0), ('most', NULL, 1440, 1440, 1440, 1440, 1440), ('bare', NULL, 420, 480, NULL, NULL, NULL),
    ('total', 'totalSleep is 0 to 1440 minutes, not 1441', 1441, 480, NULL, NULL, NULL), ('in bed', 'inBedTime is 0 to 1440 minutes, not -1', 420, -1, NULL, NULL, NULL),
    ('deep', 'deepSleep is 0 to 1440 minutes, not 1441', 420, 480, 1441, NULL, NULL), ('REM', 'remSleep is 0 to 1440 minutes, not -1', 420, 480, NULL, -1, NULL),
    ('core', 'coreSleep is 0 to 1440 minutes, not 1441', 420, 480, NULL, NULL, 1441), ('nothing', 'a night has its minutes asleep and in bed', NULL, NULL, NULL, NULL, NULL)
) AS v (name, expected, total, bed, deep, rem, core);

-- What the web application writes is its own business.
INSERT INTO public.users (id, email, name, role) VALUES (9001, '1@answers.example', 'A', 'CLIENT'), (9002, '2@answers.example', 'B', 'COACH');
INSERT INTO public.cohorts (id, name, "startDate") VALUES (9001, 'A', '2026-01-05');
INSERT INTO public.coach_notes ("userId", "coachId", "weekNumber", notes) VALUES (9001, 9002, 0, '');
INSERT INTO public.cohort_check_in_configs ("cohortId", prompts) VALUES (9001, '[]');
INSERT INTO public.questionnaire_bundles (id, "cohortId", "weekNumber", questions) VALUES (9001, 9001, 0, '[]');
INSERT INTO public.weekly_questionnaire_responses ("userId", "bundleId", "weekNumber", responses) VALUES (9001, 9001, 0, '[]');
INSERT INTO public.admin_insights (title, description) VALUES ('', ''), ('', '');
INSERT INTO public.system_settings (key, value) VALUES ('attentionRed', '0');
INSERT INTO public.healthkit_workouts ("userId", "workoutType", "startTime", "endTime", duration) VALUES (9001, '', '2026-01-05', '2026-01-04', -1);
INSERT INTO public.sleep_records ("userId", "startTime", "endTime", "totalSleep", "inBedTime") VALUES (9001, '2026-01-05', '2026-01-04', -1, -1);
DELETE FROM public.questionnaire_bundles WHERE id = 9001;
INSERT INTO result SELECT 'the owner is never refused anything', '1 1 2 1 1', concat_ws(' ', (SELECT count(*) FROM public.coach_notes), (SELECT count(*) FROM public.cohort_check_in_configs),
    (SELECT count(*) FROM public.admin_insights), (SELECT count(*) FROM public.healthkit_workouts), (SELECT count(*) FROM public.sleep_records));
-- The index that a search of notes will use.
SET LOCAL enable_seqscan = off;
CREATE FUNCTION pg_temp.plan(statement text) RETURNS text LANGUAGE plpgsql AS
$$ DECLARE line text; plan text := ''; BEGIN FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || statement LOOP plan := plan || line; END LOOP; RETURN plan; END $$;
INSERT INTO result SELECT 'notes are found by their words', 'true',
    (pg_temp.plan('SELECT FROM public.coach_notes WHERE to_tsvector(''simple'', notes) @@ plainto_tsquery(''simple'', ''knee'')') LIKE '%centurion_coach_notes_text_idx%')::text;

SELECT * FROM result;
