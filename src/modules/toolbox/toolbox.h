// The toolbox (Instrumentenkoffer): formats of participation with the nine fields of AP1, and reports on them.
// Invariants: what the public sees comes from toolbox_listed, which only refresh() writes and only for formats that
// is_public(); every change goes through save() or set_state(), which keep revision, list, counts and search together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/ids.h"
#include "core/revisions/revisions.h"
#include "platform/base/message.h"
#include "platform/base/time.h"
#include "platform/db/fwd.h"
#include "platform/db/row.h"

namespace mitwirken::toolbox {

using FormatId = Id<struct FormatTag>;
using ReportId = Id<struct ReportTag>;
using core::AccountId;
using core::OrganisationId;
using core::TenantId;

// handed_in: waits for the participation office; agreed: text settled with the department; published: released – on the
// web when `publish` is set, else for colleagues only.
enum class State { draft, handed_in, agreed, published, archived };
// unconfirmed: an association has not pressed the button of its mail yet; nobody but the clock deals with it.
enum class ReportState { draft, handed_in, agreed, published, rejected, unconfirmed };
enum class Origin { department, association };
enum class Cost { unknown, low, medium, high };
enum class LinkKind { material, tool };

// ---- the fixed choices of AP1, as bits

// One value of a fixed choice. `word` is code, table exchange and API; `parameter` is the German word in addresses.
struct Choice {
    std::string_view word, parameter, icon;
    Message label;
    Message hint;
};
// All facets together are one number: the value i of a facet is the bit first_bit + i.
struct Facet {
    std::string_view word, parameter;
    Message label;
    int first_bit = 0;
    std::vector<Choice> choices;
    int mask() const { return ((1 << choices.size()) - 1) << first_bit; }
};
const Facet& purposes();     // inform, exchange, solve, decide
const Facet& forms();        // analog, digital, hybrid
const Facet& group_sizes();  // 1-10, 11-50, over-50, unlimited
const Facet& distance();     // yes, no
const std::vector<const Facet*>& all_facets();
// Bit masks of a format's columns start at 0: {"exchange", "decide"} <-> 0b1010. Unknown words: nothing.
std::optional<int> mask_from(const Facet& facet, const std::vector<std::string>& words);
std::vector<std::string> words_of(const Facet& facet, int mask);

std::string_view to_word(State state);
std::string_view to_word(ReportState state);
std::string_view to_word(Cost cost);
std::optional<State> state_from(std::string_view word);
std::optional<ReportState> report_state_from(std::string_view word);
std::optional<Cost> cost_from(std::string_view word);
Message name_of(State state);
Message name_of(ReportState state);
Message name_of(Cost cost);

// ---- formats

struct Format {  // fields stand in the order of format_columns in store.cpp
    FormatId id;
    std::string key;  // address: "world-cafe"; never changes after the first publication
    State state = State::draft;
    bool publish = false;
    OrganisationId owner;
    std::string title, title_en;
    int purposes = 0, forms = 0, group_sizes = 0;
    bool distance = false;
    std::optional<std::int64_t> lead_days, staff_days;
    Cost cost = Cost::unknown;
    std::int64_t version = 0;  // number of the newest revision
    AccountId created_by;
    Timestamp created_at{}, changed_at{};
    std::optional<Timestamp> published_at;  // the first time
    std::string summary, summary_en;        // plain text
    std::string duration, source;           // plain text
    std::string tips, description;          // Markdown
    std::string tips_en, description_en, duration_en, source_en;
};
struct Link {
    std::string title, url, note;  // url may be ""
    std::string title_en = {}, note_en = {};
    bool operator==(const Link&) const = default;
};
// What belongs to a format in rows of its own. Files are attachments with the role "material".
struct Parts {
    std::vector<Link> materials, tools;
    std::vector<std::string> related;  // keys
};

// On the web, for everybody.
inline bool is_public(const Format& format) { return format.state == State::published && format.publish; }
// The number all facets make together.
int facet_bits(const Format& format);
// The fields with their (English) labels, for revisions.
core::Snapshot snapshot(const Format& format, const Parts& parts);
// Which states may follow; the same for every role, access decides who may do it.
std::vector<State> next_states(State state);

// Inserts (id 0) or updates, adds a revision, and brings list, counts and search up to date. Sets id, version,
// changed_at (and on insert created_at, created_by). The key must be free: check with find_format first.
void save(db::Tx& tx, TenantId tenant, Format& format, const Parts& parts, AccountId by, const std::string& comment,
          Timestamp now);
// A version that changes no word but says something: why an agreement was taken back. Sets version.
void add_note(db::Tx& tx, TenantId tenant, const Format& format, const Parts& parts, AccountId by,
              const std::string& comment, Timestamp now);
// Changes only the state (and published_at the first time).
void set_state(db::Tx& tx, TenantId tenant, FormatId id, State state, Timestamp now);
// Brings list, counts and search in line with the stored format; call it after attachments or reports changed.
void refresh(db::Tx& tx, TenantId tenant, FormatId id, Timestamp now);
// Everything of a tenant anew, counts included.
void refresh_all(db::Tx& tx, TenantId tenant, Timestamp now);

std::optional<Format> find_format(db::Tx& tx, TenantId tenant, const std::string& key);
std::optional<Format> find_format(db::Tx& tx, TenantId tenant, FormatId id);
Parts parts_of(db::Tx& tx, FormatId id);
// A key made of the title that nobody has: "world-cafe", "world-cafe-2".
std::string free_key(db::Tx& tx, TenantId tenant, const std::string& title);
// Words that are addresses of other pages ("vergleich") and so cannot be keys.
bool is_reserved(std::string_view key);
// Hexadecimal beginning of the sort key: compared as bytes or by any collation, it sorts as German readers expect.
std::string title_key(const std::string& title);
// Every format, by id, for exports and rebuilding.
std::vector<Format> formats_after(db::Tx& tx, TenantId tenant, FormatId after, int count);

// The administration's list.
enum class ManagedOrder { title, title_down, changed, changed_long_ago };
struct ManagedFilter {
    std::optional<State> state = {};
    std::optional<OrganisationId> owner = {};
    std::string text = {};  // a part of the title or the key
    ManagedOrder order = ManagedOrder::title;
};
struct ManagedFormat {
    FormatId id;
    std::string key, title, title_key;
    State state;
    bool publish;
    OrganisationId owner;
    std::int64_t version;
    Timestamp changed_at;
};
// Those behind (backwards: before) this one; `from` 0 = from the start.
std::vector<ManagedFormat> managed_formats(db::Tx& tx, TenantId tenant, const ManagedFilter& filter, FormatId from,
                                           bool backwards, int count);
// Number of formats in a state, exact up to 1,000, then 1,001.
std::int64_t count_formats(db::Tx& tx, TenantId tenant, State state);

// ---- reports (Erfahrungsberichte)

struct Report {  // fields stand in the order of report_columns in store.cpp
    ReportId id;
    std::optional<FormatId> format;
    ReportState state = ReportState::draft;
    std::string title, occasion, date_text;
    std::optional<std::int64_t> participants;
    std::string went_well, went_badly, advice;  // plain text
    std::string organisation;
    OrganisationId owner;
    AccountId author;
    std::string contact_name, contact_email;
    std::int64_t version = 0;
    Timestamp created_at{}, changed_at{};
    std::optional<Timestamp> published_at;
    Origin origin = Origin::department;
};
core::Snapshot snapshot(const Report& report);
// Who takes the next step. The office is the participation office; the department is the one the report belongs to, and
// it alone releases. Where there is none (associations), the office stands in; so may an administrator.
struct ReportRights {
    bool office = false, department = false, releases = false;
};
std::vector<ReportState> next_steps(const Report& report, const ReportRights& rights);
// The state after somebody changed the words: what the department released has to be released again when another hand
// changed it, and what was public has to be published again.
ReportState after_change(ReportState state, const ReportRights& rights);
// Attachments, revisions, search and the audit log know both by one number: reports have negative ones.
inline core::Ref ref_of(FormatId id) { return {"toolbox", id.value}; }
inline core::Ref ref_of(ReportId id) { return {"toolbox", -id.value}; }

// Inserts or updates with a revision, and refreshes the format(s) it belongs to.
void save_report(db::Tx& tx, TenantId tenant, Report& report, AccountId by, const std::string& comment, Timestamp now);
void set_report_state(db::Tx& tx, TenantId tenant, ReportId id, ReportState state, Timestamp now);
std::optional<Report> find_report(db::Tx& tx, TenantId tenant, ReportId id);
// Published ones of a format, newest first.
std::vector<Report> reports_of(db::Tx& tx, FormatId format, int count);
// The administration's list, newest change first; `before` 0 = from the start.
// Of one department, or of all; never unconfirmed ones.
struct ReportFilter {
    std::optional<ReportState> state;
    std::optional<OrganisationId> owner;
};
std::vector<Report> managed_reports(db::Tx& tx, TenantId tenant, const ReportFilter& filter, ReportId before,
                                    int count);
std::vector<Report> reports_by(db::Tx& tx, AccountId author, int count);
// Keeps what an association sent, without a version, until the button of its mail is pressed or the time is over: the
// token's hash leads to it. Once confirmed, save_report makes it a report like every other.
void await_confirmation(db::Tx& tx, TenantId tenant, Report& report, const std::string& token_hash, Timestamp until,
                        Timestamp now);
std::optional<Report> find_unconfirmed(db::Tx& tx, TenantId tenant, const std::string& token_hash, Timestamp now);
void forget_confirmation(db::Tx& tx, TenantId tenant, ReportId report);
void remove_unconfirmed(db::Tx& tx, TenantId tenant, ReportId report, Timestamp now);
void forget_contact(db::Tx& tx, TenantId tenant, ReportId report);
std::int64_t count_reports(db::Tx& tx, TenantId tenant, ReportState state);

// What the toolbox keeps of a person, and its removal: what they wrote stays, without them.
nlohmann::json export_person(db::Tx& tx, AccountId account);
void forget_person(db::Tx& tx, AccountId account);

}  // namespace mitwirken::toolbox

template <>
struct mitwirken::db::Names<mitwirken::toolbox::State> {
    static constexpr std::string_view words[] = {"draft", "handed_in", "agreed", "published", "archived"};
};
template <>
struct mitwirken::db::Names<mitwirken::toolbox::ReportState> {
    static constexpr std::string_view words[] = {"draft",     "handed_in", "agreed",
                                                 "published", "rejected",  "unconfirmed"};
};
template <>
struct mitwirken::db::Names<mitwirken::toolbox::Origin> {
    static constexpr std::string_view words[] = {"department", "association"};
};
template <>
struct mitwirken::db::Names<mitwirken::toolbox::Cost> {
    static constexpr std::string_view words[] = {"", "low", "medium", "high"};
};
template <>
struct mitwirken::db::Names<mitwirken::toolbox::LinkKind> {
    static constexpr std::string_view words[] = {"material", "tool"};
};
