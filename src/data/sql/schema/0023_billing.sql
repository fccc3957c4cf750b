-- Invoices: the month run, numbers, credit notes, payments. For administrators, and for the tables' owner. Months are those of the
-- settings' time zone.
--
-- An invoice is a draft until it is issued, which gives it its number. From then on it is neither edited nor deleted: it is voided,
-- which is a credit note with a number of its own. What was paid is a ledger to which rows are added only.

-- Numbers without gaps: the counter's row is locked until its transaction ends, and a transaction that is undone gives the number back.
CREATE TABLE centurion.invoice_counters (
    kind text    NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,

    CONSTRAINT invoice_counters_pkey PRIMARY KEY (kind, year)
);

-- INV: an invoice was issued. CN: it was voided. Where the web application deletes an invoice, its number stays taken.
CREATE TABLE centurion.invoice_numbers (
    kind        text         NOT NULL,
    year        integer      NOT NULL,
    number      integer      NOT NULL,
    "invoiceId" integer,
    "issuedAt"  timestamp(3) NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
    "byId"      integer,

    CONSTRAINT invoice_numbers_pkey PRIMARY KEY (kind, year, number),
    CONSTRAINT invoice_numbers_kind_known CHECK (kind IN ('INV', 'CN')),
    CONSTRAINT "invoice_numbers_kind_invoiceId_key" UNIQUE ("invoiceId", kind),
    CONSTRAINT "invoice_numbers_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES public.invoices (id) ON DELETE SET NULL,
    CONSTRAINT "invoice_numbers_byId_fkey" FOREIGN KEY ("byId") REFERENCES public.users (id) ON DELETE SET NULL
);
CREATE INDEX "invoice_numbers_byId_idx" ON centurion.invoice_numbers ("byId");

-- What each month run did. skipped is a list of {user, why}: no names, so that whoever is erased is not found here.
CREATE TABLE centurion.invoice_runs (
    request  uuid          NOT NULL,
    month    date          NOT NULL,
    sweep    boolean       NOT NULL,
    created  integer       NOT NULL,
    sessions integer       NOT NULL,
    total    numeric(14,2) NOT NULL,
    skipped  jsonb         NOT NULL,
    "byId"   integer,
    at       timestamp(3)  NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),

    CONSTRAINT invoice_runs_pkey PRIMARY KEY (request),
    CONSTRAINT "invoice_runs_byId_fkey" FOREIGN KEY ("byId") REFERENCES public.users (id) ON DELETE SET NULL
);
CREATE INDEX "invoice_runs_byId_idx" ON centurion.invoice_runs ("byId");

-- A payment is taken back by a row that says which one, once.
ALTER TABLE centurion.payments ADD COLUMN "reversesId" integer,
    ADD CONSTRAINT "payments_reversesId_key" UNIQUE ("reversesId"),
    ADD CONSTRAINT "payments_reversesId_fkey" FOREIGN KEY ("reversesId") REFERENCES centurion.payments (id) ON DELETE CASCADE;
REVOKE UPDATE, DELETE ON centurion.payments FROM centurion_biller;

DO $$
DECLARE
    admins constant text := '(SELECT centurion.acts_as_admin())';
    name   text;
BEGIN
    FOREACH name IN ARRAY ARRAY['invoice_counters', 'invoice_numbers', 'invoice_runs']
    LOOP
        EXECUTE format('ALTER TABLE centurion.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY centurion_admin ON centurion.%I FOR SELECT TO centurion_admin USING (true)', name);
        EXECUTE format('CREATE POLICY centurion_gate ON centurion.%I FOR SELECT TO centurion_gate USING (true)', name);
        EXECUTE format('CREATE POLICY centurion_writer_read ON centurion.%I FOR SELECT TO centurion_writer USING (true)', name);
        EXECUTE format('CREATE POLICY centurion_biller_read ON centurion.%I FOR SELECT TO centurion_biller USING (true)', name);
        EXECUTE format('CREATE POLICY centurion_biller_insert ON centurion.%I FOR INSERT TO centurion_biller WITH CHECK (%s)', name, admins);
        EXECUTE format('CREATE POLICY centurion_biller_update ON centurion.%I FOR UPDATE TO centurion_biller USING (%2$s) WITH CHECK (%2$s)', name, admins);
    END LOOP;
END
$$;
-- A client reaches the numbers of own invoices.
CREATE POLICY centurion_client ON centurion.invoice_numbers FOR SELECT TO centurion_client
    USING (EXISTS (SELECT FROM public.invoices AS i WHERE i.id = invoice_numbers."invoiceId"));
GRANT SELECT ON centurion.invoice_numbers TO centurion_gate, centurion_writer;
GRANT SELECT, INSERT ON centurion.invoice_numbers, centurion.invoice_runs TO centurion_biller;
GRANT SELECT, INSERT, UPDATE (last) ON centurion.invoice_counters TO centurion_biller;

CREATE TRIGGER centurion_audit_insert AFTER INSERT ON centurion.invoice_numbers REFERENCING NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION centurion.audit('InvoiceNumber', 'kind/year/number');
CREATE TRIGGER centurion_audit_insert AFTER INSERT ON centurion.invoice_runs REFERENCING NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION centurion.audit('InvoiceRun', 'month');

