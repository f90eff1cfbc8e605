// Materials to download: how-tos, check lists, reports. A material has a group, files and links.
// Invariants: whether a material is public is computed from the clock at every request, never by a job, and so is
// whether its files may be read; lists stand in the order of (group, title, id) and are paged by that key; a material's
// key never changes once it is made.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/attachments/attachments.h"
#include "core/editorial/editorial.h"
#include "core/ids.h"
#include "platform/base/result.h"
#include "platform/db/db.h"

namespace mitwirken::downloads {

using ItemId = Id<struct ItemTag>;
inline constexpr int page_size = 20;

struct Item {  // fields stand in the order of the SELECT in store.cpp
    ItemId id;
    std::string key;
    core::State state = core::State::draft;
    core::OrganisationId organisation;
    std::string category, category_key, title, title_en, summary, summary_en, body, source;
    std::optional<Date> day;
    std::string links = "[]", accessible = "[]";  // JSON, see the migration
    std::optional<Timestamp> publish_at, unpublish_at;
    Timestamp changed_at{};

    core::Schedule schedule() const { return {state, publish_at, unpublish_at}; }
};
struct Link {
    std::string title, url;  // without an address it is not online
};

// ---- rules: downloads.cpp
inline core::Ref ref_of(ItemId id) { return {"downloads", id.value}; }
bool is_visible(const Item& item, Timestamp now);
std::string path_of(const Item& item);
const core::Rows& link_rows();
// What the editing form says; id, key, state and accessible are not among it.
Result<Item> check(const Form& form);
Form to_form(const Item& item);
std::vector<Link> links_of(const Item& item);
std::string links_json(const std::vector<Link>& links);
std::vector<std::int64_t> accessible_files(const Item& item);
std::string accessible_json(const std::vector<std::int64_t>& ids);
bool is_accessible(const Item& item, const core::Attachment& file);
core::Snapshot snapshot(const Item& item, const std::vector<core::Attachment>& files,
                        const std::vector<std::string>& terms, const std::string& department);
const std::string& title_in(const Item& item, const std::string& language);
const std::string& summary_in(const Item& item, const std::string& language);

// What a file is, for the filter: each kind stands for a few types.
struct FileKind {
    std::string_view word;
    Message label;
    std::vector<std::string> types;  // empty: a link
};
const std::vector<FileKind>& file_kinds();

// Search index; the job "downloads.refresh" brings it up to date when publication begins and ends.
void index(db::Tx& tx, core::TenantId tenant, const Item& item, Timestamp now);

// ---- store.cpp
enum class Sort { group, newest };
struct Filter {
    std::vector<std::string> groups;               // keys; any of them
    std::vector<core::TermId> topics, districts;   // any of each
    std::vector<core::TermId> all_terms;           // every one
    std::vector<std::string> kinds;                // words of file_kinds(); any of them
    bool accessible = false;                       // at least one accessible file
    std::optional<std::vector<std::int64_t>> ids;  // what the search found
    Sort sort = Sort::group;
    ItemId after, before;  // the page begins behind or ends before this one
};
std::vector<Item> public_list(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now, int count);
// Exact up to 1,000, then 1,001.
std::int64_t public_count(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now);
// Groups of what is public, in the order of people, with how many there are of each.
struct Group {
    std::string key, name;
    std::int64_t count = 0;
};
std::vector<Group> groups(db::Tx& tx, core::TenantId tenant, Timestamp now);
// Names of every group, also of drafts: what an editor can choose from.
std::vector<std::string> group_names(db::Tx& tx, core::TenantId tenant);
std::optional<Timestamp> next_list_change(db::Tx& tx, core::TenantId tenant, Timestamp now);
struct AdminFilter {
    std::optional<core::State> state;
    core::OrganisationId organisation;
    ItemId before;
};
std::vector<Item> admin_list(db::Tx& tx, core::TenantId tenant, const AdminFilter& filter, int count);
std::optional<Item> find(db::Tx& tx, core::TenantId tenant, ItemId id);
std::optional<Item> find(db::Tx& tx, core::TenantId tenant, const std::string& key);
std::optional<core::TenantId> tenant_of(db::Tx& tx, ItemId id);
// Gives it a free key made from its title when it has none.
ItemId add(db::Tx& tx, core::TenantId tenant, Item item, core::AccountId by, Timestamp now);
void save(db::Tx& tx, core::TenantId tenant, const Item& item, core::AccountId by, Timestamp now);
std::int64_t count_of(db::Tx& tx, core::TenantId tenant, core::State state);
void each(db::Tx& tx, core::TenantId tenant, const std::function<bool(Item&&)>& use);
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
void forget_person(db::Tx& tx, core::AccountId account);

}  // namespace mitwirken::downloads
