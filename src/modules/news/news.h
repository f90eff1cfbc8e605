// News: dated articles with a schedule.
// Invariants: whether an article is public is computed from the clock at every request, never by a job; lists stand in
// the order of (day, id), newest first, and are paged by that key; an article's key never changes once it is made.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/editorial/editorial.h"
#include "core/ids.h"
#include "core/revisions/revisions.h"
#include "platform/base/form.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/db/db.h"

namespace mitwirken::news {

using ArticleId = Id<struct ArticleTag>;
inline constexpr int page_size = 12;

// The fields stand in the order of the SELECT in store.cpp.
struct Article {
    ArticleId id;
    std::string key;
    core::State state = core::State::draft;
    core::OrganisationId organisation;
    std::string title, kicker, lead, body, source;
    Date day{};
    std::optional<Timestamp> publish_at, unpublish_at;
    Timestamp changed_at{};
    core::ProcedureId procedure;  // on whose page it stands, too; none

    core::Schedule schedule() const { return {state, publish_at, unpublish_at}; }
};

// ---- rules: news.cpp
inline core::Ref ref_of(ArticleId id) { return {"news", id.value}; }
bool is_visible(const Article& article, Timestamp now);
// What the editing form says; id, key and state are not among it.
Result<Article> check(const Form& form);
Form to_form(const Article& article);
core::Snapshot snapshot(const Article& article, const std::vector<std::string>& terms);
// Search index; the job "news.refresh" brings it up to date when publication begins and ends.
void index(db::Tx& tx, core::TenantId tenant, const Article& article, Timestamp now);

// ---- store.cpp
struct Filter {
    std::vector<core::TermId> terms;  // every one of them
    ArticleId after;                  // the page begins behind this one
};
std::vector<Article> public_list(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now, int count);
// Public ones of a procedure, newest first.
std::vector<Article> of_procedure(db::Tx& tx, core::TenantId tenant, core::ProcedureId procedure, Timestamp now,
                                  int count);
// When any published article will next appear or vanish.
std::optional<Timestamp> next_list_change(db::Tx& tx, core::TenantId tenant, Timestamp now);
struct AdminFilter {
    std::optional<core::State> state;
    core::OrganisationId organisation;
    ArticleId before;
};
std::vector<Article> admin_list(db::Tx& tx, core::TenantId tenant, const AdminFilter& filter, int count);
std::optional<Article> find(db::Tx& tx, core::TenantId tenant, ArticleId id);
std::optional<Article> find(db::Tx& tx, core::TenantId tenant, const std::string& key);
// The tenant of an article, for jobs.
std::optional<core::TenantId> tenant_of(db::Tx& tx, ArticleId id);
// Gives it a free key made from its title when it has none.
ArticleId add(db::Tx& tx, core::TenantId tenant, Article article, core::AccountId by, Timestamp now);
void save(db::Tx& tx, core::TenantId tenant, const Article& article, core::AccountId by, Timestamp now);
std::int64_t count_of(db::Tx& tx, core::TenantId tenant, core::State state);
void each(db::Tx& tx, core::TenantId tenant, const std::function<bool(Article&&)>& use);
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
void forget_person(db::Tx& tx, core::AccountId account);

}  // namespace mitwirken::news
