-- Whoever works at several centres is one person: what is claimed of her at one of them is claimed at the others.
INSERT INTO claim (resource_id, tick, seat, appointment_id, session)
SELECT there.id, claim.tick, 0, claim.appointment_id, claim.session
FROM claim
JOIN resource AS here ON here.id = claim.resource_id
JOIN resource AS there ON there.person_id = here.person_id AND there.id <> here.id
WHERE claim.seat = 0
ON CONFLICT (resource_id, tick, seat) DO NOTHING;