-- ---- What an invoice is ----

-- Mailed, be it by the web application, or given a number.
CREATE OR REPLACE FUNCTION centurion.is_issued(invoice integer) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT EXISTS (SELECT FROM public.invoices AS i WHERE i.id = invoice AND i."emailSent")
          OR EXISTS (SELECT FROM centurion.invoice_numbers AS n WHERE n."invoiceId" = invoice) $$;

-- "INV-2026-0042"; from the ten thousandth on with a digit more.
CREATE FUNCTION centurion.number_text(kind text, year integer, number integer) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT kind || '-' || year || '-' || lpad(number::text, greatest(4, length(number::text)), '0') $$;

-- Each invoice with what follows from its number and its payments. issued is a local date, NULL for a draft; one that the web
-- application mailed has it without a number.
CREATE VIEW centurion.invoice_accounts AS
SELECT i.id AS invoice, i.xmin::text AS version, i."userId" AS user_id, i.month, i."totalAmount" AS total, i."emailSent" AS sent,
       i."voidedAt" IS NOT NULL AS void, centurion.number_text(n.kind, n.year, n.number) AS number,
       centurion.number_text(c.kind, c.year, c.number) AS credit, d.issued, d.issued + s.invoice_terms_days AS due, y.paid, i."totalAmount" - y.paid AS open
FROM public.invoices AS i
     CROSS JOIN centurion.settings AS s
     LEFT JOIN centurion.invoice_numbers AS n ON n."invoiceId" = i.id AND n.kind = 'INV'
     LEFT JOIN centurion.invoice_numbers AS c ON c."invoiceId" = i.id AND c.kind = 'CN'
     CROSS JOIN LATERAL (SELECT coalesce(sum(y.amount), 0) AS paid FROM centurion.payments AS y WHERE y."invoiceId" = i.id) AS y
     CROSS JOIN LATERAL (SELECT centurion.local_time(coalesce(n."issuedAt", CASE WHEN i."emailSent" THEN coalesce(i."emailSentAt", i."createdAt") END),
                                                     s.timezone)::date AS issued) AS d;
ALTER VIEW centurion.invoice_accounts OWNER TO centurion_gate;
GRANT SELECT ON centurion.invoice_accounts TO centurion_biller;
GRANT EXECUTE ON FUNCTION centurion.number_text(text, integer, integer) TO centurion_gate, centurion_biller;

-- Of an issued invoice our functions change only that it was mailed and that it was voided.
CREATE FUNCTION centurion.check_invoice() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW."userId", NEW.month, NEW."totalAmount", NEW."createdAt") = (OLD.id, OLD."userId", OLD.month, OLD."totalAmount", OLD."createdAt")
           AND (OLD."voidedAt" IS NULL OR NEW."voidedAt" = OLD."voidedAt") THEN
            RETURN NEW;
        END IF;
    END IF;
    IF centurion.is_issued(OLD.id) THEN
        RAISE EXCEPTION 'Invoice % was issued and stays as it is', OLD.id
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Void it by a credit note.';
    END IF;
    RETURN CASE TG_OP WHEN 'UPDATE' THEN NEW ELSE OLD END;
END
$$;
CREATE TRIGGER centurion_check_invoice BEFORE UPDATE OR DELETE ON public.invoices
    FOR EACH ROW WHEN (current_user = 'centurion_biller') EXECUTE FUNCTION centurion.check_invoice();

-- ---- The month run ----

-- A month's first moment and the one after its last, UTC. A month that is still to come is none to bill.
CREATE FUNCTION centurion.billing_month(month date, OUT opens timestamp, OUT ends timestamp, OUT running boolean)
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    zone text := (SELECT s.timezone FROM centurion.settings AS s);
BEGIN
    IF month IS NULL OR NOT isfinite(month) OR extract(day FROM month) <> 1 THEN
        RAISE EXCEPTION 'a month is given by its first day, not by %', coalesce(month::text, 'nothing') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF month > centurion.today() THEN
        RAISE EXCEPTION '% lies in the future', to_char(month, 'YYYY-MM')
            USING ERRCODE = 'invalid_parameter_value', HINT = 'The last month that can be billed is ' || to_char(centurion.today(), 'YYYY-MM') || '.';
    END IF;
    opens := centurion.utc_time(month::timestamp, zone);
    ends := centurion.utc_time(month + interval '1 month', zone);
    running := ends > now() AT TIME ZONE 'UTC';
END
$$;

-- Why a client gets no invoice for a month; NULL: one is made.
CREATE FUNCTION centurion.billing_obstacle(sessions bigint, total numeric, least_fee numeric, gone boolean, has_invoice boolean) RETURNS text
    LANGUAGE sql IMMUTABLE AS
$$
    SELECT CASE WHEN has_invoice THEN 'invoice exists'
                WHEN coalesce(sessions, 0) = 0 THEN 'nothing to bill'
                WHEN gone THEN 'the client is deleted'
                WHEN least_fee < 0 THEN 'a fee is below 0'
                WHEN total = 0 THEN 'the total is 0.00'
                WHEN total > 99999999.99 THEN 'the total is too large for an invoice' END
$$;

