// Every SQL statement of documentations.
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "modules/documentation/documentation.h"
#include "platform/base/text.h"

namespace mitwirken::documentation {

namespace {

#define DOCUMENT_COLUMNS                                                                                           \
    "d.id, d.key, d.state, d.publish_at, d.unpublish_at, d.organisation_id, d.title, d.lead, d.day, d.when_text, " \
    "d.why, d.partners, d.agenda, d.moods, d.points_intro, d.closing, d.contact, d.credits, d.note, d.links, "     \
    "d.sort_at, d.changed_at"
#define DOCUMENT_PUBLIC                                                                       \
    " d.tenant_id = :tenant AND d.state = 'published' AND COALESCE(d.publish_at, 0) <= :now " \
    "AND COALESCE(d.unpublish_at, 253402300799000) > :now2 "

const db::Query select_by_id{"documentation.by_id", "SELECT " DOCUMENT_COLUMNS R"(
    FROM documentation_document d WHERE d.tenant_id = :tenant AND d.id = :id)"};
const db::Query select_by_key{"documentation.by_key", "SELECT " DOCUMENT_COLUMNS R"(
    FROM documentation_document d WHERE d.tenant_id = :tenant AND d.key = :key)"};
const db::Query select_public{"documentation.public",
                              "SELECT " DOCUMENT_COLUMNS " FROM documentation_document d WHERE " DOCUMENT_PUBLIC R"(
    AND (d.sort_at, d.id) < (:at, :id) ORDER BY d.sort_at DESC, d.id DESC LIMIT :count)"};
const db::Query select_public_of{"documentation.public_of",
                                 "SELECT " DOCUMENT_COLUMNS " FROM documentation_document d WHERE " DOCUMENT_PUBLIC R"(
    AND EXISTS (SELECT 1 FROM core_classification c WHERE c.module = 'documentation' AND c.item = d.id
        AND c.term_id = :term)
    ORDER BY d.sort_at DESC, d.id DESC LIMIT :count)"};
const db::Query select_next{"documentation.next_publication", R"(
    SELECT min(publish_at) FROM documentation_document
    WHERE tenant_id = :tenant AND state = 'published' AND publish_at > :now)"};
const db::Query select_all{"documentation.all", "SELECT " DOCUMENT_COLUMNS R"(
    FROM documentation_document d WHERE d.tenant_id = :tenant AND (d.changed_at, d.id) < (:at, :id)
    ORDER BY d.changed_at DESC, d.id DESC LIMIT :count)"};
const db::Query select_tenant{"documentation.tenant", "SELECT tenant_id FROM documentation_document WHERE id = :id"};
const db::Query count_handed_in{"documentation.handed_in", R"(
    SELECT count(*) FROM (
        SELECT 1 FROM documentation_document WHERE tenant_id = :tenant AND state = 'handed_in' LIMIT 1001) AS found)"};
const db::Query count_keys{"documentation.key_taken", R"(
    SELECT count(*) FROM documentation_document WHERE tenant_id = :tenant AND key = :key)"};
const db::Query insert_document{"documentation.insert", R"(
    INSERT INTO documentation_document (tenant_id, key, state, publish_at, unpublish_at, organisation_id, title, lead,
        day, when_text, why, partners, agenda, moods, points_intro, closing, contact, credits, note, links, sort_at,
        changed_at, changed_by)
    VALUES (:tenant, :key, :state, :publish, :unpublish, :organisation, :title, :lead, :day, :when_text, :why,
        :partners, :agenda, :moods, :points_intro, :closing, :contact, :credits, :note, :links, :sort, :now, :by)
    RETURNING id)"};
const db::Query update_document{"documentation.update", R"(
    UPDATE documentation_document SET state = :state, publish_at = :publish, unpublish_at = :unpublish,
        organisation_id = :organisation, title = :title, lead = :lead, day = :day, when_text = :when_text, why = :why,
        partners = :partners, agenda = :agenda, moods = :moods, points_intro = :points_intro, closing = :closing,
        contact = :contact, credits = :credits, note = :note, links = :links, sort_at = :sort, changed_at = :now,
        changed_by = :by
    WHERE tenant_id = :tenant AND id = :id)"};
const db::Query delete_questions{"documentation.delete_questions",
                                 "DELETE FROM documentation_question WHERE document_id = :id"};
const db::Query delete_sessions{"documentation.delete_sessions",
                                "DELETE FROM documentation_session WHERE document_id = :id"};
const db::Query delete_groups{"documentation.delete_groups", "DELETE FROM documentation_group WHERE document_id = :id"};
const db::Query delete_notes{"documentation.delete_notes", "DELETE FROM documentation_note WHERE document_id = :id"};
const db::Query insert_question{"documentation.insert_question", R"(
    INSERT INTO documentation_question (document_id, position, text, choose, options)
    VALUES (:document, :position, :text, :choose, :options))"};
const db::Query insert_session{"documentation.insert_session", R"(
    INSERT INTO documentation_session (document_id, position, title, question, input)
    VALUES (:document, :position, :title, :question, :input))"};
const db::Query insert_group{"documentation.insert_group", R"(
    INSERT INTO documentation_group (document_id, session, position, title, quintessence, key_point)
    VALUES (:document, :session, :position, :title, :quintessence, :key_point))"};
const db::Query insert_note{"documentation.insert_note", R"(
    INSERT INTO documentation_note (document_id, session, group_position, board, position, text)
    VALUES (:document, :session, :group, :board, :position, :text))"};
const db::Query select_questions{"documentation.questions", R"(
    SELECT text, choose, options FROM documentation_question WHERE document_id = :id ORDER BY position)"};
const db::Query select_sessions{"documentation.sessions", R"(
    SELECT title, question, input FROM documentation_session WHERE document_id = :id ORDER BY position)"};
const db::Query select_groups{"documentation.groups", R"(
    SELECT session, title, quintessence, key_point FROM documentation_group WHERE document_id = :id
    ORDER BY session, position)"};
const db::Query select_notes{"documentation.notes", R"(
    SELECT session, group_position, board, text FROM documentation_note WHERE document_id = :id
    ORDER BY session, group_position, board, position)"};
const db::Query select_of_person{"documentation.of_person", R"(
    SELECT title, changed_at FROM documentation_document WHERE changed_by = :by ORDER BY id)"};
const db::Query update_person{"documentation.forget_person", R"(
    UPDATE documentation_document SET changed_by = 0 WHERE changed_by = :by)"};

struct QuestionRow {
    std::string text;
    std::int64_t choose;
    std::string options;
};
struct SessionRow {
    std::string title, question, input;
};
struct GroupRow {
    std::int64_t session;
    std::string title, quintessence, key_point;
};
struct NoteRow {
    std::int64_t session, group;
    Board board;
    std::string text;
};
struct OfPerson {
    std::string title;
    Timestamp changed_at;
};

std::string options_json(const Question& question) {
    auto list = nlohmann::json::array();
    for (const auto& option : question.options)
        list.push_back({option.text, option.votes ? nlohmann::json(*option.votes) : nlohmann::json(nullptr)});
    return list.dump();
}

std::vector<Option> options_from(const std::string& text) {
    std::vector<Option> options;
    const auto list = nlohmann::json::parse(text);
    for (const auto& item : list)
        options.push_back({item.at(0), item.at(1).is_null() ? std::nullopt : std::optional<std::int64_t>(item.at(1))});
    return options;
}

Timestamp sort_instant(const Document& document, Timestamp otherwise) {
    return document.day ? start_of(*document.day) : document.sort_at == Timestamp{} ? otherwise : document.sort_at;
}

}  // namespace

std::optional<Document> find(db::Tx& tx, core::TenantId tenant, DocumentId id) {
    return tx.one<Document>(select_by_id, tenant, id);
}

std::optional<Document> find(db::Tx& tx, core::TenantId tenant, const std::string& key) {
    return tx.one<Document>(select_by_key, tenant, key);
}

Whole load(db::Tx& tx, const Document& document) {
    Whole whole{document, {}, {}};
    for (auto& row : tx.all<QuestionRow>(select_questions, document.id))
        whole.questions.push_back({std::move(row.text), row.choose, options_from(row.options)});
    for (auto& row : tx.all<SessionRow>(select_sessions, document.id))
        whole.sessions.push_back({std::move(row.title), std::move(row.question), std::move(row.input), {}});
    for (auto& row : tx.all<GroupRow>(select_groups, document.id))
        whole.sessions.at(std::size_t(row.session - 1))
            .groups.push_back({std::move(row.title), std::move(row.quintessence), std::move(row.key_point), {}});
    for (auto& row : tx.all<NoteRow>(select_notes, document.id))
        whole.sessions.at(std::size_t(row.session - 1))
            .groups.at(std::size_t(row.group - 1))
            .notes[std::size_t(row.board)]
            .push_back(std::move(row.text));
    return whole;
}

DocumentId add(db::Tx& tx, core::TenantId tenant, Document d, core::AccountId by, Timestamp now) {
    if (d.key.empty()) {
        const std::string base = slug(d.title).empty() ? "dokumentation" : slug(d.title);
        d.key = base;
        for (int number = 2; tx.value<std::int64_t>(count_keys, tenant, d.key) > 0; ++number)
            d.key = base + "-" + std::to_string(number);
    }
    if (d.links.empty()) d.links = "[]";
    return tx.value<DocumentId>(insert_document, tenant, d.key, d.state, d.publish_at, d.unpublish_at, d.organisation,
                                d.title, d.lead, d.day, d.when_text, d.why, d.partners, d.agenda, d.moods,
                                d.points_intro, d.closing, d.contact, d.credits, d.note, d.links, sort_instant(d, now),
                                now, by);
}

void save(db::Tx& tx, core::TenantId tenant, const Document& d, core::AccountId by, Timestamp now) {
    tx.exec(update_document, d.state, d.publish_at, d.unpublish_at, d.organisation, d.title, d.lead, d.day, d.when_text,
            d.why, d.partners, d.agenda, d.moods, d.points_intro, d.closing, d.contact, d.credits, d.note, d.links,
            sort_instant(d, now), now, by, tenant, d.id);
}

void save_parts(db::Tx& tx, const Whole& whole) {
    const DocumentId id = whole.document.id;
    for (const auto* query : {&delete_notes, &delete_groups, &delete_sessions, &delete_questions}) tx.exec(*query, id);
    std::int64_t position = 0;
    for (const auto& question : whole.questions)
        tx.exec(insert_question, id, ++position, question.text, question.choose, options_json(question));
    std::int64_t session_position = 0;
    for (const auto& session : whole.sessions) {
        tx.exec(insert_session, id, ++session_position, session.title, session.question, session.input);
        std::int64_t group_position = 0;
        for (const auto& group : session.groups) {
            tx.exec(insert_group, id, session_position, ++group_position, group.title, group.quintessence,
                    group.key_point);
            for (const Board board : all_boards) {
                std::int64_t note_position = 0;
                for (const auto& note : group.of(board))
                    tx.exec(insert_note, id, session_position, group_position, board, ++note_position, note);
            }
        }
    }
}

std::vector<Document> public_list(db::Tx& tx, core::TenantId tenant, DocumentId after, Timestamp now, int count) {
    std::int64_t at = std::numeric_limits<std::int64_t>::max(), id = at;
    if (after)
        if (const auto last = find(tx, tenant, after)) at = last->sort_at.time_since_epoch().count(), id = after.value;
    return tx.all<Document>(select_public, tenant, now, now, at, id, count);
}

std::vector<Document> public_list_of(db::Tx& tx, core::TenantId tenant, const std::vector<core::TermId>& terms,
                                     Timestamp now, int count) {
    if (terms.empty()) return public_list(tx, tenant, {}, now, count);
    return tx.all<Document>(select_public_of, tenant, now, now, terms.front(), count);
}

std::vector<Document> all(db::Tx& tx, core::TenantId tenant, DocumentId after, int count) {
    std::int64_t at = std::numeric_limits<std::int64_t>::max(), id = at;
    if (after)
        if (const auto last = find(tx, tenant, after))
            at = last->changed_at.time_since_epoch().count(), id = after.value;
    return tx.all<Document>(select_all, tenant, at, id, count);
}

std::optional<Timestamp> next_publication(db::Tx& tx, core::TenantId tenant, Timestamp now) {
    return tx.value<std::optional<Timestamp>>(select_next, tenant, now);
}

std::int64_t handed_in(db::Tx& tx, core::TenantId tenant) { return tx.value<std::int64_t>(count_handed_in, tenant); }
std::optional<core::TenantId> tenant_of(db::Tx& tx, DocumentId id) { return tx.one<core::TenantId>(select_tenant, id); }

nlohmann::json export_person(db::Tx& tx, core::AccountId account) {
    auto list = nlohmann::json::array();
    for (const auto& row : tx.all<OfPerson>(select_of_person, account))
        list.push_back({{"documentation", row.title}, {"changed", to_iso(row.changed_at)}});
    return list;
}

void forget_person(db::Tx& tx, core::AccountId account) { tx.exec(update_person, account); }

}  // namespace mitwirken::documentation
