-- What a member answered, for the record's tab of questionnaires; and no copy of everything about a person without a row in the log.

-- An answer as it is read: the texts of choices, lists with commas, yes and no. NULL: there is none.
CREATE FUNCTION centurion.answer_words(question jsonb, answer jsonb) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$
    SELECT string_agg(CASE a.value WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE coalesce(c.words, a.value #>> '{}') END, ', ' ORDER BY a.nth)
    FROM jsonb_array_elements(CASE jsonb_typeof(answer) WHEN 'array' THEN answer ELSE jsonb_build_array(answer) END) WITH ORDINALITY AS a (value, nth)
         LEFT JOIN LATERAL (SELECT c.value ->> 'text' AS words
                            FROM jsonb_array_elements(CASE jsonb_typeof(question -> 'choices') WHEN 'array' THEN question -> 'choices' ELSE '[]' END) AS c (value)
                            WHERE jsonb_typeof(c.value) = 'object' AND c.value -> 'value' = a.value LIMIT 1) AS c ON true
    WHERE centurion.is_answered(answer)
$$;

-- The questions of a member's questionnaires and what was answered; those of coaches' own cohorts for coaches. Questions that nobody began to
-- answer are left out.
CREATE FUNCTION centurion.member_answers(member integer) RETURNS TABLE (id integer, nth integer, question text, answer text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
    SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS
$$
#variable_conflict use_column
DECLARE
    person centurion.me := centurion.require_me();
BEGIN
    IF NOT centurion.may_see_member(member) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT b.id, q.nth::integer, coalesce(q.question ->> 'title', q.name), centurion.answer_words(q.question, r.responses -> q.name)
    FROM public.weekly_questionnaire_responses AS r
         JOIN public.questionnaire_bundles AS b ON b.id = r."bundleId"
         JOIN public.cohorts AS c ON c.id = b."cohortId" AND c."deletedAt" IS NULL
         CROSS JOIN LATERAL centurion.question_list(b.questions) AS q
    WHERE r."userId" = member
          AND (person.role = 'ADMIN' OR EXISTS (SELECT FROM centurion.my_cohorts AS k WHERE k."cohortId" = c.id))
    ORDER BY b.id, q.nth;
END
$$;

-- The document itself is out of everybody's reach now; person_export() gives it, with what was made of invoices and series since, and says so in
-- the log where that can be written.
ALTER FUNCTION centurion.person_export(integer) RENAME TO person_document;
CREATE FUNCTION centurion.person_export("user" integer) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
DECLARE
    person   centurion.me := centurion.require_actor();
    document jsonb := centurion.person_document("user");
BEGIN
    PERFORM centurion.log_reading(person."userId", CASE document -> 'person' ->> 'role' WHEN 'CLIENT' THEN 'EXPORT_CLIENT' ELSE 'EXPORT_USER' END, "user");
    RETURN document || jsonb_build_object(
        'invoiceNumbers', (SELECT jsonb_agg(jsonb_build_object('kind', n.kind, 'year', n.year, 'number', n.number, 'invoiceId', n."invoiceId", 'issuedAt', n."issuedAt")
                                            ORDER BY n."issuedAt", n.kind DESC)
                           FROM centurion.invoice_numbers AS n JOIN public.invoices AS i ON i.id = n."invoiceId" WHERE i."userId" = "user"),
        'series', (SELECT jsonb_agg(to_jsonb(s) ORDER BY s."appointmentId")
                   FROM centurion.series AS s JOIN public.appointments AS a ON a.id = s."appointmentId" WHERE a."userId" = "user"));
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centurion FROM PUBLIC;
REVOKE ALL ON FUNCTION centurion.person_document(integer) FROM centurion_admin, centurion_coach, centurion_client;
GRANT EXECUTE ON FUNCTION centurion.answer_words(jsonb, jsonb), centurion.is_answered(jsonb), centurion.question_list(jsonb) TO centurion_gate;
ALTER FUNCTION centurion.member_answers(integer) OWNER TO centurion_gate;
ALTER FUNCTION centurion.person_export(integer) OWNER TO centurion_gate;
REVOKE ALL ON FUNCTION centurion.member_answers(integer), centurion.person_export(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION centurion.member_answers(integer) TO centurion_admin, centurion_coach;
GRANT EXECUTE ON FUNCTION centurion.person_export(integer) TO centurion_admin, centurion_coach, centurion_client;