-- A line for every client with sessions to bill, sessions left over from earlier months, or past ones that nobody marked. With sweep the
-- left-over ones are billed too; sessions and total say what would be on the invoice.
CREATE FUNCTION centurion.invoice_preview(month date, sweep boolean DEFAULT false)
    RETURNS TABLE (user_id integer, name text, sessions integer, total numeric, older integer, older_total numeric, unmarked integer,
                   zero_fees integer, billed boolean, flags text[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person  centurion.me := centurion.require_admin();
    first   constant date := month;
    swept   constant boolean := coalesce(sweep, false);
    utc     constant timestamp := now() AT TIME ZONE 'UTC';
    opens   timestamp;
    ends    timestamp;
BEGIN
    SELECT b.opens, b.ends INTO opens, ends FROM centurion.billing_month(first) AS b;
    RETURN QUERY
    WITH due AS (
        SELECT p."userId", count(*) FILTER (WHERE p."startTime" < opens) AS older, sum(p.fee) FILTER (WHERE p."startTime" < opens) AS older_total,
               count(*) FILTER (WHERE swept OR p."startTime" >= opens) AS sessions, sum(p.fee) FILTER (WHERE swept OR p."startTime" >= opens) AS total,
               min(p.fee) FILTER (WHERE swept OR p."startTime" >= opens) AS least_fee,
               count(*) FILTER (WHERE p.fee = 0 AND (swept OR p."startTime" >= opens)) AS zero_fees
        FROM public.appointments AS p
        WHERE p.status = 'ATTENDED' AND p."invoiceId" IS NULL AND p."startTime" < ends
        GROUP BY p."userId"
    ), forgotten AS (
        SELECT p."userId", count(*) AS unmarked
        FROM public.appointments AS p
        WHERE centurion.is_unmarked(p.status, p."endTime", utc) AND p."endTime" > opens -- for the index: it ends after it starts
              AND p."startTime" >= opens AND p."startTime" < ends
        GROUP BY p."userId"
    )
    SELECT u.id, coalesce(u.name, u.email), coalesce(d.sessions, 0)::integer, coalesce(d.total, 0), coalesce(d.older, 0)::integer, coalesce(d.older_total, 0),
           coalesce(f.unmarked, 0)::integer, coalesce(d.zero_fees, 0)::integer, o.why IS NULL,
           array_remove(ARRAY[o.why, CASE WHEN f.unmarked > 0 THEN f.unmarked || ' unmarked' END,
                              CASE WHEN d.zero_fees > 0 THEN d.zero_fees || ' at 0.00' END,
                              CASE WHEN d.older > 0 THEN format('%s from earlier months, %s', d.older, d.older_total) END], NULL)
    FROM due AS d
         FULL JOIN forgotten AS f ON f."userId" = d."userId"
         -- OFFSET 0: one by one, not by reading all users
         CROSS JOIN LATERAL (SELECT u.id, u.name, u.email, u."deletedAt" FROM public.users AS u WHERE u.id = coalesce(d."userId", f."userId") OFFSET 0) AS u
         LEFT JOIN public.invoices AS i ON i."userId" = u.id AND i.month = first AND i."voidedAt" IS NULL
         CROSS JOIN LATERAL (SELECT centurion.billing_obstacle(d.sessions, d.total, d.least_fee, u."deletedAt" IS NOT NULL, i.id IS NOT NULL) AS why) AS o
    ORDER BY u.name, u.id;
END
$$;

-- What a run did, for its answer; clients by name, as they are called now.
CREATE FUNCTION centurion.run_answer(answer centurion.change, request uuid) RETURNS centurion.change
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    SELECT jsonb_build_object('month', r.month, 'sweep', r.sweep, 'created', r.created, 'sessions', r.sessions, 'total', r.total, 'skipped',
               coalesce((SELECT jsonb_agg(s.line || jsonb_build_object('name', coalesce(u.name, u.email)) ORDER BY u.name, u.id)
                         FROM jsonb_array_elements(r.skipped) AS s (line) LEFT JOIN public.users AS u ON u.id = (s.line ->> 'user')::integer), '[]'))
        INTO answer.record
        FROM centurion.invoice_runs AS r WHERE r.request = run_answer.request;
    RETURN answer;
END
$$;

-- Makes the month's invoices: for all clients, or for some only. The lock makes a second run wait and find nothing left to do. What
-- keeps anybody from being billed twice, whoever writes at the same time, are the sessions, which are locked as they stand, and the key
-- of one invoice a client and month. The running month can be billed too; what is attended later in it is left over.
CREATE FUNCTION centurion.invoice_run(request uuid, month date, sweep boolean DEFAULT false, clients integer[] DEFAULT NULL) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    first  constant date := month;
    span   record := centurion.billing_month(month);
    since  constant timestamp := CASE WHEN sweep THEN '-infinity' ELSE span.opens END;
    ends   constant timestamp := span.ends;
BEGIN
    IF NOT centurion.change_begin(request, 'invoice_run') THEN
        RETURN centurion.run_answer(centurion.change_repeated(request), request);
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('centurion.invoice_run', 0));
    WITH due AS MATERIALIZED (
        SELECT p.id, p."userId", p.fee
        FROM public.appointments AS p
        WHERE p.status = 'ATTENDED' AND p."invoiceId" IS NULL AND p."startTime" >= since AND p."startTime" < ends
              AND (clients IS NULL OR p."userId" = ANY (clients))
        ORDER BY p.id
        FOR UPDATE
    ), bill AS MATERIALIZED (
        SELECT d."userId", d.sessions, d.total,
               centurion.billing_obstacle(d.sessions, d.total, d.least_fee, u."deletedAt" IS NOT NULL,
                                          EXISTS (SELECT FROM public.invoices AS i
                                                  WHERE i."userId" = d."userId" AND i.month = first AND i."voidedAt" IS NULL)) AS why
        FROM (SELECT coalesce(d."userId", o.id) AS "userId", count(d.id) AS sessions, sum(d.fee) AS total, min(d.fee) AS least_fee
              FROM due AS d FULL JOIN (SELECT DISTINCT w.id FROM unnest(clients) AS w (id)) AS o ON o.id = d."userId" GROUP BY 1) AS d
             LEFT JOIN public.users AS u ON u.id = d."userId"
    ), made AS (
        INSERT INTO public.invoices AS i ("userId", month, "totalAmount")
        SELECT b."userId", first, b.total FROM bill AS b WHERE b.why IS NULL ORDER BY b."userId"
        ON CONFLICT ("userId", month) WHERE "voidedAt" IS NULL DO NOTHING
        RETURNING i.id, i."userId"
    ), linked AS (
        UPDATE public.appointments AS p SET "invoiceId" = m.id FROM due AS d JOIN made AS m ON m."userId" = d."userId" WHERE p.id = d.id
    )
    INSERT INTO centurion.invoice_runs (request, month, sweep, created, sessions, total, skipped, "byId")
    SELECT invoice_run.request, first, coalesce(invoice_run.sweep, false), count(m.id),
           coalesce(sum(b.sessions) FILTER (WHERE m.id IS NOT NULL), 0),
           coalesce(sum(b.total) FILTER (WHERE m.id IS NOT NULL), 0),
           coalesce(jsonb_agg(jsonb_build_object('user', b."userId", 'why', coalesce(b.why, 'invoice exists'))) FILTER (WHERE m.id IS NULL), '[]'),
           person."userId"
    FROM bill AS b LEFT JOIN made AS m ON m."userId" = b."userId";
    RETURN centurion.run_answer(centurion.change_saved(request, 'InvoiceRun', month::text), request);
END
$$;

-- ---- One invoice ----

-- An invoice as it stands, locked until the transaction ends.
CREATE FUNCTION centurion.lock_invoice(invoice integer) RETURNS centurion.invoice_accounts
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    seen centurion.invoice_accounts;
BEGIN
    PERFORM FROM public.invoices AS i WHERE i.id = invoice FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no invoice %', coalesce(invoice::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    SELECT * INTO seen FROM centurion.invoice_accounts AS a WHERE a.invoice = lock_invoice.invoice;
    RETURN seen;
END
$$;

-- An answer about an invoice, with what follows from its number and its payments.
CREATE FUNCTION centurion.invoice_answer(answer centurion.change) RETURNS centurion.change
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    answer.record := answer.record || (SELECT jsonb_build_object('number', a.number, 'credit', a.credit, 'issued', a.issued, 'due', a.due,
                                                                 'paid', a.paid, 'open', a.open)
                                       FROM centurion.invoice_accounts AS a WHERE a.invoice = answer.key::integer);
    RETURN answer;
END
$$;

CREATE FUNCTION centurion.take_number(kind text, invoice integer, person integer) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
#variable_conflict use_column
DECLARE
    this_year constant integer := extract(year FROM centurion.today());
    taken     integer;
BEGIN
    INSERT INTO centurion.invoice_counters AS c (kind, year, last) VALUES (take_number.kind, this_year, 1)
    ON CONFLICT (kind, year) DO UPDATE SET last = c.last + 1
    RETURNING c.last INTO taken;
    INSERT INTO centurion.invoice_numbers (kind, year, number, "invoiceId", "byId") VALUES (take_number.kind, this_year, taken, invoice, person);
END
$$;

-- Void is void, for whatever is to be done with it.
CREATE FUNCTION centurion.require_valid(seen centurion.invoice_accounts) RETURNS void
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF seen.void THEN
        RAISE EXCEPTION 'Invoice % is void', coalesce(seen.number, seen.invoice::text) USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
END
$$;

-- Gives it its number: when it is sent, exported or printed for the first time.
CREATE FUNCTION centurion.invoice_issue(request uuid, invoice integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    seen   centurion.invoice_accounts;
BEGIN
    IF NOT centurion.change_begin(request, 'invoice_issue') THEN
        RETURN centurion.invoice_answer(centurion.change_repeated(request));
    END IF;
    seen := centurion.lock_invoice(invoice);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.invoice_answer(centurion.change_conflict(request, 'Invoice', invoice::text));
    END IF;
    PERFORM centurion.require_valid(seen);
    IF seen.number IS NOT NULL THEN
        RAISE EXCEPTION 'Invoice % was issued as %', invoice, seen.number USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    PERFORM centurion.take_number('INV', invoice, person."userId");
    RETURN centurion.invoice_answer(centurion.change_saved(request, 'Invoice', invoice::text));
END
$$;

-- To be said after the mail has gone out, and only then. When it went first is what counts; it is not said twice.
CREATE FUNCTION centurion.invoice_mark_sent(request uuid, invoice integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    seen   centurion.invoice_accounts;
BEGIN
    IF NOT centurion.change_begin(request, 'invoice_mark_sent') THEN
        RETURN centurion.invoice_answer(centurion.change_repeated(request));
    END IF;
    seen := centurion.lock_invoice(invoice);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.invoice_answer(centurion.change_conflict(request, 'Invoice', invoice::text));
    END IF;
    PERFORM centurion.require_valid(seen);
    IF seen.sent THEN
        RAISE EXCEPTION 'Invoice % was sent before', coalesce(seen.number, invoice::text) USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF seen.number IS NULL THEN
        PERFORM centurion.take_number('INV', invoice, person."userId");
    END IF;
    UPDATE public.invoices AS i SET "emailSent" = true, "emailSentAt" = now() AT TIME ZONE 'UTC' WHERE i.id = invoice;
    RETURN centurion.invoice_answer(centurion.change_saved(request, 'Invoice', invoice::text));
END
$$;

-- A draft goes, and its sessions can be billed again.
CREATE FUNCTION centurion.invoice_delete(request uuid, invoice integer, version text) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    seen   centurion.invoice_accounts;
BEGIN
    IF NOT centurion.change_begin(request, 'invoice_delete') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    seen := centurion.lock_invoice(invoice);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.invoice_answer(centurion.change_conflict(request, 'Invoice', invoice::text));
    END IF;
    PERFORM centurion.require_valid(seen);
    IF EXISTS (SELECT FROM centurion.payments AS y WHERE y."invoiceId" = invoice) THEN
        RAISE EXCEPTION 'Invoice % has payments, which are never deleted', invoice
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Issue it, reverse them, and void it.';
    END IF;
    UPDATE public.appointments AS p SET "invoiceId" = NULL WHERE p."invoiceId" = invoice;
    DELETE FROM public.invoices AS i WHERE i.id = invoice;
    RETURN centurion.change_saved(request, 'Invoice', invoice::text);
END
$$;

-- A credit note over the whole of it. release: its sessions can be billed again; otherwise nobody is ever billed for them.
CREATE FUNCTION centurion.invoice_void(request uuid, invoice integer, version text, release boolean) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    seen   centurion.invoice_accounts;
BEGIN
    IF release IS NULL THEN
        RAISE EXCEPTION 'whether the sessions can be billed again is to be said' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT centurion.change_begin(request, 'invoice_void') THEN
        RETURN centurion.invoice_answer(centurion.change_repeated(request));
    END IF;
    seen := centurion.lock_invoice(invoice);
    IF seen.version IS DISTINCT FROM version THEN
        RETURN centurion.invoice_answer(centurion.change_conflict(request, 'Invoice', invoice::text));
    END IF;
    PERFORM centurion.require_valid(seen);
    IF seen.issued IS NULL THEN
        RAISE EXCEPTION 'Invoice % was not issued', invoice USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'A draft is deleted.';
    END IF;
    IF seen.paid <> 0 THEN
        RAISE EXCEPTION 'Invoice % has % paid', coalesce(seen.number, invoice::text), seen.paid
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Reverse its payments first.';
    END IF;
    PERFORM centurion.take_number('CN', invoice, person."userId");
    UPDATE public.invoices AS i SET "voidedAt" = now() AT TIME ZONE 'UTC' WHERE i.id = invoice;
    IF release THEN
        UPDATE public.appointments AS p SET "invoiceId" = NULL WHERE p."invoiceId" = invoice;
    END IF;
    RETURN centurion.invoice_answer(centurion.change_saved(request, 'Invoice', invoice::text));
END
$$;

-- ---- Payments ----

-- In full or in part, never more than is open.
CREATE FUNCTION centurion.payment_add(request uuid, invoice integer, amount numeric, method text, reference text, paid_on date) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    fault  constant text := CASE WHEN coalesce(amount, 0) <= 0 OR amount = 'NaN' OR amount <> round(amount, 2)
                                      THEN format('An amount is above 0 and in whole cents, not %s', coalesce(amount::text, 'nothing'))
                                 WHEN coalesce(length(btrim(method)), 0) NOT BETWEEN 1 AND 40 THEN 'A method has 1 to 40 characters'
                                 WHEN length(reference) > 200 THEN format('A reference has at most 200 characters, not %s', length(reference))
                                 WHEN paid_on IS NULL OR NOT isfinite(paid_on) THEN 'A payment wants its day'
                                 WHEN paid_on > centurion.today() THEN format('A payment of %s lies in the future', paid_on) END;
    seen   centurion.invoice_accounts;
    made   integer;
BEGIN
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION '%', fault USING ERRCODE = 'check_violation';
    END IF;
    IF NOT centurion.change_begin(request, 'payment_add') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    seen := centurion.lock_invoice(invoice);
    PERFORM centurion.require_valid(seen);
    IF seen.issued IS NULL THEN
        RAISE EXCEPTION 'Invoice % was not issued', invoice
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Only what was issued is paid.';
    END IF;
    IF amount > seen.open THEN
        RAISE EXCEPTION '% is more than the % open on invoice %', round(amount, 2), seen.open, coalesce(seen.number, invoice::text)
            USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO centurion.payments AS y ("invoiceId", amount, method, reference, "paidOn")
    VALUES (invoice, payment_add.amount, btrim(payment_add.method), nullif(btrim(payment_add.reference), ''), paid_on)
    RETURNING y.id INTO made;
    RETURN centurion.change_saved(request, 'Payment', made::text);
END
$$;

-- Takes a payment back, today and once: a row over the same amount below zero.
CREATE FUNCTION centurion.payment_reverse(request uuid, payment integer) RETURNS centurion.change
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
DECLARE
    person centurion.me := centurion.require_admin();
    paid   record;
    made   integer;
BEGIN
    IF NOT centurion.change_begin(request, 'payment_reverse') THEN
        RETURN centurion.change_repeated(request);
    END IF;
    -- The ledger's rows never change; what could be done to one twice waits at its invoice.
    PERFORM centurion.lock_invoice(y."invoiceId") FROM centurion.payments AS y WHERE y.id = payment;
    SELECT y."invoiceId", y.amount, y.method, y.reference, y."reversesId" INTO paid FROM centurion.payments AS y WHERE y.id = payment;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no payment %', coalesce(payment::text, 'without a number') USING ERRCODE = 'no_data_found';
    END IF;
    IF paid.amount < 0 OR EXISTS (SELECT FROM centurion.payments AS y WHERE y."reversesId" = payment) THEN
        RAISE EXCEPTION 'Payment % %', payment, CASE WHEN paid.amount < 0 THEN 'is none that came in' ELSE 'was reversed before' END
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    INSERT INTO centurion.payments AS y ("invoiceId", amount, method, reference, "paidOn", "reversesId")
    VALUES (paid."invoiceId", -paid.amount, paid.method, paid.reference, centurion.today(), payment)
    RETURNING y.id INTO made;
    RETURN centurion.change_saved(request, 'Payment', made::text);
END
$$;

-- ---- Reports ----

-- What is open, by the days since it was due.
CREATE FUNCTION centurion.invoice_ageing() RETURNS TABLE (age text, invoices integer, amount numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 5 SET search_path = pg_catalog, pg_temp SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    today  constant date := centurion.today();
BEGIN
    RETURN QUERY
    SELECT b.age, count(a.open)::integer, coalesce(sum(a.open), 0)
    FROM (VALUES (1, 'current', NULL, 0), (2, '1-30', 1, 30), (3, '31-60', 31, 60), (4, '61-90', 61, 90), (5, '90+', 91, NULL)) AS b (nth, age, least, most)
         LEFT JOIN (SELECT a.open, today - a.due AS late FROM centurion.invoice_accounts AS a WHERE a.issued IS NOT NULL AND NOT a.void AND a.open > 0) AS a
              ON a.late BETWEEN coalesce(b.least, a.late) AND coalesce(b.most, a.late)
    GROUP BY b.nth, b.age
    ORDER BY b.nth;
END
$$;

-- What was issued for each month, the latest first.
CREATE FUNCTION centurion.revenue_by_month() RETURNS TABLE (month date, invoices integer, clients integer, total numeric, paid numeric, open numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, pg_temp SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
BEGIN
    RETURN QUERY
    SELECT a.month, count(*)::integer, count(DISTINCT a.user_id)::integer, sum(a.total), sum(a.paid), sum(a.open)
    FROM centurion.invoice_accounts AS a
    WHERE a.issued IS NOT NULL AND NOT a.void
    GROUP BY a.month
    ORDER BY a.month DESC;
END
$$;

-- Invoices whose total is not the sum of their sessions' fees. One without any session was made by hand. Nothing of ours makes one; the
-- web application may.
CREATE FUNCTION centurion.invoice_faults()
    RETURNS TABLE (invoice integer, user_id integer, month date, number text, total numeric, fees numeric, sessions integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10 SET search_path = pg_catalog, pg_temp SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
BEGIN
    RETURN QUERY
    SELECT i.id, i."userId", i.month, centurion.number_text(n.kind, n.year, n.number), i."totalAmount", f.fees, f.sessions::integer
    FROM (SELECT p."invoiceId", sum(p.fee) AS fees, count(*) AS sessions
          FROM public.appointments AS p WHERE p."invoiceId" IS NOT NULL GROUP BY p."invoiceId") AS f
         JOIN public.invoices AS i ON i.id = f."invoiceId" AND i."totalAmount" <> f.fees
         LEFT JOIN centurion.invoice_numbers AS n ON n."invoiceId" = i.id AND n.kind = 'INV'
    ORDER BY i.id;
END
$$;

-- ---- What screens count ----

-- As before, but issued is what has a number too, and what is void counts nowhere.
CREATE OR REPLACE FUNCTION centurion.admin_home()
    RETURNS TABLE (today date, month date, unmarked integer, unsent integer, overdue integer, overdue_amount numeric,
                   coaches_over integer, max_clients integer, insights integer, issued numeric, issued_count integer, paid numeric,
                   paid_count integer, open numeric, open_count integer, uninvoiced numeric, uninvoiced_count integer,
                   new_members integer, new_members_before integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_admin();
    s      record;
    utc    timestamp := now() AT TIME ZONE 'UTC';
    day    date := centurion.today();
    month_now  date := date_trunc('month', day)::date;
    month_from timestamp;
    month_till timestamp;
    month_past timestamp;
    due_before timestamp;
BEGIN
    SELECT timezone, invoice_terms_days, max_clients_per_coach INTO s FROM centurion.settings;
    month_from := centurion.utc_time(month_now::timestamp, s.timezone);
    month_till := centurion.utc_time((month_now + interval '1 month')::timestamp, s.timezone);
    month_past := centurion.utc_time((month_now - interval '1 month')::timestamp, s.timezone);
    due_before := centurion.utc_time((day - s.invoice_terms_days)::timestamp, s.timezone);
    RETURN QUERY
    SELECT day, month_now,
           (SELECT count(*)::integer FROM public.appointments AS p WHERE centurion.is_unmarked(p.status, p."endTime", utc)),
           (SELECT count(*)::integer FROM public.invoices AS i WHERE NOT i."emailSent" AND i."voidedAt" IS NULL),
           sent.late, sent.late_owed,
           (SELECT count(*)::integer FROM centurion.coach_loads() AS l WHERE l.clients > s.max_clients_per_coach), s.max_clients_per_coach,
           (SELECT count(*)::integer FROM public.admin_insights AS n WHERE n.status = 'ACTIVE'),
           sent.total, sent.n, sent.total - sent.owed, sent.n - sent.unpaid, sent.owed, sent.unpaid,
           due.total, due.n,
           joined.now, joined.before
    FROM (SELECT count(*) FILTER (WHERE m.now)::integer AS n, coalesce(sum(m.total) FILTER (WHERE m.now), 0) AS total,
                 count(*) FILTER (WHERE m.now AND m.owed > 0)::integer AS unpaid, coalesce(sum(m.owed) FILTER (WHERE m.now), 0) AS owed,
                 count(*) FILTER (WHERE m.late AND m.owed > 0)::integer AS late,
                 coalesce(sum(m.owed) FILTER (WHERE m.late AND m.owed > 0), 0) AS late_owed
          FROM (SELECT i."totalAmount" AS total, i."totalAmount" - coalesce(sum(y.amount), 0) AS owed,
                       g.at >= month_from AND g.at < month_till AS now, g.at < due_before AS late
                FROM public.invoices AS i
                     LEFT JOIN centurion.invoice_numbers AS n ON n."invoiceId" = i.id AND n.kind = 'INV'
                     LEFT JOIN centurion.payments AS y ON y."invoiceId" = i.id
                     CROSS JOIN LATERAL (SELECT coalesce(n."issuedAt", i."emailSentAt") AS at) AS g
                WHERE (i."emailSent" OR n.number IS NOT NULL) AND i."voidedAt" IS NULL
                GROUP BY i.id, g.at) AS m) AS sent
         CROSS JOIN (
          SELECT count(*)::integer AS n, coalesce(sum(p.fee), 0) AS total
          FROM public.appointments AS p WHERE p.status = 'ATTENDED' AND p."invoiceId" IS NULL) AS due
         CROSS JOIN (
          SELECT count(*) FILTER (WHERE u."createdAt" >= month_from)::integer AS now,
                 count(*) FILTER (WHERE u."createdAt" < month_from)::integer AS before
          FROM public.users AS u
          WHERE u.role = 'CLIENT' AND u."createdAt" >= month_past AND u."createdAt" < month_till AND u."deletedAt" IS NULL) AS joined;
END
$$;

-- Likewise a member's open invoices.
CREATE OR REPLACE FUNCTION centurion.member_overview(member integer)
    RETURNS TABLE (user_id integer, name text, email text, joined date, cohorts text, coaches text, score integer, band text,
                   rate_7d integer, rate_14d integer, rate_30d integer, streak integer, best_streak integer, frequency integer,
                   last_checkin date, next_due date, weight double precision, weight_change_14d double precision,
                   steps_7d double precision, calories_7d double precision, sleep_7d double precision, stress_7d double precision,
                   next_session timestamp, unmarked integer, uninvoiced integer, uninvoiced_amount numeric, open_invoices integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
    zone   text := (SELECT timezone FROM centurion.settings);
    today  date := centurion.today();
    utc    timestamp := now() AT TIME ZONE 'UTC';
    scored boolean;
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    scored := EXISTS (SELECT FROM public.cohort_memberships AS m WHERE m."userId" = member AND m.status = 'ACTIVE');
    RETURN QUERY
    SELECT u.id, u.name, u.email, centurion.local_time(u."createdAt", zone)::date, coalesce(c.cohorts, ''), coalesce(k.coaches, ''),
           CASE WHEN scored THEN a.score END, CASE WHEN scored THEN a.band END,
           centurion.adherence(a.checkins_7, 7, a.frequency), centurion.adherence(a.checkins_14, 14, a.frequency),
           centurion.adherence(a.checkins_30, 30, a.frequency), s.streak, s.best, a.frequency, today - a.last_days,
           coalesce(today - a.last_days + a.frequency, today), e.weight, e.weight - e.weight_before, e.steps, e.calories, e.sleep, e.stress,
           p.next, p.unmarked, p.uninvoiced, CASE WHEN person.role = 'ADMIN' THEN p.amount END, i.open
    FROM public.users AS u
         JOIN centurion.attention(ARRAY[member], today) AS a ON a.user_id = u.id
         CROSS JOIN LATERAL centurion.streak(u.id, today) AS s
         CROSS JOIN LATERAL (
             SELECT string_agg(format('%s (%s, week %s)', c.name, lower(m.status::text),
                                      centurion.week_label(today, c."startDate"::date, c."endDate"::date)), '; '
                               ORDER BY m.status, c."startDate" DESC, c.id) AS cohorts
             FROM public.cohort_memberships AS m JOIN public.cohorts AS c ON c.id = m."cohortId" AND c."deletedAt" IS NULL
             WHERE m."userId" = u.id
         ) AS c
         CROSS JOIN LATERAL (
             SELECT string_agg(n.name, ', ' ORDER BY n.name) AS coaches
             FROM (SELECT DISTINCT coach.id, coach.name
                   FROM public.cohort_memberships AS m
                        JOIN public.cohorts AS c ON c.id = m."cohortId" AND c.status = 'ACTIVE' AND c."deletedAt" IS NULL
                        JOIN public.coach_cohort_memberships AS k ON k."cohortId" = c.id
                        JOIN public.users AS coach ON coach.id = k."coachId" AND coach."deletedAt" IS NULL
                   WHERE m."userId" = u.id AND m.status <> 'INACTIVE') AS n
         ) AS k
         CROSS JOIN LATERAL (
             SELECT (SELECT l.weight FROM public.entries AS l
                     WHERE l."userId" = u.id AND l.date <= today AND l.weight IS NOT NULL ORDER BY l.date DESC LIMIT 1) AS weight,
                    -- the first of the last 14 days, where there is more than one
                    (array_agg(e.weight ORDER BY e.date) FILTER (WHERE e.weight IS NOT NULL))[1]
                        + CASE WHEN count(e.weight) > 1 THEN 0 END AS weight_before,
                    avg(e.steps) FILTER (WHERE e.date > today - 7)::double precision AS steps,
                    avg(e.calories) FILTER (WHERE e.date > today - 7)::double precision AS calories,
                    avg(e."sleepQuality") FILTER (WHERE e.date > today - 7)::double precision AS sleep,
                    avg(e."perceivedStress") FILTER (WHERE e.date > today - 7)::double precision AS stress
             FROM public.entries AS e
             WHERE e."userId" = u.id AND e.date > today - 14 AND e.date <= today
         ) AS e
         CROSS JOIN LATERAL (
             SELECT centurion.local_time(min(p."startTime") FILTER (WHERE p."startTime" > utc), zone) AS next,
                    count(*) FILTER (WHERE centurion.is_unmarked(p.status, p."endTime", utc))::integer AS unmarked,
                    count(*) FILTER (WHERE p.status = 'ATTENDED' AND p."invoiceId" IS NULL)::integer AS uninvoiced,
                    coalesce(sum(p.fee) FILTER (WHERE p.status = 'ATTENDED' AND p."invoiceId" IS NULL), 0) AS amount
             FROM public.appointments AS p WHERE p."userId" = u.id
         ) AS p
         LEFT JOIN LATERAL (
             SELECT count(*)::integer AS open
             FROM public.invoices AS i
                  CROSS JOIN LATERAL (SELECT coalesce(sum(y.amount), 0) AS paid FROM centurion.payments AS y WHERE y."invoiceId" = i.id) AS y
             WHERE i."userId" = u.id AND i."voidedAt" IS NULL AND y.paid < i."totalAmount"
                   AND (i."emailSent" OR EXISTS (SELECT FROM centurion.invoice_numbers AS n WHERE n."invoiceId" = i.id))
         ) AS i ON person.role = 'ADMIN'
    WHERE u.id = member;
END
$$;

DO $$
DECLARE
    entry text;
BEGIN
    FOREACH entry IN ARRAY ARRAY['invoice_preview(date, boolean)', 'invoice_run(uuid, date, boolean, integer[])', 'invoice_issue(uuid, integer, text)',
                                 'invoice_mark_sent(uuid, integer, text)', 'invoice_delete(uuid, integer, text)',
                                 'invoice_void(uuid, integer, text, boolean)', 'payment_add(uuid, integer, numeric, text, text, date)',
                                 'payment_reverse(uuid, integer)', 'invoice_ageing()', 'revenue_by_month()', 'invoice_faults()']
    LOOP
        EXECUTE format('ALTER FUNCTION centurion.%s OWNER TO centurion_biller', entry);
        EXECUTE format('REVOKE ALL ON FUNCTION centurion.%s FROM PUBLIC', entry);
        EXECUTE format('GRANT EXECUTE ON FUNCTION centurion.%s TO centurion_admin', entry);
    END LOOP;
END
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.is_issued(integer) TO centurion_writer, centurion_biller;
GRANT EXECUTE ON FUNCTION centurion.billing_month(date), centurion.billing_obstacle(bigint, numeric, numeric, boolean, boolean),
                          centurion.run_answer(centurion.change, uuid), centurion.lock_invoice(integer), centurion.invoice_answer(centurion.change),
                          centurion.take_number(text, integer, integer), centurion.require_valid(centurion.invoice_accounts)
    TO centurion_biller;
