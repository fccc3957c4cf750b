-- The schema "centurion": what the shared tables have no place for, and all rules as views and functions (the following
-- migrations). The shared tables themselves get nullable columns, triggers and indexes only, so that the web application
-- goes on unchanged. As there, columns in camelCase are quoted and timestamps are UTC without zone.

CREATE SCHEMA IF NOT EXISTS centurion;

-- Whose database login is whose. Identity is the session user looked up here; see the migration about access.
CREATE TABLE centurion.logins (
    rolname  name          NOT NULL,
    "userId" integer       NOT NULL,
    role     public."Role" NOT NULL,
    enabled  boolean       NOT NULL DEFAULT true,

    CONSTRAINT logins_pkey PRIMARY KEY (rolname),
    CONSTRAINT "logins_userId_key" UNIQUE ("userId"),
    CONSTRAINT "logins_userId_fkey" FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE
);

-- A coach's review of a client's week. No row means pending; a row that says so was reopened.
CREATE TABLE centurion.reviews (
    "coachId"  integer NOT NULL,
    "clientId" integer NOT NULL,
    week       date    NOT NULL, -- its Monday
    status     text    NOT NULL DEFAULT 'pending',
    "byId"     integer,          -- who gave it this status, and when
    at         timestamp(3),

    CONSTRAINT reviews_pkey PRIMARY KEY ("coachId", "clientId", week),
    CONSTRAINT reviews_week_monday CHECK (extract(isodow FROM week) = 1),
    CONSTRAINT reviews_status_known CHECK (status IN ('pending', 'done', 'skipped')),
    CONSTRAINT reviews_closed_by CHECK (status = 'pending' OR at IS NOT NULL),
    CONSTRAINT "reviews_coachId_fkey" FOREIGN KEY ("coachId") REFERENCES public.users (id) ON DELETE CASCADE,
    CONSTRAINT "reviews_clientId_fkey" FOREIGN KEY ("clientId") REFERENCES public.users (id) ON DELETE CASCADE,
    CONSTRAINT "reviews_byId_fkey" FOREIGN KEY ("byId") REFERENCES public.users (id) ON DELETE SET NULL
);
CREATE INDEX "reviews_clientId_idx" ON centurion.reviews ("clientId");

-- How often, in days, a cohort or one member is asked to check in, where that differs from the setting.
CREATE TABLE centurion.cohort_frequencies (
    "cohortId" integer NOT NULL,
    days       integer NOT NULL,

    CONSTRAINT cohort_frequencies_pkey PRIMARY KEY ("cohortId"),
    CONSTRAINT cohort_frequencies_days_range CHECK (days BETWEEN 1 AND 90),
    CONSTRAINT "cohort_frequencies_cohortId_fkey" FOREIGN KEY ("cohortId") REFERENCES public.cohorts (id) ON DELETE CASCADE
);

CREATE TABLE centurion.member_frequencies (
    "userId" integer NOT NULL,
    days     integer NOT NULL,

    CONSTRAINT member_frequencies_pkey PRIMARY KEY ("userId"),
    CONSTRAINT member_frequencies_days_range CHECK (days BETWEEN 1 AND 90),
    CONSTRAINT "member_frequencies_userId_fkey" FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE
);

-- What was paid of an invoice, in parts if need be. Paid, open and overdue are sums of these.
CREATE TABLE centurion.payments (
    id          integer       GENERATED ALWAYS AS IDENTITY,
    "invoiceId" integer       NOT NULL,
    amount      numeric(10,2) NOT NULL,
    method      text          NOT NULL,
    reference   text,
    "paidOn"    date          NOT NULL,

    CONSTRAINT payments_pkey PRIMARY KEY (id),
    CONSTRAINT payments_amount_given CHECK (amount <> 0),
    CONSTRAINT "payments_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES public.invoices (id) ON DELETE CASCADE
);
CREATE INDEX "payments_invoiceId_idx" ON centurion.payments ("invoiceId");

-- Soft delete: whoever has this set is gone from every list and login, and can be restored.
ALTER TABLE public.users ADD COLUMN IF NOT EXISTS "deletedAt" timestamp(3);
ALTER TABLE public.cohorts ADD COLUMN IF NOT EXISTS "deletedAt" timestamp(3);

-- "updatedAt" has no default in the shared tables. A new row may bring its own; a change is always stamped.
CREATE FUNCTION centurion.stamp_updated() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
    IF TG_OP = 'UPDATE' OR NEW."updatedAt" IS NULL THEN
        NEW."updatedAt" := now() AT TIME ZONE 'UTC';
    END IF;
    RETURN NEW;
END
$$;

DO $$
DECLARE
    stamped record;
BEGIN
    FOR stamped IN
        SELECT c.oid::regclass AS name
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'updatedAt' AND NOT a.attisdropped
    LOOP
        EXECUTE format('CREATE TRIGGER centurion_stamp_updated BEFORE INSERT OR UPDATE ON %s
                            FOR EACH ROW EXECUTE FUNCTION centurion.stamp_updated()', stamped.name);
    END LOOP;
END
$$;

-- What reading needs beside the web application's own indexes: lists by name, the few who are deleted, memberships of a
-- person, attended sessions that no invoice holds yet, and sessions not marked.
CREATE INDEX centurion_users_name_id_idx ON public.users (name, id);
CREATE INDEX centurion_users_deleted_idx ON public.users (id) WHERE "deletedAt" IS NOT NULL;
CREATE INDEX centurion_memberships_user_status_idx ON public.cohort_memberships ("userId", status);
CREATE INDEX centurion_appointments_due_idx ON public.appointments ("startTime") INCLUDE ("userId", fee)
    WHERE status = 'ATTENDED' AND "invoiceId" IS NULL;
CREATE INDEX centurion_appointments_unmarked_idx ON public.appointments ("endTime") WHERE status = 'NOT_ATTENDED';
