-- What an admin sees first. Money is in the currency of the settings; months are those of the settings' time zone.

-- unmarked: sessions over and not marked. unsent: invoices not mailed. overdue: mailed, not paid in full, past their term.
-- This month: issued, paid (received in it), open (of all mailed invoices), uninvoiced (attended, of any month).
-- query: admin_home
-- result: today date, month date, unmarked int4, unsent int4, overdue int4, overdue_amount numeric, coaches_over int4,
--         max_clients int4, insights int4, issued numeric, issued_count int4, paid numeric, paid_count int4, open numeric,
--         open_count int4, uninvoiced numeric, uninvoiced_count int4, new_members int4, new_members_before int4
SELECT today, month, unmarked, unsent, overdue, overdue_amount, coaches_over, max_clients, insights, issued, issued_count, paid,
       paid_count, open, open_count, uninvoiced, uninvoiced_count, new_members, new_members_before
FROM centurion.admin_home();

-- Cohorts, those with the most to do first.
-- query: admin_cohorts
-- params: page int4
-- result: id int4, name text, members int4, active_7d int4, engagement int4?, coaches text, score int4?, band text?, flags text
SELECT id, name, members, active_7d, engagement, coaches, score, band, flags FROM centurion.admin_cohorts($1);

-- Coaches by load. rate_14d: how much of the expected check-ins their clients made in 14 days.
-- query: admin_coaches
-- params: page int4
-- result: id int4, name text, clients int4, cohorts int4, rate_14d int4?, score int4, band text, flags text
SELECT id, name, clients, cohorts, rate_14d, score, band, flags FROM centurion.admin_coaches($1);

-- The latest changes by anybody, local time.
-- query: admin_changes
-- params: page int4
-- result: id int4, at timestamp, actor text?, action text, target text?, detail text
SELECT id, at, actor, action, target, detail FROM centurion.admin_changes($1);
