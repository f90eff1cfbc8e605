// Rows of happenings and of who gets them; see store.h.
#include "modules/following/store.h"

namespace mitwirken::following {

namespace {

const db::Query insert_happening{"following.event_insert", R"(
    INSERT INTO following_event (tenant_id, what, mark, module, item, procedure_id, contribution_id, title, text, url,
        word, participant_id, everyone, lon, lat, state, audience, after_id, at)
    VALUES (:tenant, :what, :mark, :module, :item, :procedure, :contribution, :title, :text, :url, :word, :who,
        :everyone, :lon, :lat, :state, :audience, :after, :at)
    ON CONFLICT DO NOTHING RETURNING id)"};
const db::Query select_happening{"following.event", R"(
    SELECT id, tenant_id, what, mark, module, item, procedure_id, contribution_id, title, text, url, word,
           participant_id, everyone, lon, lat, state, audience, after_id, at FROM following_event WHERE id = :id)"};
const db::Query update_progress{"following.event_progress", R"(
    UPDATE following_event SET lon = :lon, lat = :lat, state = :state, audience = :audience, after_id = :after
    WHERE id = :id)"};
const db::Query delete_terms{"following.event_terms_delete", R"(
    DELETE FROM following_event_term WHERE event_id = :id)"};
const db::Query insert_term{"following.event_term", R"(
    INSERT INTO following_event_term (event_id, term_id) VALUES (:event, :term) ON CONFLICT DO NOTHING)"};
const db::Query select_terms{"following.event_terms", R"(
    SELECT term_id FROM following_event_term WHERE event_id = :id ORDER BY term_id)"};
const db::Query drop_by_mark{"following.event_drop", R"(
    UPDATE following_event SET state = 'dropped' WHERE tenant_id = :tenant AND mark = :mark)"};
const db::Query delete_author{"following.event_author", R"(
    UPDATE following_event SET participant_id = 0 WHERE participant_id = :who AND participant_id <> 0)"};

// Feeds show what has found its audience; what was dropped, and what is not public yet, is left out.
const db::Query by_procedure{"following.events_of_procedure", R"(
    SELECT id, tenant_id, what, mark, module, item, procedure_id, contribution_id, title, text, url, word,
           participant_id, everyone, lon, lat, state, audience, after_id, at FROM following_event
    WHERE procedure_id = :procedure AND tenant_id = :tenant AND state IN ('asking', 'done')
    ORDER BY id DESC LIMIT :count)"};
const db::Query by_dossier{"following.events_of_dossier", R"(
    SELECT e.id, e.tenant_id, e.what, e.mark, e.module, e.item, e.procedure_id, e.contribution_id, e.title, e.text,
           e.url, e.word, e.participant_id, e.everyone, e.lon, e.lat, e.state, e.audience, e.after_id, e.at
    FROM following_event e JOIN core_procedure p ON p.id = e.procedure_id
    WHERE p.dossier_id = :dossier AND e.tenant_id = :tenant AND e.state IN ('asking', 'done')
    ORDER BY e.id DESC LIMIT :count)"};
const db::Query by_term{"following.events_of_term", R"(
    SELECT e.id, e.tenant_id, e.what, e.mark, e.module, e.item, e.procedure_id, e.contribution_id, e.title, e.text,
           e.url, e.word, e.participant_id, e.everyone, e.lon, e.lat, e.state, e.audience, e.after_id, e.at
    FROM following_event_term t JOIN following_event e ON e.id = t.event_id
    WHERE t.term_id = :term AND e.tenant_id = :tenant AND e.state IN ('asking', 'done')
    ORDER BY t.event_id DESC LIMIT :count)"};
const db::Query by_place{"following.events_with_place", R"(
    SELECT id, tenant_id, what, mark, module, item, procedure_id, contribution_id, title, text, url, word,
           participant_id, everyone, lon, lat, state, audience, after_id, at FROM following_event
    WHERE tenant_id = :tenant AND lat IS NOT NULL AND state IN ('asking', 'done') ORDER BY id DESC LIMIT :count)"};
const db::Query by_tenant{"following.events", R"(
    SELECT id, tenant_id, what, mark, module, item, procedure_id, contribution_id, title, text, url, word,
           participant_id, everyone, lon, lat, state, audience, after_id, at FROM following_event
    WHERE tenant_id = :tenant AND state IN ('asking', 'done') ORDER BY id DESC LIMIT :count)"};

// Walks along the people that can be written to, and asks of each whether they took part here: few have an address, and
// a procedure may hold millions of interactions.
const db::Query select_people{"following.people", R"(
    SELECT p.id, p.account_id, COALESCE((SELECT a.email FROM core_account a WHERE a.id = p.account_id
                                         AND a.state = 'active'), p.email),
           COALESCE((SELECT c.language FROM core_contribution c WHERE c.participant_id = p.id
                     ORDER BY c.id DESC LIMIT 1), '')
    FROM core_participant p
    WHERE p.tenant_id = :tenant AND p.id > :after AND (p.email <> '' OR p.account_id <> 0)
      AND EXISTS (SELECT 1 FROM core_interaction i WHERE i.participant_id = p.id AND i.procedure_id = :procedure)
    ORDER BY p.id LIMIT :count)"};
const db::Query select_address{"following.address", R"(
    SELECT COALESCE((SELECT a.email FROM core_account a WHERE a.id = p.account_id AND a.state = 'active'), p.email)
    FROM core_participant p WHERE p.id = :id AND p.tenant_id = :tenant)"};

const db::Query insert_delivery{"following.deliver", R"(
    INSERT INTO following_delivery (event_id, reader_id, tenant_id, follow_id, due_at)
    VALUES (:event, :reader, :tenant, :follow, :due)
    ON CONFLICT (event_id, reader_id) DO UPDATE SET due_at = excluded.due_at, follow_id = excluded.follow_id
    WHERE excluded.due_at < following_delivery.due_at AND following_delivery.sent_at IS NULL)"};
const db::Query select_due{"following.due", R"(
    SELECT reader_id, due_at FROM following_delivery
    WHERE tenant_id = :tenant AND due_at <= :now AND sent_at IS NULL ORDER BY due_at, reader_id LIMIT :count)"};
const db::Query select_next{"following.next_due", R"(
    SELECT due_at FROM following_delivery WHERE tenant_id = :tenant AND sent_at IS NULL ORDER BY due_at LIMIT 1)"};
const db::Query select_waiting{"following.waiting", R"(
    SELECT event_id, follow_id FROM following_delivery WHERE reader_id = :reader AND sent_at IS NULL AND due_at <= :now
    ORDER BY event_id)"};
const db::Query select_all_waiting{"following.all_waiting", R"(
    SELECT event_id, follow_id FROM following_delivery WHERE reader_id = :reader AND sent_at IS NULL
    ORDER BY event_id)"};
const db::Query update_sent{"following.sent", R"(
    UPDATE following_delivery SET sent_at = :now WHERE reader_id = :reader AND sent_at IS NULL AND due_at <= :until)"};
const db::Query update_put_off{"following.put_off", R"(
    UPDATE following_delivery SET due_at = :due WHERE reader_id = :reader AND sent_at IS NULL AND due_at < :until)"};
const db::Query update_due{"following.move", R"(
    UPDATE following_delivery SET due_at = :due WHERE event_id = :event AND reader_id = :reader AND sent_at IS NULL)"};
const db::Query delete_waiting{"following.waiting_delete", R"(
    DELETE FROM following_delivery WHERE reader_id = :reader AND sent_at IS NULL)"};
const db::Query delete_news{"following.news_delete", R"(
    DELETE FROM following_delivery WHERE reader_id = :reader AND sent_at IS NULL AND follow_id = 0)"};

const db::Query select_old{"following.events_old", R"(
    SELECT id FROM following_event WHERE at < :before ORDER BY id LIMIT :count)"};
const db::Query delete_old_deliveries{"following.event_deliveries_delete", R"(
    DELETE FROM following_delivery WHERE event_id = :id)"};
const db::Query delete_event{"following.event_delete", "DELETE FROM following_event WHERE id = :id"};
// Who was told is kept as long as somebody may ask why they got a mail; the happening itself stays for the feeds.
const db::Query delete_sent{"following.sent_delete", R"(
    DELETE FROM following_delivery WHERE sent_at IS NOT NULL AND event_id <= COALESCE(
        (SELECT e.id FROM following_event e WHERE e.at < :before ORDER BY e.id DESC LIMIT 1), 0))"};

}  // namespace

std::optional<HappeningId> add_happening(db::Tx& tx, const Happening& h) {
    return tx.one<HappeningId>(insert_happening, h.tenant, h.what, h.mark, h.module, h.item, h.procedure,
                               h.contribution, h.title, h.text, h.url, h.word, h.who, h.everyone, h.lon, h.lat, h.state,
                               h.audience, h.after, h.at);
}

std::optional<Happening> find_happening(db::Tx& tx, HappeningId id) { return tx.one<Happening>(select_happening, id); }

void save_progress(db::Tx& tx, const Happening& h) {
    tx.exec(update_progress, h.lon, h.lat, h.state, h.audience, h.after, h.id);
}

void set_terms(db::Tx& tx, HappeningId id, const std::vector<core::TermId>& terms) {
    tx.exec(delete_terms, id);
    for (const auto term : terms) tx.exec(insert_term, id, term);
}

std::vector<core::TermId> terms_of(db::Tx& tx, HappeningId id) { return tx.all<core::TermId>(select_terms, id); }

void drop_marked(db::Tx& tx, core::TenantId tenant, const std::string& mark) { tx.exec(drop_by_mark, tenant, mark); }

void forget_author(db::Tx& tx, core::ParticipantId who) { tx.exec(delete_author, who); }

std::vector<Happening> happenings(db::Tx& tx, core::TenantId tenant, const Follow& thing, int count) {
    switch (thing.kind) {
        case Kind::procedure:
            return tx.all<Happening>(by_procedure, thing.item, tenant, count);
        case Kind::dossier:
            return tx.all<Happening>(by_dossier, thing.item, tenant, count);
        case Kind::topic:
        case Kind::district:
            return tx.all<Happening>(by_term, thing.item, tenant, count);
        case Kind::radius:
            return tx.all<Happening>(by_place, tenant, count);
        case Kind::search:
            return thing.item ? tx.all<Happening>(by_procedure, thing.item, tenant, count)
                              : tx.all<Happening>(by_tenant, tenant, count);
    }
    return {};
}

std::vector<Happening> all_happenings(db::Tx& tx, core::TenantId tenant, int count) {
    return tx.all<Happening>(by_tenant, tenant, count);
}

std::vector<Person> people_of(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, std::int64_t after,
                              int count) {
    return tx.all<Person>(select_people, tenant, after, procedure, count);
}

std::string address_of(db::Tx& tx, core::TenantId tenant, core::ParticipantId who) {
    return who ? tx.one<std::string>(select_address, who, tenant).value_or("") : "";
}

bool deliver(db::Tx& tx, const Happening& happening, ReaderId reader, FollowId why, Timestamp due) {
    return tx.exec(insert_delivery, happening.id, reader, happening.tenant, why, due) > 0;
}

std::vector<Due> due_deliveries(db::Tx& tx, core::TenantId tenant, Timestamp now, int count) {
    return tx.all<Due>(select_due, tenant, now, count);
}

std::optional<Timestamp> next_delivery(db::Tx& tx, core::TenantId tenant) {
    return tx.one<Timestamp>(select_next, tenant);
}

std::vector<Waiting> waiting_of(db::Tx& tx, ReaderId reader, Timestamp now) {
    return tx.all<Waiting>(select_waiting, reader, now);
}
std::vector<Waiting> all_waiting_of(db::Tx& tx, ReaderId reader) { return tx.all<Waiting>(select_all_waiting, reader); }

void mark_sent(db::Tx& tx, ReaderId reader, Timestamp now) { tx.exec(update_sent, now, reader, now); }

void put_off(db::Tx& tx, ReaderId reader, Timestamp until) { tx.exec(update_put_off, until, reader, until); }

void move_delivery(db::Tx& tx, const Waiting& waiting, ReaderId reader, Timestamp due) {
    tx.exec(update_due, due, waiting.happening, reader);
}

void drop_deliveries(db::Tx& tx, ReaderId reader) { tx.exec(delete_waiting, reader); }
void drop_news(db::Tx& tx, ReaderId reader) { tx.exec(delete_news, reader); }

bool forget_old(db::Tx& tx, Timestamp sent_before, Timestamp happened_before, int count) {
    tx.exec(delete_sent, sent_before);
    const auto old = tx.all<HappeningId>(select_old, happened_before, count);
    for (const auto id : old)
        for (const auto* query : {&delete_old_deliveries, &delete_terms, &delete_event}) tx.exec(*query, id);
    return int(old.size()) == count;
}

}  // namespace mitwirken::following
