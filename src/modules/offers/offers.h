// Mitmachangebote: every way to take part, here or on another site – current, permanent, planned and past.
// Invariants: whether an offer runs or is past, and whether the public sees it, is computed from the clock at every
// request, never by a job; all these instants are midnights in Berlin; an offer that another module announced keeps its
// source, and later announcements of that source change it.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/ids.h"
#include "core/revisions/revisions.h"
#include "core/taxonomy/taxonomy.h"
#include "platform/base/form.h"
#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/db/db.h"

namespace mitwirken::core {
struct ParticipationAnnounced;
}

namespace mitwirken::offers {

using OfferId = Id<struct OfferTag>;

enum class State { draft, handed_in, published, archived };
enum class Kind { running, permanent, planned, past };
// Bits of Offer::how.
enum How : std::int64_t { online = 1, on_site = 2, paper = 4, phone = 8 };

inline constexpr Timestamp no_beginning{};
inline constexpr Timestamp no_end{std::chrono::milliseconds{253402300799000}};
inline constexpr int page_size = 12;
inline constexpr int count_limit = 1000;  // counts beyond are "over 1,000"
inline constexpr int map_limit = 2000;

struct Link {
    std::string kind;        // "document", "news", "event", "documentation", "format"
    std::string title, url;  // url "" = named without an address
    bool operator==(const Link&) const = default;
};

// The fields stand in the order of the SELECT in store.cpp.
struct Offer {
    OfferId id;
    std::string key;
    State state = State::draft;
    core::OrganisationId organisation;
    std::string title, title_en, summary, summary_en, body, results;
    bool permanent = false;
    Timestamp starts_at = no_beginning, ends_at = no_end;
    std::string when_text;
    std::int64_t how = 0;
    std::string external_url;
    std::optional<double> lon, lat;
    std::string place, contact_office, contact_email, contact_phone;
    std::string links;  // JSON, see links_of
    std::string image, image_alt, credit;
    Timestamp publish_at = no_beginning, unpublish_at = no_end, changed_at{};
    std::string source_module;
    std::int64_t source_item = 0;

    std::optional<Date> starts() const;
    std::optional<Date> ends() const;
};

// ---- rules: offers.cpp
Kind kind_of(const Offer& offer, Timestamp now);
bool is_visible(const Offer& offer, Timestamp now);
// 0 = today is the last day; nothing when it does not run or has no end.
std::optional<int> days_left(const Offer& offer, Timestamp now);
std::vector<Link> links_of(const std::string& json);
std::string to_json(const std::vector<Link>& links);
std::int64_t how_from(const std::vector<std::string>& words);  // "online", "on-site", "paper", "phone"
std::vector<std::string> how_words(std::int64_t how);
// Form names of the words in addresses: "laufend", "dauerhaft", "geplant", "vergangen".
std::optional<Kind> kind_from(const std::string& word);
std::string_view to_word(Kind kind);
std::string_view api_word(Kind kind);
Timestamp begin_of(const std::optional<Date>& first);
Timestamp end_of(const std::optional<Date>& last);
// What the editing form says; id, key, state and source are not among it.
Result<Offer> check(const Form& form);
Form to_form(const Offer& offer);
// What an announcement makes of an offer (new or known).
void take_over(Offer& offer, const core::ParticipationAnnounced& announced, Timestamp now);
// Next state, or nothing when the step is not possible from here. Steps: hand_in, return, publish, archive, restore.
std::optional<State> next_state(State from, const std::string& step);
core::Snapshot snapshot(const Offer& offer, const std::vector<std::string>& terms, const std::string& organisation);

// ---- lists: store_list.cpp
enum class Sort { deadline, newest, title };
struct Filter {
    std::vector<Kind> kinds;                       // empty = all
    std::vector<core::TermId> topics, districts;   // one of each group
    std::vector<core::TermId> all_terms;           // every one of them
    std::int64_t how = 0;                          // one of these bits, 0 = any
    std::optional<std::vector<std::int64_t>> ids;  // found by the search
    bool with_results = false, with_place = false;
    Sort sort = Sort::deadline;
    OfferId after, before;  // page by key
};
struct ListPage {
    std::vector<Offer> offers;
    bool has_earlier = false, has_later = false;
};
ListPage public_list(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now, int count);
// Exact up to count_limit, then count_limit + 1.
std::int64_t public_count(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now);
struct Facets {
    std::map<std::int64_t, std::int64_t> terms;
    std::array<std::int64_t, 4> kinds{}, how{};
};
// Counts beside the filter's choices, of what has one of `kinds`; each exact while at most count_limit offers are
// looked at.
Facets facets(db::Tx& tx, core::TenantId tenant, const std::vector<Kind>& kinds, Timestamp now);
struct AdminFilter {
    std::optional<State> state;
    core::OrganisationId organisation;
    OfferId before;
};
std::vector<Offer> admin_list(db::Tx& tx, core::TenantId tenant, const AdminFilter& filter, int count);

// ---- store.cpp
std::optional<Offer> find(db::Tx& tx, core::TenantId tenant, OfferId id);
std::optional<Offer> find(db::Tx& tx, core::TenantId tenant, const std::string& key);
std::optional<Offer> find_source(db::Tx& tx, core::TenantId tenant, const core::Ref& source);
// The tenant of an offer, for jobs.
std::optional<core::TenantId> tenant_of(db::Tx& tx, OfferId id);
// Gives it a free key made from its title when it has none.
OfferId add(db::Tx& tx, core::TenantId tenant, Offer offer, core::AccountId by, Timestamp now);
void save(db::Tx& tx, core::TenantId tenant, const Offer& offer, core::AccountId by, Timestamp now);
bool was_withdrawn(db::Tx& tx, OfferId id);
void set_withdrawn(db::Tx& tx, OfferId id, bool withdrawn);
std::int64_t count_of(db::Tx& tx, core::TenantId tenant, State state);
void each(db::Tx& tx, core::TenantId tenant, const std::function<bool(Offer&&)>& use);
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
void forget_person(db::Tx& tx, core::AccountId account);

// ---- index.cpp: search index, jobs, announcements
void index(db::Tx& tx, core::TenantId tenant, const Offer& offer, Timestamp now);
// Rows that bring the index up to date when publication begins and ends.
void plan_refresh(db::Tx& tx, core::TenantId tenant, const Offer& offer, Timestamp now);
void announced(db::Tx& tx, core::TenantId tenant, const core::ParticipationAnnounced& event, Timestamp now);
void withdrawn(db::Tx& tx, core::TenantId tenant, const core::Ref& source, Timestamp now);
// The four ways to take part and the two trees, as filters and forms need them.
inline core::Ref ref(OfferId id) { return {"offers", id.value}; }

}  // namespace mitwirken::offers

template <>
struct mitwirken::db::Names<mitwirken::offers::State> {
    static constexpr std::string_view words[] = {"draft", "handed_in", "published", "archived"};
};
