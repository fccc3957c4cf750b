-- params: month date
-- run: invoice preview of 10,000 sessions | admin | 50 | (date_trunc('month', centurion.today()) - interval '1 month')::date
SELECT * FROM centurion.invoice_preview($1);
