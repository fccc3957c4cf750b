-- Settings: defaults, values in either spelling, and what is no use.
CREATE TEMP TABLE result ("case" text, expected text, actual text);

INSERT INTO result
SELECT 'default: ' || d.key, d.value, v.value
FROM (VALUES ('maxClientsPerCoach', '50'), ('minClientsPerCoach', '10'), ('recentActivityDays', '14'), ('noActivityDays', '14'),
             ('defaultCheckInFrequencyDays', '7'), ('adherenceGreenMinimum', '6'), ('adherenceAmberMinimum', '3'), ('minDailyCalories', '1000'),
             ('maxDailyCalories', '5000'), ('timezone', 'UTC'), ('currency', 'USD'), ('weightUnit', 'kg'), ('entryEditDays', '7'),
             ('questionnaireGraceDays', '0'), ('invoiceTermsDays', '14'), ('attentionRed', '60'), ('attentionAmber', '30')) AS d (key, value)
     FULL JOIN centurion.setting_values AS v USING (key);

INSERT INTO public.system_settings (key, value) VALUES
    ('maxClientsPerCoach', '40'), ('minClientsPerCoach', '"5"'), ('recentActivityDays', '"soon"'), ('noActivityDays', '-1'),
    ('defaultCheckInFrequencyDays', '91'), ('timezone', '"Pacific/Auckland"'), ('currency', '"pounds"'), ('weightUnit', '"lb"'),
    ('entryEditDays', 'null'), ('invoiceTermsDays', '[14]'), ('somethingElse', '{"kept": true}');
INSERT INTO result
SELECT 'stored: ' || w.name, w.expected, to_jsonb(s) ->> w.name
FROM centurion.settings AS s,
     (VALUES ('max_clients_per_coach', '40'), ('min_clients_per_coach', '5'), ('recent_activity_days', '14'), ('no_activity_days', '14'),
             ('default_frequency_days', '7'), ('timezone', 'Pacific/Auckland'), ('currency', 'USD'), ('weight_unit', 'lb'),
             ('entry_edit_days', '7'), ('invoice_terms_days', '14')) AS w (name, expected);
INSERT INTO result
SELECT 'refused: says so', 'currency, defaultCheckInFrequencyDays, invoiceTermsDays, noActivityDays, recentActivityDays',
       string_agg(key, ', ' ORDER BY key) FROM centurion.setting_values WHERE refused;
INSERT INTO result
SELECT 'today: where the business is', (now() AT TIME ZONE 'Pacific/Auckland')::date::text, centurion.today()::text;

UPDATE public.system_settings SET value = '"Mars/Olympus"' WHERE key = 'timezone';
INSERT INTO result SELECT 'timezone: unknown is the default', 'UTC', timezone FROM centurion.settings;
UPDATE public.system_settings SET value = '""' WHERE key = 'timezone';
INSERT INTO result SELECT 'timezone: empty is the default', 'UTC', timezone FROM centurion.settings;

-- Amber not below red: neither is believed.
INSERT INTO public.system_settings (key, value) VALUES ('attentionRed', '40'), ('attentionAmber', '50');
INSERT INTO result SELECT 'bands: amber above red', '60 30', attention_red || ' ' || attention_amber FROM centurion.settings;
UPDATE public.system_settings SET value = '20' WHERE key = 'attentionAmber';
INSERT INTO result SELECT 'bands: as set', '40 20', attention_red || ' ' || attention_amber FROM centurion.settings;

SELECT * FROM result;
