-- Records and notes. Member 90 is no attacker's client; note 7001 is about them, by a coach of theirs.

-- attack: notes about a stranger, searched
-- coach coach2: 0
-- wall: promoted
SELECT count(*) FROM centurion.note_search('hidden', NULL, 90, NULL, NULL, NULL, 9);

-- attack: notes on screen
-- client: 42501
-- wall: functions promoted
SELECT count(*) FROM centurion.note_search(NULL, NULL, 9, NULL, NULL, NULL, 9);

-- attack: what a search found in notes about a stranger
-- coach coach2: 0
-- wall: promoted
SELECT count(n.hits) FROM centurion.note_search('hidden|note', NULL, 90, NULL, NULL, NULL, 9) AS n;

-- attack: another coach's note about an own client, with others out of the way
-- coach coach2: 42501
-- wall: writers
SELECT outcome FROM centurion.notes_delete(gen_random_uuid(), '{7002}', '{1}');

-- attack: a note about a stranger, with others out of the way
-- coach coach2: P0002
-- wall: writers
SELECT outcome FROM centurion.notes_delete(gen_random_uuid(), '{7001}', '{1}');

-- attack: notes out of the way, by a client
-- client: 42501
-- wall: functions promoted
SELECT outcome FROM centurion.notes_delete(gen_random_uuid(), '{7001}', '{1}');

-- attack: a stranger's log
-- coach coach2: 0
-- wall: promoted
SELECT count(*) FROM centurion.member_log(90, NULL, 9);

-- attack: a stranger's sessions, as a record's tab
-- coach coach2: 0
-- wall: gates
SELECT count(*) FROM centurion.member_appointments(61, NULL, NULL, 9);

-- attack: invoices, as a record's tab
-- coach coach2: 42501
-- wall: promoted
SELECT count(*) FROM centurion.member_invoices(9);

-- attack: a row in the log in another's name
-- coach coach2 client: 42501
-- wall: functions
SELECT centurion.log_reading(1, 'READ_CLIENT', 90);

-- attack: a stranger renamed, by the record's function
-- coach coach2: P0002
-- wall: members writers
SELECT (centurion.member_save(gen_random_uuid(), 90, '1', '{"name": "Mine Now"}')).outcome;

-- attack: an export in another's name
-- coach coach2 client: 42501
-- wall: functions
SELECT centurion.log_export(1, 'members', '{}');

-- attack: a stranger's answers
-- coach coach2: 0
-- wall: promoted
SELECT count(*) FROM centurion.member_answers(90);

-- attack: everything about somebody, past the log
-- admin: 42501
-- wall: functions
SELECT centurion.person_document(90) IS NOT NULL;

-- attack: other coaches' cohorts of a shared client, who is in three of them
-- coach coach2: f
-- wall: promoted
SELECT o.cohorts LIKE '%; %; %' FROM centurion.member_overview(10) AS o;
