// Reports of barriers: anybody says what cannot be read, used or understood; an office answers.
// Invariants: name and address are voluntary and never leave the database except in the answer's own mail; a report is
// deleted when the months of the setting have passed since it was answered (since it came, when nobody answered).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/ids.h"
#include "core/visit.h"
#include "platform/base/form.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/db/db.h"

namespace mitwirken::barriers {

using ReportId = Id<struct ReportTag>;
enum class State { open, answered };

struct Report {  // fields stand in the order of the SELECT in store.cpp
    ReportId id;
    State state = State::open;
    std::string page, body, name, email, language, answer;
    Timestamp created_at{};
    std::optional<Timestamp> answered_at;
    core::AccountId answered_by;
};

// ---- rules: barriers.cpp
inline core::Ref ref_of(ReportId id) { return {"barriers", id.value}; }
inline constexpr std::size_t most_letters = 4000;
Result<Report> check(const Form& form);
// The text of an answer; empty only when nobody waits for a mail.
Result<std::string> check_answer(const Form& form, const Report& report);
// What was answered (or came) before this instant goes.
Timestamp keep_since(Timestamp now, std::int64_t months);
// A setting as a number between 1 and `most`; `initial` when it is none.
std::int64_t number_from(const std::string& setting, std::int64_t initial, std::int64_t most);
// The address of the page people come from, as a path with its query; "" when it is not of this host.
std::string own_path(std::string_view referer, std::string_view host);
Message state_name(State state);

// ---- store.cpp
ReportId add(db::Tx& tx, core::TenantId tenant, const Report& report, Timestamp now);
std::optional<Report> find(db::Tx& tx, core::TenantId tenant, ReportId id);
// Newest first; `before` 0 is the first page.
std::vector<Report> list(db::Tx& tx, core::TenantId tenant, std::optional<State> state, ReportId before, int count);
std::int64_t count_open(db::Tx& tx, core::TenantId tenant);
void answer(db::Tx& tx, core::TenantId tenant, ReportId id, const std::string& text, core::AccountId by, Timestamp now);
bool remove(db::Tx& tx, core::TenantId tenant, ReportId id);
std::int64_t remove_before(db::Tx& tx, core::TenantId tenant, Timestamp since);
bool any(db::Tx& tx, core::TenantId tenant);
// What somebody with an account has answered, and what came with the account's own address.
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
void forget_person(db::Tx& tx, core::AccountId account);

// ---- handlers: pages.cpp, admin.cpp; the last two: cleaning.cpp
inline constexpr std::string_view answer_action = "barriers.answer";
http::Response form_page(core::Visit& visit);
http::Response send(core::Visit& visit);
http::Response thanks_page(core::Visit& visit);
http::Response managed_page(core::Visit& visit);
http::Response report_page(core::Visit& visit);
http::Response answer_form(core::Visit& visit);
http::Response remove_report(core::Visit& visit);
// Deletes what is old enough, and comes again tomorrow while there is anything.
void plan_cleaning(db::Tx& tx, core::TenantId tenant, Timestamp now);
void remove_old(core::House& house, const jobs::Job& job);

}  // namespace mitwirken::barriers

template <>
struct mitwirken::db::Names<mitwirken::barriers::State> {
    static constexpr std::string_view words[] = {"open", "answered"};
};
