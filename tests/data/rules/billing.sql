-- Billing: what a month run makes and leaves, numbers, credit notes, payments, who may. What goes on at the same time is test_billing's.
CREATE TEMP TABLE result ("case" text, expected text, actual text);
GRANT ALL ON result TO PUBLIC;
CREATE ROLE rules_billing_admin LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_billing_off LOGIN IN ROLE centurion_admin;
CREATE ROLE rules_billing_coach LOGIN IN ROLE centurion_coach;
CREATE ROLE rules_billing_client LOGIN IN ROLE centurion_client;

-- A change's outcome and the named part of its record, or the error's code and text.
CREATE FUNCTION pg_temp.attempt(statement text, part text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    change centurion.change;
BEGIN
    EXECUTE 'SELECT (c).* FROM (SELECT centurion.' || statement || ' AS c) AS x' INTO change;
    RETURN concat_ws(' ', change.outcome, change.record ->> part);
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
CREATE FUNCTION pg_temp.value(statement text) RETURNS text LANGUAGE plpgsql AS
$$
DECLARE
    value text;
BEGIN
    EXECUTE statement INTO value;
    RETURN coalesce(value, 'nothing');
EXCEPTION
    WHEN OTHERS THEN RETURN SQLSTATE;
END
$$;
CREATE FUNCTION pg_temp.id(n integer) RETURNS uuid LANGUAGE sql AS $$ SELECT format('00000000-0000-4000-8000-%s', lpad(n::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.month(back integer) RETURNS date LANGUAGE sql AS $$ SELECT (date_trunc('month', centurion.today()) - make_interval(months => back))::date $$;
-- The newest invoice of a client, its version, what its sessions sum up to.
CREATE FUNCTION pg_temp.invoice(client integer) RETURNS integer LANGUAGE sql SECURITY DEFINER AS
$$ SELECT max(id) FROM public.invoices WHERE "userId" = client $$;
CREATE FUNCTION pg_temp.version(client integer) RETURNS text LANGUAGE sql SECURITY DEFINER AS
$$ SELECT xmin::text FROM public.invoices WHERE id = pg_temp.invoice(client) $$;
CREATE FUNCTION pg_temp.billed(client integer) RETURNS text LANGUAGE sql SECURITY DEFINER AS
$$ SELECT concat_ws(' ', count(*), sum(fee)) FROM public.appointments WHERE "userId" = client AND "invoiceId" IS NOT NULL $$;
CREATE FUNCTION pg_temp.payment() RETURNS integer LANGUAGE sql SECURITY DEFINER AS $$ SELECT max(id) FROM centurion.payments WHERE amount > 0 $$;
CREATE FUNCTION pg_temp.faults() RETURNS text LANGUAGE sql AS $$ SELECT string_agg(user_id::text, ' ' ORDER BY user_id) FROM centurion.invoice_faults() $$;
CREATE FUNCTION pg_temp.number(kind text, n integer) RETURNS text LANGUAGE sql AS
$$ SELECT format('%s-%s-%s', kind, extract(year FROM centurion.today()), lpad(n::text, 4, '0')) $$;

INSERT INTO public.users (id, email, name, role)
SELECT id, id || '@billing.example', name, role::public."Role"
FROM (VALUES (9100, 'Coach', 'COACH'), (9102, 'Admin', 'ADMIN'), (9103, 'Admin who left', 'ADMIN'), (9001, 'Ana', 'CLIENT'), (9002, 'Ben', 'CLIENT'), (9003, 'Cid', 'CLIENT'),
             (9004, 'Dee', 'CLIENT'), (9005, 'Eve', 'CLIENT'), (9006, 'Fay', 'CLIENT'), (9007, 'Gus', 'CLIENT'), (9008, 'Hal', 'CLIENT'),
             (9009, 'Ida', 'CLIENT'), (9010, 'Joe', 'CLIENT')) AS u (id, name, role);
INSERT INTO centurion.logins VALUES ('rules_billing_admin', 9102, 'ADMIN', true), ('rules_billing_off', 9103, 'ADMIN', false),
    ('rules_billing_coach', 9100, 'COACH', true), ('rules_billing_client', 9001, 'CLIENT', true);
UPDATE public.users SET "deletedAt" = now() WHERE id = 9006;
INSERT INTO public.system_settings (key, value) VALUES ('timezone', '"America/New_York"');
-- Dee has an invoice for last month that the web application made by hand, Joe one with a session on it.
INSERT INTO public.invoices (id, "userId", month, "totalAmount") VALUES (9004, 9004, pg_temp.month(1), 12), (9010, 9010, pg_temp.month(2), 45);
INSERT INTO public.appointments ("userId", "startTime", "endTime", fee, status, "invoiceId")
SELECT client, t.start, t.start + interval '1 hour', fee, status::public."AttendanceStatus", invoice
FROM (VALUES (9001, 1, interval '0',                    10.00, 'ATTENDED', NULL),  -- the month's first moment
             (9001, 1, interval '9 days 18 hours',      45.00, 'ATTENDED', NULL),
             (9001, 0, interval '-1 second',            50.50, 'ATTENDED', NULL),  -- and its last
             (9001, 0, interval '0',                    99.00, 'ATTENDED', NULL),  -- the next month's first
             (9001, 1, interval '-1 second',            30.00, 'ATTENDED', NULL),  -- left over from the month before
             (9002, 1, interval '3 days',                0.00, 'ATTENDED', NULL),
             (9003, 1, interval '3 days',               40.00, 'ATTENDED', NULL),
             (9003, 1, interval '4 days',                0.00, 'ATTENDED', NULL),
             (9003, 1, interval '5 days',               40.00, 'NOT_ATTENDED', NULL),
             (9004, 1, interval '3 days',               60.00, 'ATTENDED', NULL),
             (9005, 3, interval '3 days',               25.00, 'ATTENDED', NULL),
             (9006, 1, interval '3 days',               70.00, 'ATTENDED', NULL),
             (9007, 1, interval '3 days',               45.00, 'NOT_ATTENDED', NULL),
             (9008, 1, interval '3 days',               50.00, 'ATTENDED', NULL),
             (9008, 1, interval '4 days',               -5.00, 'ATTENDED', NULL),
             (9009, 1, interval '3 days',         99999999.99, 'ATTENDED', NULL),
             (9009, 1, interval '4 days',         99999999.99, 'ATTENDED', NULL),
             (9010, 2, interval '4 days',               45.00, 'ATTENDED', 9010)) AS p (client, back, at, fee, status, invoice)
     CROSS JOIN LATERAL (SELECT centurion.utc_time(pg_temp.month(back) + at, 'America/New_York') AS start) AS t;

-- ---- Who may ----

SET LOCAL SESSION AUTHORIZATION rules_billing_coach;
INSERT INTO result
SELECT 'coach: ' || f.name, '42501', pg_temp.value('SELECT * FROM centurion.' || f.name)
FROM unnest(ARRAY['invoice_preview(pg_temp.month(1))', 'invoice_run(pg_temp.id(1), pg_temp.month(1))', 'invoice_issue(pg_temp.id(1), 9004, ''1'')',
                  'invoice_mark_sent(pg_temp.id(1), 9004, ''1'')', 'invoice_delete(pg_temp.id(1), 9004, ''1'')', 'invoice_void(pg_temp.id(1), 9004, ''1'', true)',
                  'payment_add(pg_temp.id(1), 9004, 1, ''cash'', NULL, ''2020-01-01'')', 'payment_reverse(pg_temp.id(1), 1)', 'invoice_ageing()',
                  'revenue_by_month()', 'invoice_faults()', 'invoice_accounts', 'invoice_numbers', 'invoice_runs', 'invoice_counters', 'is_issued(9004)']) AS f (name);
SET LOCAL SESSION AUTHORIZATION rules_billing_client;
INSERT INTO result
SELECT 'client: ' || f.name, '42501', pg_temp.value('SELECT * FROM centurion.' || f.name)
FROM unnest(ARRAY['invoice_preview(pg_temp.month(1))', 'invoice_run(pg_temp.id(1), pg_temp.month(1))', 'invoice_issue(pg_temp.id(1), 9004, ''1'')',
                  'invoice_void(pg_temp.id(1), 9004, ''1'', true)', 'payment_add(pg_temp.id(1), 9004, 1, ''cash'', NULL, ''2020-01-01'')',
                  'payment_reverse(pg_temp.id(1), 1)', 'invoice_ageing()', 'invoice_accounts', 'invoice_numbers', 'invoice_runs']) AS f (name);
-- The privilege is there, the person is not.
SET LOCAL SESSION AUTHORIZATION rules_billing_off;
INSERT INTO result
SELECT 'disabled: ' || f.name, '42501', pg_temp.value('SELECT * FROM centurion.' || f.name)
FROM unnest(ARRAY['invoice_preview(pg_temp.month(1))', 'invoice_run(pg_temp.id(1), pg_temp.month(1))', 'invoice_issue(pg_temp.id(1), 9004, ''1'')',
                  'invoice_mark_sent(pg_temp.id(1), 9004, ''1'')', 'invoice_delete(pg_temp.id(1), 9004, ''1'')', 'invoice_void(pg_temp.id(1), 9004, ''1'', true)',
                  'payment_add(pg_temp.id(1), 9004, 1, ''cash'', NULL, ''2020-01-01'')', 'payment_reverse(pg_temp.id(1), 1)', 'invoice_ageing()',
                  'revenue_by_month()', 'invoice_faults()']) AS f (name);

-- ---- The month run ----

SET LOCAL SESSION AUTHORIZATION rules_billing_admin;
INSERT INTO result
SELECT 'preview', E'Ana 3 105.50 | 1 30.00 | 0 t {"1 from earlier months, 30.00"}\nBen 1 0.00 | 0 0 | 0 f {"the total is 0.00","1 at 0.00"}\n'
       'Cid 2 40.00 | 0 0 | 1 t {"1 unmarked","1 at 0.00"}\nDee 1 60.00 | 0 0 | 0 f {"invoice exists"}\n'
       'Eve 0 0 | 1 25.00 | 0 f {"nothing to bill","1 from earlier months, 25.00"}\nFay 1 70.00 | 0 0 | 0 f {"the client is deleted"}\n'
       'Gus 0 0 | 0 0 | 1 f {"nothing to bill","1 unmarked"}\nHal 2 45.00 | 0 0 | 0 f {"a fee is below 0"}\n'
       'Ida 2 199999999.98 | 0 0 | 0 f {"the total is too large for an invoice"}',
       string_agg(concat_ws(' ', name, sessions, total, '|', older, older_total, '|', unmarked, billed, flags), E'\n' ORDER BY name)
FROM centurion.invoice_preview(pg_temp.month(1))
UNION ALL
SELECT 'preview with what is left over', 'Ana 4 135.50 t, Cid 2 40.00 t, Eve 1 25.00 t', string_agg(concat_ws(' ', name, sessions, total, billed), ', ' ORDER BY name)
FROM centurion.invoice_preview(pg_temp.month(1), true) WHERE billed
UNION ALL SELECT 'the running month can be looked at', 'Ana 1 99.00', string_agg(concat_ws(' ', name, sessions, total), ', ') FROM centurion.invoice_preview(pg_temp.month(0)) WHERE billed
UNION ALL
SELECT 'no month: ' || coalesce(m, 'nothing'), '22023', pg_temp.value(format('SELECT count(*) FROM centurion.invoice_preview(%L::date)', m))
FROM unnest(ARRAY[(pg_temp.month(1) + 1)::text, pg_temp.month(-1)::text, 'infinity', '-infinity', NULL]) AS m
UNION ALL
SELECT 'no run: ' || coalesce(m, 'nothing'), '22023', pg_temp.value(format('SELECT outcome FROM centurion.invoice_run(pg_temp.id(1), %L::date)', m))
FROM unnest(ARRAY[(pg_temp.month(1) + 1)::text, pg_temp.month(-1)::text, 'infinity', NULL]) AS m;

INSERT INTO result VALUES ('a run for some only', 'saved 1', pg_temp.attempt('invoice_run(pg_temp.id(10), pg_temp.month(1), false, ARRAY[9003, 9007, 9003])', 'created'));
INSERT INTO result
SELECT 'it says what it did', concat_ws(' ', pg_temp.month(1), '1 2 40.00', '[{"why": "nothing to bill", "name": "Gus", "user": 9007}]', true),
       concat_ws(' ', c.key, c.record ->> 'created', c.record ->> 'sessions', c.record ->> 'total', c.record ->> 'skipped', c.audit > 0)
FROM centurion.invoice_run(pg_temp.id(10), pg_temp.month(1), false, ARRAY[9003, 9007]) AS c
UNION ALL SELECT 'and says it again', 'repeated 1', pg_temp.attempt('invoice_run(pg_temp.id(10), pg_temp.month(1), false, ARRAY[9003, 9007])', 'created');
INSERT INTO result VALUES ('a run', 'saved 105.50', pg_temp.attempt('invoice_run(pg_temp.id(11), pg_temp.month(1))', 'total'));
INSERT INTO result
SELECT 'who was skipped', 'Ben the total is 0.00, Dee invoice exists, Fay the client is deleted, Hal a fee is below 0, Ida the total is too large for an invoice',
       string_agg(concat_ws(' ', s ->> 'name', s ->> 'why'), ', ' ORDER BY s ->> 'name')
FROM centurion.invoice_run(pg_temp.id(11), pg_temp.month(1)) AS c, jsonb_array_elements(c.record -> 'skipped') AS s
UNION ALL SELECT 'Ana''s sessions', '3 105.50', pg_temp.billed(9001)
UNION ALL SELECT 'Cid''s sessions, not the unmarked one', '2 40.00', pg_temp.billed(9003)
UNION ALL SELECT 'Dee''s not', '0', pg_temp.billed(9004)
UNION ALL SELECT 'Fay''s not', '0', pg_temp.billed(9006);
INSERT INTO result VALUES ('again makes nothing', 'saved 0', pg_temp.attempt('invoice_run(pg_temp.id(12), pg_temp.month(1))', 'created')),
    ('nor with what is left over, where there is an invoice', 'saved 1', pg_temp.attempt('invoice_run(pg_temp.id(13), pg_temp.month(1), true)', 'created'));
INSERT INTO result
SELECT 'Eve''s left-over session is swept in', '1 25.00', pg_temp.billed(9005)
UNION ALL SELECT 'Ana''s is not', '3 105.50', pg_temp.billed(9001);
INSERT INTO result VALUES ('the running month can be billed', 'saved 129.00', pg_temp.attempt('invoice_run(pg_temp.id(14), pg_temp.month(0), true, ARRAY[9001])', 'total'));
INSERT INTO result VALUES
    ('another one''s request', '22023 the request ' || pg_temp.id(14) || ' is another one''s', pg_temp.attempt('invoice_issue(pg_temp.id(14), 9004, pg_temp.version(9004))')),
    ('every total is the sum of its fees', NULL, pg_temp.faults());

-- ---- Numbers ----

INSERT INTO result VALUES
    ('issue', 'saved ' || pg_temp.number('INV', 1), pg_temp.attempt('invoice_issue(pg_temp.id(20), pg_temp.invoice(9003), pg_temp.version(9003))', 'number'));
INSERT INTO result VALUES
    ('the same again', 'repeated ' || pg_temp.number('INV', 1), pg_temp.attempt('invoice_issue(pg_temp.id(20), pg_temp.invoice(9003), pg_temp.version(9003))', 'number')),
    ('issued once', format('55000 Invoice %s was issued as %s', pg_temp.invoice(9003), pg_temp.number('INV', 1)),
     pg_temp.attempt('invoice_issue(pg_temp.id(21), pg_temp.invoice(9003), pg_temp.version(9003))')),
    ('not as it was seen', 'conflict', pg_temp.attempt('invoice_issue(pg_temp.id(22), pg_temp.invoice(9005), ''1'')', 'number')),
    ('seen by nobody', 'conflict', pg_temp.attempt('invoice_issue(pg_temp.id(22), pg_temp.invoice(9005), NULL)', 'number')),
    ('no such invoice', 'P0002 There is no invoice 99', pg_temp.attempt('invoice_issue(pg_temp.id(22), 99, ''1'')')),
    ('none', 'P0002 There is no invoice without a number', pg_temp.attempt('invoice_mark_sent(pg_temp.id(22), NULL, ''1'')'));
INSERT INTO result VALUES
    ('sending takes the next number', 'saved ' || pg_temp.number('INV', 2), pg_temp.attempt('invoice_mark_sent(pg_temp.id(23), pg_temp.invoice(9005), pg_temp.version(9005))', 'number'));
INSERT INTO result VALUES
    ('sent once', format('55000 Invoice %s was sent before', pg_temp.number('INV', 2)), pg_temp.attempt('invoice_mark_sent(pg_temp.id(24), pg_temp.invoice(9005), pg_temp.version(9005))')),
    ('what was issued is sent under its number', 'saved ' || pg_temp.number('INV', 1), pg_temp.attempt('invoice_mark_sent(pg_temp.id(25), pg_temp.invoice(9003), pg_temp.version(9003))', 'number')),
    ('due by the terms', 'saved ' || (centurion.today() + 14), pg_temp.attempt('invoice_issue(pg_temp.id(26), 9004, pg_temp.version(9004))', 'due'));
INSERT INTO result
SELECT 'not deleted once issued', format('55000 Invoice %s was issued and stays as it is', pg_temp.invoice(9005)),
       pg_temp.attempt('invoice_delete(pg_temp.id(30), pg_temp.invoice(9005), pg_temp.version(9005))')
UNION ALL SELECT 'its sessions stay on it', '1 25.00', pg_temp.billed(9005);
SET LOCAL SESSION AUTHORIZATION DEFAULT;
SET LOCAL ROLE centurion_biller; -- as if a function were wrong
INSERT INTO result
SELECT 'an issued invoice''s total', '55000', pg_temp.value('UPDATE public.invoices SET "totalAmount" = 1 WHERE id = pg_temp.invoice(9005)')
UNION ALL SELECT 'its client', '55000', pg_temp.value('UPDATE public.invoices SET "userId" = 9001 WHERE id = pg_temp.invoice(9005)')
UNION ALL SELECT 'a payment changed', '42501', pg_temp.value('UPDATE centurion.payments SET amount = 1')
UNION ALL SELECT 'a payment deleted', '42501', pg_temp.value('DELETE FROM centurion.payments')
UNION ALL SELECT 'a number deleted', '42501', pg_temp.value('DELETE FROM centurion.invoice_numbers')
UNION ALL SELECT 'a fee', '42501', pg_temp.value('UPDATE public.appointments SET fee = 1');
RESET ROLE;
SET LOCAL SESSION AUTHORIZATION rules_billing_admin;
INSERT INTO result VALUES ('a draft', 'saved', pg_temp.attempt('invoice_delete(pg_temp.id(31), pg_temp.invoice(9001), pg_temp.version(9001))', 'number'));
INSERT INTO result VALUES ('its sessions can be billed', '3 105.50', pg_temp.billed(9001)),
    ('by a later run', 'saved 2', pg_temp.attempt('invoice_run(pg_temp.id(32), pg_temp.month(0), true, ARRAY[9001])', 'sessions'));

-- ---- Payments ----

INSERT INTO result
SELECT 'paid: ' || p.name, p.expected, pg_temp.attempt(format('payment_add(gen_random_uuid(), pg_temp.invoice(9005), %L, %L, %L, %L)', amount, method, reference, day))
FROM (VALUES ('nothing', '23514 An amount is above 0 and in whole cents, not 0', '0', 'cash', '', centurion.today()::text),
             ('less than nothing', '23514 An amount is above 0 and in whole cents, not -5', '-5', 'cash', '', centurion.today()::text),
             ('no amount', '23514 An amount is above 0 and in whole cents, not nothing', NULL, 'cash', '', centurion.today()::text),
             ('half a cent', '23514 An amount is above 0 and in whole cents, not 1.005', '1.005', 'cash', '', centurion.today()::text),
             ('no number', '23514 An amount is above 0 and in whole cents, not NaN', 'NaN', 'cash', '', centurion.today()::text),
             ('without end', format('23514 Infinity is more than the 25.00 open on invoice %s', pg_temp.number('INV', 2)), 'Infinity', 'cash', '', centurion.today()::text),
             ('by no method', '23514 A method has 1 to 40 characters', '5', '  ', '', centurion.today()::text),
             ('with a long reference', '23514 A reference has at most 200 characters, not 201', '5', 'cash', repeat('x', 201), centurion.today()::text),
             ('on no day', '23514 A payment wants its day', '5', 'cash', '', NULL),
             ('tomorrow', format('23514 A payment of %s lies in the future', centurion.today() + 1), '5', 'cash', '', (centurion.today() + 1)::text),
             ('too much', format('23514 25.01 is more than the 25.00 open on invoice %s', pg_temp.number('INV', 2)), '25.01', 'cash', '', centurion.today()::text))
         AS p (name, expected, amount, method, reference, day)
UNION ALL SELECT 'paid: a draft', format('55000 Invoice %s was not issued', pg_temp.invoice(9001)),
                 pg_temp.attempt('payment_add(pg_temp.id(40), pg_temp.invoice(9001), 5, ''cash'', NULL, centurion.today())');
INSERT INTO result VALUES ('paid in part', 'saved 10.00', pg_temp.attempt('payment_add(pg_temp.id(41), pg_temp.invoice(9005), 10, '' cash '', '''', centurion.today())', 'amount'));
INSERT INTO result VALUES ('the same again', 'repeated 10.00', pg_temp.attempt('payment_add(pg_temp.id(41), pg_temp.invoice(9005), 10, '' cash '', '''', centurion.today())', 'amount')),
    ('more than the rest', format('23514 15.01 is more than the 15.00 open on invoice %s', pg_temp.number('INV', 2)),
     pg_temp.attempt('payment_add(pg_temp.id(42), pg_temp.invoice(9005), 15.01, ''cash'', NULL, centurion.today())')),
    ('void while paid', format('55000 Invoice %s has 10.00 paid', pg_temp.number('INV', 2)),
     pg_temp.attempt('invoice_void(pg_temp.id(43), pg_temp.invoice(9005), pg_temp.version(9005), true)'));
INSERT INTO result
SELECT 'revenue', format('%s 3 77.00 10.00 67.00', pg_temp.month(1)), string_agg(concat_ws(' ', month, invoices, total, paid, open), ', ') FROM centurion.revenue_by_month()
UNION ALL SELECT 'ageing', 'current 3 67.00, 1-30 0 0, 31-60 0 0, 61-90 0 0, 90+ 0 0', string_agg(concat_ws(' ', age, invoices, amount), ', ') FROM centurion.invoice_ageing();
INSERT INTO result VALUES ('reversed', 'saved -10.00', pg_temp.attempt('payment_reverse(pg_temp.id(44), pg_temp.payment())', 'amount'));
INSERT INTO result VALUES
    ('reversed once', format('55000 Payment %s was reversed before', pg_temp.payment()), pg_temp.attempt('payment_reverse(pg_temp.id(45), pg_temp.payment())')),
    ('not a reversal', format('55000 Payment %s is none that came in', pg_temp.payment() + 1), pg_temp.attempt('payment_reverse(pg_temp.id(45), pg_temp.payment() + 1)')),
    ('no such payment', 'P0002 There is no payment 99999', pg_temp.attempt('payment_reverse(pg_temp.id(45), 99999)')),
    ('no payment', 'P0002 There is no payment without a number', pg_temp.attempt('payment_reverse(pg_temp.id(45), NULL)'));

-- ---- Credit notes ----

INSERT INTO result VALUES
    ('a draft is not voided', format('55000 Invoice %s was not issued', pg_temp.invoice(9001)), pg_temp.attempt('invoice_void(pg_temp.id(50), pg_temp.invoice(9001), pg_temp.version(9001), true)')),
    ('to be said', '22023 whether the sessions can be billed again is to be said', pg_temp.attempt('invoice_void(pg_temp.id(50), pg_temp.invoice(9005), pg_temp.version(9005), NULL)')),
    ('void, with its sessions', 'saved ' || pg_temp.number('CN', 1), pg_temp.attempt('invoice_void(pg_temp.id(50), pg_temp.invoice(9005), pg_temp.version(9005), true)', 'credit'));
INSERT INTO result VALUES
    ('released', '0', pg_temp.billed(9005)),
    ('void is void', format('55000 Invoice %s is void', pg_temp.number('INV', 2)), pg_temp.attempt('invoice_void(pg_temp.id(51), pg_temp.invoice(9005), pg_temp.version(9005), true)')),
    ('void is not paid', format('55000 Invoice %s is void', pg_temp.number('INV', 2)), pg_temp.attempt('payment_add(pg_temp.id(51), pg_temp.invoice(9005), 5, ''cash'', NULL, centurion.today())')),
    ('void is not sent', format('55000 Invoice %s is void', pg_temp.number('INV', 2)), pg_temp.attempt('invoice_mark_sent(pg_temp.id(51), pg_temp.invoice(9005), pg_temp.version(9005))')),
    ('void is not deleted', format('55000 Invoice %s is void', pg_temp.number('INV', 2)), pg_temp.attempt('invoice_delete(pg_temp.id(51), pg_temp.invoice(9005), pg_temp.version(9005))')),
    ('billed anew', 'saved 1', pg_temp.attempt('invoice_run(pg_temp.id(52), pg_temp.month(1), true, ARRAY[9005])', 'created')),
    ('void, without', 'saved ' || pg_temp.number('CN', 2), pg_temp.attempt('invoice_void(pg_temp.id(53), pg_temp.invoice(9003), pg_temp.version(9003), false)', 'credit'));
INSERT INTO result VALUES
    ('kept', '2 40.00', pg_temp.billed(9003)),
    ('not billed anew', 'saved 0', pg_temp.attempt('invoice_run(pg_temp.id(54), pg_temp.month(1), true, ARRAY[9003])', 'created')),
    ('still no fault', NULL, pg_temp.faults());
INSERT INTO result
SELECT 'what is void counts nowhere', format('%s 1 12.00', pg_temp.month(1)), string_agg(concat_ws(' ', month, invoices, total), ', ') FROM centurion.revenue_by_month()
UNION ALL SELECT 'nor on the first page', '5 12.00 1 12.00 1', concat_ws(' ', unsent, issued, issued_count, open, open_count) FROM centurion.admin_home()
UNION ALL SELECT 'nor on a member''s', '0', open_invoices::text FROM centurion.member_overview(9003)
UNION ALL SELECT 'issued but not mailed is open', '1', open_invoices::text FROM centurion.member_overview(9004);

-- ---- The tables' owner ----

SET LOCAL SESSION AUTHORIZATION DEFAULT;
INSERT INTO result VALUES ('the owner may run it', 'saved 0', pg_temp.attempt('invoice_run(pg_temp.id(60), pg_temp.month(4))', 'created'));
INSERT INTO result
SELECT 'the web application makes no second one of a month', '23505',
       pg_temp.value('INSERT INTO public.invoices ("userId", month, "totalAmount") VALUES (9004, pg_temp.month(1), 1)')
UNION ALL SELECT 'but one beside a void one', '1', pg_temp.value('WITH i AS (INSERT INTO public.invoices ("userId", month, "totalAmount") VALUES (9003, pg_temp.month(1), 1) RETURNING 1) SELECT count(*) FROM i');
UPDATE public.appointments SET fee = fee + 1 WHERE "invoiceId" = 9010;
INSERT INTO result VALUES ('what it breaks is seen', '9010', pg_temp.faults());
-- Sent by the web application at noon, 14 to 105 days ago, on terms of 14 days.
CREATE FUNCTION pg_temp.sent(ago integer) RETURNS timestamp LANGUAGE sql AS
$$ SELECT centurion.utc_time(centurion.today() - ago + time '12:00', 'America/New_York') $$;
UPDATE public.invoices SET "emailSent" = true, "emailSentAt" = pg_temp.sent(15) WHERE id = 9010;
INSERT INTO public.invoices ("userId", month, "totalAmount", "emailSent", "emailSentAt")
SELECT client, pg_temp.month(3), total, true, pg_temp.sent(ago) FROM (VALUES (9007, 7, 46), (9008, 8, 14), (9009, 9, 105), (9002, 4, 104)) AS i (client, total, ago);
INSERT INTO result
SELECT 'ageing of what the web application sent', 'current 2 20.00, 1-30 1 45.00, 31-60 1 7.00, 61-90 1 4.00, 90+ 1 9.00', string_agg(concat_ws(' ', age, invoices, amount), ', ')
FROM centurion.invoice_ageing()
UNION ALL SELECT 'overdue', '4 65.00', concat_ws(' ', overdue, overdue_amount) FROM (SELECT count(*) AS overdue, sum(open) AS overdue_amount FROM centurion.invoice_accounts WHERE due < centurion.today() AND NOT void) AS o
UNION ALL SELECT 'issued is what was mailed or has a number', 'f t t t', concat_ws(' ', centurion.is_issued(pg_temp.invoice(9001)), centurion.is_issued(9010), centurion.is_issued(9004), centurion.is_issued(pg_temp.invoice(9002)));
-- A number stays taken when the invoice is gone.
DELETE FROM public.invoices WHERE id = 9004;
INSERT INTO result
SELECT 'numbers without gaps', '1 2 3', string_agg(number::text, ' ' ORDER BY number) FROM centurion.invoice_numbers WHERE kind = 'INV'
UNION ALL SELECT 'and of credit notes', '1 2', string_agg(number::text, ' ' ORDER BY number) FROM centurion.invoice_numbers WHERE kind = 'CN'
UNION ALL SELECT 'a number with more digits', 'INV-2026-12345 CN-2026-0007', centurion.number_text('INV', 2026, 12345) || ' ' || centurion.number_text('CN', 2026, 7)
UNION ALL SELECT 'all of it is in the log', 'CREATE_INVOICE CREATE_INVOICE_NUMBER CREATE_INVOICE_RUN CREATE_PAYMENT DELETE_INVOICE SEND_INVOICE UPDATE_APPOINTMENT VOID_INVOICE',
                 string_agg(DISTINCT action, ' ' ORDER BY action) FROM public.audit_logs WHERE "userId" = 9102
UNION ALL SELECT 'names are not in it', '0', count(*)::text FROM public.audit_logs WHERE target LIKE 'InvoiceRun:%' AND metadata::text ~ 'Gus|Ben';

SELECT * FROM result;
