-- params: week date, person integer
-- run: review queue | coach | - | centurion.today(), 3
SELECT * FROM centurion.review_queue($1);
SELECT * FROM centurion.review_summary($1);
