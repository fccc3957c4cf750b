-- params: first_day date, days integer, person integer
-- run: calendar week of a coach of 30 % | bench_many | - | date_trunc('week', centurion.today())::date, 7, 1000
SELECT * FROM centurion.calendar_week($1, $2);
