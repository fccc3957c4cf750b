-- step: preparing
-- Demonstration data. All steps run in one session, as the owner, in the order of their numbers. They read two settings:
-- centurion_demo.today (a date) and centurion_demo.size ('small' or 'large'). The same date and size always give the same
-- rows: nothing here asks for the clock or for random(); chance is a hash of (what, whose, which day). What was written today
-- was written in its first half hour, so that no age comes out negative whenever today one looks.

-- Triggers would stamp rows with the clock and write audit rows of their own; references hold by construction.
SET session_replication_role = replica;
SET client_min_messages = warning;
SET synchronous_commit = off;
SET temp_buffers = '32MB';
SET work_mem = '64MB';
SET maintenance_work_mem = '256MB';
SET jit = off;
SET TimeZone = 'UTC';

CREATE TEMP TABLE demo AS
SELECT today,
       date_trunc('week', today)::date AS monday,
       date_trunc('month', today)::date AS month,
       size = 'large' AS large
FROM (SELECT current_setting('centurion_demo.today')::date AS today,
             current_setting('centurion_demo.size') AS size) AS asked;

-- Chance, evenly in [0, 1): what it is for (salt), whose it is (a) and which of theirs (b).
CREATE FUNCTION pg_temp.chance(salt bigint, a bigint, b bigint DEFAULT 0) RETURNS double precision
    LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashint8extended(a * 100003 + b, salt) & 4294967295)::double precision / 4294967296.0 $$;

-- Chance around 0 with a standard deviation of 1, never beyond 3: the sum of three even ones.
CREATE FUNCTION pg_temp.bell(salt bigint, a bigint, b bigint DEFAULT 0) RETURNS double precision
    LANGUAGE sql IMMUTABLE AS
$$ SELECT (pg_temp.chance(salt, a, b) + pg_temp.chance(salt + 7001, a, b) + pg_temp.chance(salt + 7002, a, b) - 1.5) * 2 $$;

-- One of a list.
CREATE FUNCTION pg_temp.pick(list text[], salt bigint, a bigint, b bigint DEFAULT 0) RETURNS text
    LANGUAGE sql IMMUTABLE AS
$$ SELECT list[1 + floor(pg_temp.chance(salt, a, b) * cardinality(list))::integer] $$;

-- A day and a time of that day, at an even chance between two hours, to the second.
CREATE FUNCTION pg_temp.between_hours(day date, early double precision, late double precision, salt bigint, a bigint,
                                      b bigint DEFAULT 0) RETURNS timestamp
    LANGUAGE sql IMMUTABLE AS
$$ SELECT day + make_interval(secs => floor(3600 * (early + (late - early) * pg_temp.chance(salt, a, b)))) $$;
