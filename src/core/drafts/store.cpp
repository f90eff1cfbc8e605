// Rows of drafts; see drafts.h.
#include <nlohmann/json.hpp>

#include "core/access/throttle.h"
#include "core/drafts/drafts.h"
#include "platform/base/text.h"
#include "platform/http/target.h"

namespace mitwirken::core {

namespace {

struct Row {
    std::int64_t id;
    std::string path, title, content;
    Timestamp changed_at;
};

const db::Query select_draft{"core.draft", R"(
    SELECT id, path, title, content, changed_at FROM core_draft
    WHERE participant_id = :who AND path = :path AND changed_at > :limit)"};
const db::Query select_drafts{"core.drafts", R"(
    SELECT id, path, title, content, changed_at FROM core_draft
    WHERE participant_id = :who AND changed_at > :limit ORDER BY changed_at DESC, id DESC LIMIT 100)"};
const db::Query put_draft{"core.draft_put", R"(
    INSERT INTO core_draft (tenant_id, participant_id, path, title, content, changed_at)
    VALUES (:tenant, :who, :path, :title, :content, :now)
    ON CONFLICT (participant_id, path) DO UPDATE SET title = excluded.title, content = excluded.content,
        changed_at = excluded.changed_at)"};
const db::Query count_drafts{"core.draft_count", R"(
    SELECT COUNT(*) FROM core_draft WHERE participant_id = :who AND path <> :path)"};
const db::Query delete_by_path{"core.draft_done", R"(
    DELETE FROM core_draft WHERE participant_id = :who AND path = :path)"};
const db::Query delete_by_id{"core.draft_delete", R"(
    DELETE FROM core_draft WHERE participant_id = :who AND id = :id)"};
const db::Query delete_old{"core.drafts_expire", "DELETE FROM core_draft WHERE changed_at <= :limit"};

// A class room behind one address may keep its drafts, a program fills no disk.
Throttle by_network(120, std::chrono::seconds{5});

bool is_kept(const std::string& field) {
    return !field.empty() && field.front() != '_' && field != "homepage" && field != "password";
}

std::string to_json(const Form& form) {
    auto list = nlohmann::json::array();
    for (const auto& [name, value] : form.fields())
        if (is_kept(name)) list.push_back({name, value});
    return list.dump();
}

Draft to_draft(Row&& row) {
    Draft draft{row.id, std::move(row.path), std::move(row.title), {}, row.changed_at};
    for (const auto& pair : nlohmann::json::parse(row.content))
        draft.values.add(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
    return draft;
}

std::optional<Row> row_of(Visit& visit) {
    const auto* who = visit.participant();
    if (!who) return {};
    return visit.tx.one<Row>(select_draft, who->id, visit.path, visit.now - draft_age);
}

}  // namespace

Form draft_of(Visit& visit) {
    auto row = row_of(visit);
    return row ? to_draft(std::move(*row)).values : visit.query;
}

bool has_draft(Visit& visit) { return row_of(visit).has_value(); }

void save_draft(Visit& visit, const std::string& title) {
    const std::string content = to_json(visit.form);
    if (content.size() > longest_draft)
        throw TooLarge(tr_noop("This is too much for a draft. Please shorten the text and try again."));
    const auto who = visit.need_participant().id;
    const bool too_many = visit.tx.value<std::int64_t>(count_drafts, who, visit.path) >= most_drafts;
    if (too_many || by_network.take(http::network_of(visit.request.remote), visit.now).count() > 0)
        throw TooManyRequests(
            tr_noop("You keep many drafts already. Please delete some of them under “My contributions” first."));
    visit.tx.exec(put_draft, visit.tenant.id, who, visit.path, first_letters(title, 200), content, visit.now);
}

void drop_draft(Visit& visit) {
    if (const auto* who = visit.participant()) visit.tx.exec(delete_by_path, who->id, visit.path);
}

FormOptions::Button draft_button() { return {"_draft", "1", tr_noop("Save as a draft")}; }

std::vector<Draft> drafts_of(db::Tx& tx, ParticipantId who) {
    std::vector<Draft> drafts;
    for (auto& row : tx.all<Row>(select_drafts, who, Timestamp{})) drafts.push_back(to_draft(std::move(row)));
    return drafts;
}

bool delete_draft(db::Tx& tx, ParticipantId who, std::int64_t id) { return tx.exec(delete_by_id, who, id) == 1; }

void expire_drafts(db::Tx& tx, Timestamp now) { tx.exec(delete_old, now - draft_age); }

}  // namespace mitwirken::core
