-- Money: administrators only. A client reads own invoices and payments.

-- attack: a month's preview
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT count(*) >= 0 FROM centurion.invoice_preview('2026-01-01', false);

-- attack: a month billed
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.invoice_run(gen_random_uuid(), '2026-01-01')).outcome;

-- attack: an invoice issued
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.invoice_issue(gen_random_uuid(), 1, '1')).outcome;

-- attack: an invoice said to be sent
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.invoice_mark_sent(gen_random_uuid(), 1, '1')).outcome;

-- attack: a draft out of the way
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.invoice_delete(gen_random_uuid(), 1, '1')).outcome;

-- attack: an invoice voided and its appointments free
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.invoice_void(gen_random_uuid(), 1, '1', true)).outcome;

-- attack: a payment that nobody made
-- coach coach2 client: 42501
-- wall: functions promoted
-- fallen: 23514
SELECT (centurion.payment_add(gen_random_uuid(), 1, 1, 'cash', NULL, '2026-01-15')).outcome;

-- attack: a payment taken back
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT (centurion.payment_reverse(gen_random_uuid(), 1)).outcome;

-- attack: who owes since when
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT count(*) > 0 FROM centurion.invoice_ageing();

-- attack: what was earned
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT count(*) > 0 FROM centurion.revenue_by_month();

-- attack: what is wrong with the books
-- coach coach2 client: 42501
-- wall: functions promoted
SELECT count(*) >= 0 FROM centurion.invoice_faults();

-- attack: money of a client, by a coach
-- coach coach2: t
-- wall: promoted
SELECT uninvoiced_amount IS NULL AND open_invoices IS NULL FROM centurion.member_overview(11);

-- attack: invoices of others, by a client
-- client: 0
-- wall: policies
SELECT count(*) FROM centurion.client_invoices WHERE "userId" <> 9;

-- attack: payments of others, by a client
-- client: 0
-- wall: policies
SELECT count(*) FROM centurion.client_payments WHERE "invoiceId" NOT IN (SELECT i.id FROM centurion.client_invoices AS i WHERE i."userId" = 9);
