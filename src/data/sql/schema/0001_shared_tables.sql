-- The 22 tables that the coaching web application and this program share, under the names and in the order that the
-- web application's schema tool (Prisma) gives them, so that either side can make or adopt them. Everything else of
-- ours is in the schema "centurion". Columns in camelCase are quoted. Timestamps are UTC without zone.

CREATE TYPE public."Role" AS ENUM ('ADMIN', 'COACH', 'CLIENT');
CREATE TYPE public."AttendanceStatus" AS ENUM ('ATTENDED', 'NOT_ATTENDED');
CREATE TYPE public."WorkoutStatus" AS ENUM ('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED');
CREATE TYPE public."CohortStatus" AS ENUM ('ACTIVE', 'COMPLETED', 'ARCHIVED');
CREATE TYPE public."MembershipStatus" AS ENUM ('ACTIVE', 'PAUSED', 'INACTIVE');
CREATE TYPE public."ResponseStatus" AS ENUM ('IN_PROGRESS', 'COMPLETED');
CREATE TYPE public."InsightPriority" AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'URGENT');
CREATE TYPE public."InsightStatus" AS ENUM ('ACTIVE', 'RESOLVED', 'DISMISSED');

CREATE TABLE public.users (
    id              serial        NOT NULL,
    email           text          NOT NULL,
    password        text,
    name            text,
    image           text,
    "emailVerified" boolean       NOT NULL DEFAULT false,
    role            public."Role" NOT NULL DEFAULT 'CLIENT',
    "createdAt"     timestamp(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt"     timestamp(3)  NOT NULL,

    CONSTRAINT users_pkey PRIMARY KEY (id)
);

CREATE TABLE public.accounts (
    id                  serial  NOT NULL,
    "userId"            integer NOT NULL,
    type                text    NOT NULL,
    provider            text    NOT NULL,
    "providerAccountId" text    NOT NULL,
    refresh_token       text,
    access_token        text,
    expires_at          integer,
    token_type          text,
    scope               text,
    id_token            text,
    session_state       text,

    CONSTRAINT accounts_pkey PRIMARY KEY (id)
);

CREATE TABLE public.sessions (
    id             serial       NOT NULL,
    "sessionToken" text         NOT NULL,
    "userId"       integer      NOT NULL,
    expires        timestamp(3) NOT NULL,

    CONSTRAINT sessions_pkey PRIMARY KEY (id)
);

CREATE TABLE public.verification_tokens (
    identifier text         NOT NULL,
    token      text         NOT NULL,
    expires    timestamp(3) NOT NULL
);

CREATE TABLE public.appointments (
    id              serial                    NOT NULL,
    "userId"        integer                   NOT NULL,
    "startTime"     timestamp(3)              NOT NULL,
    "endTime"       timestamp(3)              NOT NULL,
    fee             numeric(10,2)             NOT NULL,
    status          public."AttendanceStatus" NOT NULL DEFAULT 'NOT_ATTENDED',
    notes           text,
    "googleEventId" text,
    "invoiceId"     integer,
    "createdAt"     timestamp(3)              NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt"     timestamp(3)              NOT NULL,

    CONSTRAINT appointments_pkey PRIMARY KEY (id)
);

CREATE TABLE public.bootcamps (
    id          serial       NOT NULL,
    name        text         NOT NULL,
    "startTime" timestamp(3) NOT NULL,
    "endTime"   timestamp(3) NOT NULL,
    location    text,
    capacity    integer,
    description text,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamp(3) NOT NULL,

    CONSTRAINT bootcamps_pkey PRIMARY KEY (id)
);

CREATE TABLE public.bootcamp_attendees (
    id           serial       NOT NULL,
    "bootcampId" integer      NOT NULL,
    "userId"     integer      NOT NULL,
    "createdAt"  timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT bootcamp_attendees_pkey PRIMARY KEY (id)
);

CREATE TABLE public.workouts (
    id          serial                 NOT NULL,
    "userId"    integer                NOT NULL,
    title       text                   NOT NULL,
    description text,
    status      public."WorkoutStatus" NOT NULL DEFAULT 'NOT_STARTED',
    "createdAt" timestamp(3)           NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamp(3)           NOT NULL,

    CONSTRAINT workouts_pkey PRIMARY KEY (id)
);

CREATE TABLE public.invoices (
    id            serial        NOT NULL,
    "userId"      integer       NOT NULL,
    month         date          NOT NULL,
    "totalAmount" numeric(10,2) NOT NULL,
    "emailSent"   boolean       NOT NULL DEFAULT false,
    "emailSentAt" timestamp(3),
    "createdAt"   timestamp(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt"   timestamp(3)  NOT NULL,

    CONSTRAINT invoices_pkey PRIMARY KEY (id)
);

CREATE TABLE public.cohorts (
    id          serial                NOT NULL,
    name        text                  NOT NULL,
    description text,
    "startDate" timestamp(3)          NOT NULL,
    "endDate"   timestamp(3),
    status      public."CohortStatus" NOT NULL DEFAULT 'ACTIVE',
    "createdAt" timestamp(3)          NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamp(3)          NOT NULL,

    CONSTRAINT cohorts_pkey PRIMARY KEY (id)
);

CREATE TABLE public.cohort_memberships (
    id         serial                    NOT NULL,
    "cohortId" integer                   NOT NULL,
    "userId"   integer                   NOT NULL,
    status     public."MembershipStatus" NOT NULL DEFAULT 'ACTIVE',
    "joinedAt" timestamp(3)              NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leftAt"   timestamp(3),

    CONSTRAINT cohort_memberships_pkey PRIMARY KEY (id)
);

CREATE TABLE public.coach_cohort_memberships (
    id          serial       NOT NULL,
    "cohortId"  integer      NOT NULL,
    "coachId"   integer      NOT NULL,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT coach_cohort_memberships_pkey PRIMARY KEY (id)
);

CREATE TABLE public.entries (
    id                serial           NOT NULL,
    "userId"          integer          NOT NULL,
    date              date             NOT NULL,
    weight            double precision,
    steps             integer,
    calories          integer,
    "sleepQuality"    integer,
    "perceivedStress" integer,
    notes             text,
    "customResponses" jsonb,
    "dataSources"     jsonb,
    "createdAt"       timestamp(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt"       timestamp(3)     NOT NULL,

    CONSTRAINT entries_pkey PRIMARY KEY (id)
);

CREATE TABLE public.questionnaire_bundles (
    id           serial       NOT NULL,
    "cohortId"   integer      NOT NULL,
    "weekNumber" integer      NOT NULL,
    questions    jsonb        NOT NULL,
    "isActive"   boolean      NOT NULL DEFAULT true,
    "createdAt"  timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt"  timestamp(3) NOT NULL,

    CONSTRAINT questionnaire_bundles_pkey PRIMARY KEY (id)
);

CREATE TABLE public.weekly_questionnaire_responses (
    id           serial                  NOT NULL,
    "userId"     integer                 NOT NULL,
    "bundleId"   integer                 NOT NULL,
    "weekNumber" integer                 NOT NULL,
    responses    jsonb                   NOT NULL,
    status       public."ResponseStatus" NOT NULL DEFAULT 'IN_PROGRESS',
    "createdAt"  timestamp(3)            NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt"  timestamp(3)            NOT NULL,

    CONSTRAINT weekly_questionnaire_responses_pkey PRIMARY KEY (id)
);

CREATE TABLE public.cohort_check_in_configs (
    id          serial       NOT NULL,
    "cohortId"  integer      NOT NULL,
    prompts     jsonb        NOT NULL,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamp(3) NOT NULL,

    CONSTRAINT cohort_check_in_configs_pkey PRIMARY KEY (id)
);

CREATE TABLE public.coach_notes (
    id           serial       NOT NULL,
    "userId"     integer      NOT NULL,
    "coachId"    integer      NOT NULL,
    "weekNumber" integer      NOT NULL,
    notes        text         NOT NULL,
    "createdAt"  timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt"  timestamp(3) NOT NULL,

    CONSTRAINT coach_notes_pkey PRIMARY KEY (id)
);

CREATE TABLE public.admin_insights (
    id          serial                   NOT NULL,
    "cohortId"  integer,
    title       text                     NOT NULL,
    description text                     NOT NULL,
    priority    public."InsightPriority" NOT NULL DEFAULT 'MEDIUM',
    status      public."InsightStatus"   NOT NULL DEFAULT 'ACTIVE',
    "createdAt" timestamp(3)             NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" timestamp(3)             NOT NULL,

    CONSTRAINT admin_insights_pkey PRIMARY KEY (id)
);

CREATE TABLE public.healthkit_workouts (
    id            serial           NOT NULL,
    "userId"      integer          NOT NULL,
    "workoutType" text             NOT NULL,
    "startTime"   timestamp(3)     NOT NULL,
    "endTime"     timestamp(3)     NOT NULL,
    duration      integer          NOT NULL,
    calories      double precision,
    distance      double precision,
    "heartRate"   jsonb,
    metadata      jsonb,
    "createdAt"   timestamp(3)     NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT healthkit_workouts_pkey PRIMARY KEY (id)
);

CREATE TABLE public.sleep_records (
    id             serial       NOT NULL,
    "userId"       integer      NOT NULL,
    "startTime"    timestamp(3) NOT NULL,
    "endTime"      timestamp(3) NOT NULL,
    "totalSleep"   integer      NOT NULL,
    "inBedTime"    integer      NOT NULL,
    "deepSleep"    integer,
    "remSleep"     integer,
    "coreSleep"    integer,
    "sourceDevice" text,
    "createdAt"    timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT sleep_records_pkey PRIMARY KEY (id)
);

CREATE TABLE public.system_settings (
    id          serial       NOT NULL,
    key         text         NOT NULL,
    value       jsonb        NOT NULL,
    "updatedAt" timestamp(3) NOT NULL,

    CONSTRAINT system_settings_pkey PRIMARY KEY (id)
);

CREATE TABLE public.audit_logs (
    id          serial       NOT NULL,
    "userId"    integer,
    action      text         NOT NULL,
    target      text,
    metadata    jsonb,
    "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT audit_logs_pkey PRIMARY KEY (id)
);

-- Unique keys. Prisma makes them as indexes, not as constraints.
CREATE UNIQUE INDEX users_email_key ON public.users (email);
CREATE UNIQUE INDEX "accounts_provider_providerAccountId_key" ON public.accounts (provider, "providerAccountId");
CREATE UNIQUE INDEX "sessions_sessionToken_key" ON public.sessions ("sessionToken");
CREATE UNIQUE INDEX verification_tokens_identifier_token_key ON public.verification_tokens (identifier, token);
CREATE UNIQUE INDEX verification_tokens_token_key ON public.verification_tokens (token);
CREATE UNIQUE INDEX "bootcamp_attendees_bootcampId_userId_key" ON public.bootcamp_attendees ("bootcampId", "userId");
CREATE UNIQUE INDEX "cohort_memberships_cohortId_userId_key" ON public.cohort_memberships ("cohortId", "userId");
CREATE UNIQUE INDEX "coach_cohort_memberships_cohortId_coachId_key" ON public.coach_cohort_memberships ("cohortId", "coachId");
CREATE UNIQUE INDEX "entries_userId_date_key" ON public.entries ("userId", date);
CREATE UNIQUE INDEX "questionnaire_bundles_cohortId_weekNumber_key" ON public.questionnaire_bundles ("cohortId", "weekNumber");
CREATE UNIQUE INDEX "weekly_questionnaire_responses_userId_bundleId_key" ON public.weekly_questionnaire_responses ("userId", "bundleId");
CREATE UNIQUE INDEX "cohort_check_in_configs_cohortId_key" ON public.cohort_check_in_configs ("cohortId");
CREATE UNIQUE INDEX system_settings_key_key ON public.system_settings (key);

-- Indexes, some of them covered by a longer one: the web application declares them and expects them.
CREATE INDEX "users_createdAt_idx" ON public.users ("createdAt");
CREATE INDEX users_email_idx ON public.users (email);
CREATE INDEX users_role_idx ON public.users (role);
CREATE INDEX "accounts_userId_idx" ON public.accounts ("userId");
CREATE INDEX "sessions_sessionToken_idx" ON public.sessions ("sessionToken");
CREATE INDEX "sessions_userId_idx" ON public.sessions ("userId");
CREATE INDEX "appointments_invoiceId_idx" ON public.appointments ("invoiceId");
CREATE INDEX "appointments_startTime_idx" ON public.appointments ("startTime");
CREATE INDEX appointments_status_idx ON public.appointments (status);
CREATE INDEX "appointments_userId_idx" ON public.appointments ("userId");
CREATE INDEX "appointments_userId_startTime_idx" ON public.appointments ("userId", "startTime");
CREATE INDEX bootcamps_name_idx ON public.bootcamps (name);
CREATE INDEX "bootcamps_startTime_idx" ON public.bootcamps ("startTime");
CREATE INDEX "bootcamp_attendees_bootcampId_idx" ON public.bootcamp_attendees ("bootcampId");
CREATE INDEX "bootcamp_attendees_userId_idx" ON public.bootcamp_attendees ("userId");
CREATE INDEX workouts_status_idx ON public.workouts (status);
CREATE INDEX "workouts_userId_idx" ON public.workouts ("userId");
CREATE INDEX "invoices_emailSent_idx" ON public.invoices ("emailSent");
CREATE INDEX invoices_month_idx ON public.invoices (month);
CREATE INDEX "invoices_userId_idx" ON public.invoices ("userId");
CREATE INDEX "invoices_userId_month_idx" ON public.invoices ("userId", month);
CREATE INDEX cohorts_name_idx ON public.cohorts (name);
CREATE INDEX "cohorts_startDate_idx" ON public.cohorts ("startDate");
CREATE INDEX cohorts_status_idx ON public.cohorts (status);
CREATE INDEX "cohorts_status_startDate_idx" ON public.cohorts (status, "startDate");
CREATE INDEX "cohort_memberships_cohortId_idx" ON public.cohort_memberships ("cohortId");
CREATE INDEX "cohort_memberships_cohortId_status_idx" ON public.cohort_memberships ("cohortId", status);
CREATE INDEX cohort_memberships_status_idx ON public.cohort_memberships (status);
CREATE INDEX "cohort_memberships_userId_idx" ON public.cohort_memberships ("userId");
CREATE INDEX "coach_cohort_memberships_coachId_idx" ON public.coach_cohort_memberships ("coachId");
CREATE INDEX "coach_cohort_memberships_cohortId_idx" ON public.coach_cohort_memberships ("cohortId");
CREATE INDEX entries_date_idx ON public.entries (date);
CREATE INDEX "entries_userId_idx" ON public.entries ("userId");
CREATE INDEX "entries_userId_date_idx" ON public.entries ("userId", date);
CREATE INDEX "questionnaire_bundles_cohortId_idx" ON public.questionnaire_bundles ("cohortId");
CREATE INDEX "questionnaire_bundles_isActive_idx" ON public.questionnaire_bundles ("isActive");
CREATE INDEX "questionnaire_bundles_weekNumber_idx" ON public.questionnaire_bundles ("weekNumber");
CREATE INDEX "weekly_questionnaire_responses_bundleId_idx" ON public.weekly_questionnaire_responses ("bundleId");
CREATE INDEX weekly_questionnaire_responses_status_idx ON public.weekly_questionnaire_responses (status);
CREATE INDEX "weekly_questionnaire_responses_userId_idx" ON public.weekly_questionnaire_responses ("userId");
CREATE INDEX "weekly_questionnaire_responses_weekNumber_idx" ON public.weekly_questionnaire_responses ("weekNumber");
CREATE INDEX "coach_notes_coachId_idx" ON public.coach_notes ("coachId");
CREATE INDEX "coach_notes_coachId_userId_idx" ON public.coach_notes ("coachId", "userId");
CREATE INDEX "coach_notes_userId_idx" ON public.coach_notes ("userId");
CREATE INDEX "coach_notes_userId_weekNumber_idx" ON public.coach_notes ("userId", "weekNumber");
CREATE INDEX "admin_insights_cohortId_idx" ON public.admin_insights ("cohortId");
CREATE INDEX admin_insights_priority_idx ON public.admin_insights (priority);
CREATE INDEX admin_insights_status_idx ON public.admin_insights (status);
CREATE INDEX admin_insights_status_priority_idx ON public.admin_insights (status, priority);
CREATE INDEX "healthkit_workouts_startTime_idx" ON public.healthkit_workouts ("startTime");
CREATE INDEX "healthkit_workouts_userId_idx" ON public.healthkit_workouts ("userId");
CREATE INDEX "healthkit_workouts_userId_startTime_idx" ON public.healthkit_workouts ("userId", "startTime");
CREATE INDEX "healthkit_workouts_workoutType_idx" ON public.healthkit_workouts ("workoutType");
CREATE INDEX "sleep_records_startTime_idx" ON public.sleep_records ("startTime");
CREATE INDEX "sleep_records_userId_idx" ON public.sleep_records ("userId");
CREATE INDEX "sleep_records_userId_startTime_idx" ON public.sleep_records ("userId", "startTime");
CREATE INDEX system_settings_key_idx ON public.system_settings (key);
CREATE INDEX audit_logs_action_idx ON public.audit_logs (action);
CREATE INDEX "audit_logs_createdAt_idx" ON public.audit_logs ("createdAt");
CREATE INDEX "audit_logs_userId_idx" ON public.audit_logs ("userId");
CREATE INDEX "audit_logs_userId_createdAt_idx" ON public.audit_logs ("userId", "createdAt");

-- References.
ALTER TABLE public.accounts ADD CONSTRAINT "accounts_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.sessions ADD CONSTRAINT "sessions_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.appointments ADD CONSTRAINT "appointments_invoiceId_fkey"
    FOREIGN KEY ("invoiceId") REFERENCES public.invoices (id) ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE public.appointments ADD CONSTRAINT "appointments_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.bootcamp_attendees ADD CONSTRAINT "bootcamp_attendees_bootcampId_fkey"
    FOREIGN KEY ("bootcampId") REFERENCES public.bootcamps (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.bootcamp_attendees ADD CONSTRAINT "bootcamp_attendees_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.workouts ADD CONSTRAINT "workouts_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.invoices ADD CONSTRAINT "invoices_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.cohort_memberships ADD CONSTRAINT "cohort_memberships_cohortId_fkey"
    FOREIGN KEY ("cohortId") REFERENCES public.cohorts (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.cohort_memberships ADD CONSTRAINT "cohort_memberships_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.coach_cohort_memberships ADD CONSTRAINT "coach_cohort_memberships_coachId_fkey"
    FOREIGN KEY ("coachId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.coach_cohort_memberships ADD CONSTRAINT "coach_cohort_memberships_cohortId_fkey"
    FOREIGN KEY ("cohortId") REFERENCES public.cohorts (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.entries ADD CONSTRAINT "entries_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.questionnaire_bundles ADD CONSTRAINT "questionnaire_bundles_cohortId_fkey"
    FOREIGN KEY ("cohortId") REFERENCES public.cohorts (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.weekly_questionnaire_responses ADD CONSTRAINT "weekly_questionnaire_responses_bundleId_fkey"
    FOREIGN KEY ("bundleId") REFERENCES public.questionnaire_bundles (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.weekly_questionnaire_responses ADD CONSTRAINT "weekly_questionnaire_responses_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.cohort_check_in_configs ADD CONSTRAINT "cohort_check_in_configs_cohortId_fkey"
    FOREIGN KEY ("cohortId") REFERENCES public.cohorts (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.coach_notes ADD CONSTRAINT "coach_notes_coachId_fkey"
    FOREIGN KEY ("coachId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.coach_notes ADD CONSTRAINT "coach_notes_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.admin_insights ADD CONSTRAINT "admin_insights_cohortId_fkey"
    FOREIGN KEY ("cohortId") REFERENCES public.cohorts (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.healthkit_workouts ADD CONSTRAINT "healthkit_workouts_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE public.sleep_records ADD CONSTRAINT "sleep_records_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES public.users (id) ON DELETE CASCADE ON UPDATE CASCADE;
