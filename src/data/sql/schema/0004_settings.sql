-- Settings: what system_settings says, typed and held against its range; what is missing or makes no sense there is the default.

CREATE FUNCTION centurion.is_timezone(zone text) RETURNS boolean
    LANGUAGE plpgsql STABLE STRICT SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    PERFORM now() AT TIME ZONE zone;
    RETURN true;
EXCEPTION
    WHEN invalid_parameter_value THEN RETURN false;
END
$$;

-- Every setting that the rules know, with its default, its range (numbers) or its form (texts).
CREATE VIEW centurion.setting_kinds AS
SELECT key, fallback, least, most, form
FROM (VALUES
    ('maxClientsPerCoach',          '50',   1, 100000, NULL),
    ('minClientsPerCoach',          '10',   0, 100000, NULL),
    ('recentActivityDays',          '14',   1,    365, NULL),
    ('noActivityDays',              '14',   1,    365, NULL),
    ('defaultCheckInFrequencyDays',  '7',   1,     90, NULL),
    ('adherenceGreenMinimum',        '6',   0,      7, NULL),
    ('adherenceAmberMinimum',        '3',   0,      7, NULL),
    ('minDailyCalories',          '1000',   0,  20000, NULL),
    ('maxDailyCalories',          '5000',   0,  20000, NULL),
    ('entryEditDays',                '7',   0,    365, NULL),
    ('questionnaireGraceDays',       '0',   0,    365, NULL),
    ('invoiceTermsDays',            '14',   0,    365, NULL),
    ('attentionRed',                '60',   1,    100, NULL),
    ('attentionAmber',              '30',   0,    100, NULL),
    ('timezone',                   'UTC', NULL,  NULL, 'timezone'),
    ('currency',                   'USD', NULL,  NULL, '^[A-Z]{3}$'),
    ('weightUnit',                  'kg', NULL,  NULL, '^(kg|lb)$')
) AS kinds (key, fallback, least, most, form);

-- One row a setting: its value in force, and whether the one stored was of no use.
CREATE VIEW centurion.setting_values AS
SELECT k.key, CASE WHEN c.fits THEN t.given ELSE k.fallback END AS value, k.fallback, t.given IS NOT NULL AND NOT c.fits AS refused
FROM centurion.setting_kinds AS k
     LEFT JOIN public.system_settings AS s ON s.key = k.key
     CROSS JOIN LATERAL (SELECT s.value #>> '{}' AS given) AS t
     CROSS JOIN LATERAL (SELECT coalesce(CASE WHEN k.form = 'timezone' THEN centurion.is_timezone(t.given)
                                              WHEN k.form IS NOT NULL THEN t.given ~ k.form
                                              WHEN t.given ~ '^[0-9]{1,6}$' THEN t.given::integer BETWEEN k.least AND k.most
                                         END, false) AS fits) AS c;

-- All of them in one row. Pairs that contradict each other (amber not below red and the like) are both the default.
CREATE VIEW centurion.settings AS
WITH v AS (
    SELECT max(value) FILTER (WHERE key = 'maxClientsPerCoach')::integer AS max_clients_per_coach,
           max(value) FILTER (WHERE key = 'minClientsPerCoach')::integer AS min_clients_per_coach,
           max(value) FILTER (WHERE key = 'recentActivityDays')::integer AS recent_activity_days,
           max(value) FILTER (WHERE key = 'noActivityDays')::integer AS no_activity_days,
           max(value) FILTER (WHERE key = 'defaultCheckInFrequencyDays')::integer AS default_frequency_days,
           max(value) FILTER (WHERE key = 'adherenceGreenMinimum')::integer AS adherence_green_minimum,
           max(value) FILTER (WHERE key = 'adherenceAmberMinimum')::integer AS adherence_amber_minimum,
           max(value) FILTER (WHERE key = 'minDailyCalories')::integer AS min_daily_calories,
           max(value) FILTER (WHERE key = 'maxDailyCalories')::integer AS max_daily_calories,
           max(value) FILTER (WHERE key = 'entryEditDays')::integer AS entry_edit_days,
           max(value) FILTER (WHERE key = 'questionnaireGraceDays')::integer AS questionnaire_grace_days,
           max(value) FILTER (WHERE key = 'invoiceTermsDays')::integer AS invoice_terms_days,
           max(value) FILTER (WHERE key = 'attentionRed')::integer AS attention_red,
           max(value) FILTER (WHERE key = 'attentionAmber')::integer AS attention_amber,
           max(value) FILTER (WHERE key = 'timezone') AS timezone,
           max(value) FILTER (WHERE key = 'currency') AS currency,
           max(value) FILTER (WHERE key = 'weightUnit') AS weight_unit
    FROM centurion.setting_values
)
SELECT CASE WHEN min_clients_per_coach <= max_clients_per_coach THEN max_clients_per_coach ELSE 50 END AS max_clients_per_coach,
       CASE WHEN min_clients_per_coach <= max_clients_per_coach THEN min_clients_per_coach ELSE 10 END AS min_clients_per_coach,
       recent_activity_days, no_activity_days, default_frequency_days,
       CASE WHEN adherence_amber_minimum <= adherence_green_minimum THEN adherence_green_minimum ELSE 6 END AS adherence_green_minimum,
       CASE WHEN adherence_amber_minimum <= adherence_green_minimum THEN adherence_amber_minimum ELSE 3 END AS adherence_amber_minimum,
       CASE WHEN min_daily_calories < max_daily_calories THEN min_daily_calories ELSE 1000 END AS min_daily_calories,
       CASE WHEN min_daily_calories < max_daily_calories THEN max_daily_calories ELSE 5000 END AS max_daily_calories,
       entry_edit_days, questionnaire_grace_days, invoice_terms_days,
       CASE WHEN attention_amber < attention_red THEN attention_red ELSE 60 END AS attention_red,
       CASE WHEN attention_amber < attention_red THEN attention_amber ELSE 30 END AS attention_amber,
       timezone, currency, weight_unit
FROM v;

-- The date where the business is. In PL/pgSQL, which keeps the plan between calls.
CREATE FUNCTION centurion.today() RETURNS date LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    RETURN (SELECT (now() AT TIME ZONE s.timezone)::date FROM centurion.settings AS s);
END
$$;

-- A moment of the shared tables (UTC without zone) as the clock shows it there, and the other way round.
CREATE FUNCTION centurion.local_time(utc timestamp, zone text) RETURNS timestamp LANGUAGE sql STABLE AS
$$ SELECT utc AT TIME ZONE 'UTC' AT TIME ZONE zone $$;

CREATE FUNCTION centurion.utc_time(local timestamp, zone text) RETURNS timestamp LANGUAGE sql STABLE AS
$$ SELECT local AT TIME ZONE zone AT TIME ZONE 'UTC' $$;

ALTER VIEW centurion.setting_kinds OWNER TO centurion_gate;
ALTER VIEW centurion.setting_values OWNER TO centurion_gate;
ALTER VIEW centurion.settings OWNER TO centurion_gate;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT SELECT ON centurion.settings, centurion.setting_kinds TO centurion_admin, centurion_coach, centurion_client;
GRANT EXECUTE ON FUNCTION centurion.is_timezone(text), centurion.today(), centurion.local_time(timestamp, text),
                          centurion.utc_time(timestamp, text)
    TO centurion_gate, centurion_admin, centurion_coach, centurion_client;
