-- One member, for whoever may see them: no row for anybody else.

-- Rates, means and changes are as of today. cohorts: "Jan 6WC (active, week 2/6); Ongoing (paused, week 31)". next_session is
-- local time. Money is for admins, NULL for coaches. score and band are NULL for somebody who is paused or in no cohort.
-- query: member_overview
-- params: user_id int4
-- result: user_id int4, name text, email text, joined date, cohorts text, coaches text, score int4?, band text?,
--         rate_7d int4, rate_14d int4, rate_30d int4, streak int4, best_streak int4, frequency int4, last_checkin date?,
--         next_due date?, weight float8?, weight_change_14d float8?, steps_7d float8?, calories_7d float8?, sleep_7d float8?,
--         stress_7d float8?, next_session timestamp?, unmarked int4, uninvoiced int4, uninvoiced_amount numeric?,
--         open_invoices int4?
SELECT user_id, name, email, joined, cohorts, coaches, score, band, rate_7d, rate_14d, rate_30d, streak, best_streak, frequency,
       last_checkin, next_due, weight, weight_change_14d, steps_7d, calories_7d, sleep_7d, stress_7d, next_session, unmarked,
       uninvoiced, uninvoiced_amount, open_invoices
FROM centurion.member_overview($1);

-- A page of check-ins, newest first, before a day (NULL: from the newest). sources has a letter each for weight, steps,
-- calories and sleep: m typed, h from health data, - not given.
-- query: member_entries
-- params: user_id int4, before date?, page int4
-- result: id int4, date date, weight float8?, steps int4?, calories int4?, sleep int4?, stress int4?, sources text, notes text?
SELECT id, date, weight, steps, calories, sleep, stress, sources, notes FROM centurion.member_entries($1, $2, $3);

-- People and cohorts whose name (for admins and own clients: or e-mail) holds the words, names that begin with them first.
-- query: palette_find
-- params: words text, page int4
-- result: kind text, id int4, name text, remark text
-- timeout: 3000
SELECT kind, id, name, remark FROM centurion.palette_find($1, $2);

-- A page of the list of members, by name: for admins all clients, for coaches their own. words: a part of the name or the beginning of the e-mail
-- address, NULL or empty for everybody. The next page comes after the last row's name and id; who has no name comes last. cohorts: names of
-- active memberships, for coaches in own cohorts only, as is status: ACTIVE, PAUSED, INACTIVE, or NONE for somebody in no cohort.
-- query: member_list
-- params: words text?, after_name text?, after_id int4?, page int4
-- result: id int4, name text?, email text, cohorts text, status text, last_checkin date?, last_weight float8?
-- timeout: 5000
SELECT id, name, email, cohorts, status, last_checkin, last_weight FROM centurion.member_list($1, $2, $3, $4);

-- How many the list has in all; more: there are more than the 10,000 that were counted.
-- query: member_count
-- params: words text?
-- result: members int4, more bool
-- timeout: 5000
SELECT members, more FROM centurion.member_count($1);
