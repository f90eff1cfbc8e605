// Standing pages in German and English; their words are Markdown.
// Invariants: whether a page is public is computed from the clock at every request; a page's key never changes once it
// is made; legal notice, privacy and accessibility statement are neither removed nor taken off the site once published.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/editorial/editorial.h"
#include "core/ids.h"
#include "core/manifest.h"

namespace mitwirken::pages {

using PageId = Id<struct PageTag>;

// Where a link to the page stands.
enum class Place { none, main, footer, legal };

struct Page {  // fields stand in the order of the SELECT in store.cpp
    PageId id;
    std::string key;
    core::State state = core::State::draft;
    std::string title, title_en, body, body_en;
    Place place = Place::none;
    std::int64_t position = 100;
    std::string menu, menu_en;  // the link's name; empty: the title
    std::optional<Timestamp> publish_at, unpublish_at;
    Timestamp changed_at{};

    core::Schedule schedule() const { return {state, publish_at, unpublish_at}; }
};

// ---- rules: pages.cpp
// Pages with a path of their own, and the path: {"/impressum", "imprint"}.
struct Standing {
    std::string_view path, key;
    Message name;
};
const std::vector<Standing>& standing_pages();
std::string path_of(const std::string& key);  // "/impressum", "/seiten/{key}"
bool is_protected(const std::string& key);
Message place_name(Place place);
inline core::Ref ref_of(PageId id) { return {"pages", id.value}; }
// What the form says; id, key and state are not among it. `key` is that of the stored page.
Result<Page> check(const Form& form, const std::string& key, core::State state);
// The key of a new page: one of the standing ones, what was typed, or made from the title.
Result<std::string> check_key(const Form& form);
Form to_form(const Page& page);
core::Snapshot snapshot(const Page& page);
// Nothing when the step is not possible, or when it would take a page off the site that must stand there.
std::optional<core::State> step_of(const Page& page, const std::string& step);
// The title in this language: English where there is one and it is asked for.
const std::string& title_in(const Page& page, const std::string& language);
bool is_english(const Page& page, const std::string& language);
void index(db::Tx& tx, core::TenantId tenant, const Page& page, Timestamp now);

// ---- store.cpp
std::optional<Page> find(db::Tx& tx, core::TenantId tenant, const std::string& key);
std::optional<Page> find(db::Tx& tx, core::TenantId tenant, PageId id);
std::optional<core::TenantId> tenant_of(db::Tx& tx, PageId id);
std::vector<Page> all(db::Tx& tx, core::TenantId tenant);  // a few dozen at most
struct MenuRow {
    std::string key, title, title_en, menu, menu_en;
    Place place;
    std::int64_t position;
};
std::vector<MenuRow> menu_rows(db::Tx& tx, core::TenantId tenant, Timestamp now);
// When a page in a menu, or any page, will next appear or vanish.
std::optional<Timestamp> next_menu_change(db::Tx& tx, core::TenantId tenant, Timestamp now);
PageId add(db::Tx& tx, core::TenantId tenant, const Page& page, core::AccountId by, Timestamp now);
void save(db::Tx& tx, core::TenantId tenant, const Page& page, core::AccountId by, Timestamp now);
void remove(db::Tx& tx, core::TenantId tenant, PageId id);
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
void forget_person(db::Tx& tx, core::AccountId account);

// ---- handlers: views.cpp, edit_pages.cpp
inline constexpr std::string_view edit_action = "pages.edit";
http::Response show(core::Visit& visit, const std::string& key);
// The page as visitors see it, without the layout.
html::SafeHtml content(core::Visit& visit, const Page& page, const html::SafeHtml& notice);
http::Response managed_page(core::Visit& visit);
http::Response edit_page(core::Visit& visit);
http::Response save_form(core::Visit& visit);
http::Response step(core::Visit& visit);
http::Response preview_page(core::Visit& visit);
http::Response versions(core::Visit& visit);
http::Response remove_question(core::Visit& visit);
http::Response remove_page(core::Visit& visit);
void load_example(core::House& house, db::Tx& tx, core::TenantId tenant, Timestamp now);

// ---- api.cpp
void add_api(core::Manifest& manifest);

}  // namespace mitwirken::pages

template <>
struct mitwirken::db::Names<mitwirken::pages::Place> {
    static constexpr std::string_view words[] = {"none", "main", "footer", "legal"};
};
