// Termine: what people can come to or watch, with a day, or with words ("August 2020") while no day is known.
// Invariants: whether a date is past, and whether the public sees it, is computed from the clock at every request; what
// lasts whole days begins and ends at midnights in Berlin; a cancelled date stays visible and says why.
#pragma once

#include <array>
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
#include "platform/calendar/ical.h"
#include "platform/db/db.h"

namespace mitwirken::calendar {

using EventId = Id<struct EventTag>;
using core::State;

inline constexpr Timestamp never{std::chrono::milliseconds{253402300799000}};
inline constexpr int page_size = 20;

// The fields stand in the order of CALENDAR_COLUMNS in store.cpp.
struct Event {
    EventId id;
    std::string key;
    State state = State::draft;
    core::OrganisationId organisation;
    std::string title, summary, body;
    std::optional<Timestamp> starts_at, ends_at;
    bool all_day = false;
    std::string approximate, place;
    std::optional<double> lon, lat;
    bool online = false;
    std::string registration, accessibility, organiser;
    bool cancelled = false;
    std::string cancelled_reason, credit;
    std::optional<Timestamp> publish_at, unpublish_at;
    Timestamp changed_at{};
    std::int64_t sequence = 0;
    std::string procedure;  // key of the procedure it belongs to, "" = none

    core::Schedule schedule() const { return {state, publish_at, unpublish_at}; }
};
inline core::Ref ref_of(EventId id) { return {"calendar", id.value}; }

// ---- rules: events.cpp
bool is_visible(const Event& event, Timestamp now);
Timestamp sort_at(const Event& event);
// A date without an end is over when its day is.
Timestamp over_at(const Event& event);
// The step of how long it lasts: the first of span_lengths that it does not exceed; beyond them their number.
inline constexpr std::array<std::chrono::hours, 4> span_lengths{
    std::chrono::hours{24}, std::chrono::hours{8 * 24}, std::chrono::hours{64 * 24}, std::chrono::hours{512 * 24}};
int span_of(const Event& event);
// First and last day, both inclusive; nothing without a beginning.
std::optional<Date> first_day(const Event& event);
std::optional<Date> last_day(const Event& event);
// What the editing form says; id, key, state and the cancellation are not among it.
Result<Event> check(const Form& form);
Form to_form(const Event& event);
// Steps: hand_in, return, agree, publish, archive, restore. Nothing when it is not possible from here.
std::optional<State> next_state(State from, const std::string& step);
core::Snapshot snapshot(const Event& event, const std::vector<std::string>& terms, const std::string& organisation);
IcalEvent to_ical(const Event& event, const std::string& address, const std::string& host);

// ---- store.cpp
struct Cursor {
    std::int64_t at = 0, id = 0;
};
struct Filter {
    bool past = false;
    std::vector<core::TermId> terms;       // all of them
    std::optional<Timestamp> from, until;  // dates that touch this period, past or not
    std::optional<Cursor> after, before;
};
struct ListPage {
    std::vector<Event> events;
    bool has_earlier = false, has_later = false;
};
ListPage public_list(db::Tx& tx, core::TenantId tenant, const Filter& filter, Timestamp now, int count);
// Public ones of a procedure: what comes, the nearest first, or what is over, the latest first.
std::vector<Event> of_procedure(db::Tx& tx, core::TenantId tenant, const std::string& procedure, bool over,
                                Timestamp now, int count);
struct AdminFilter {
    std::optional<State> state;
    core::OrganisationId organisation;
    std::optional<Cursor> before;
};
std::vector<Event> admin_list(db::Tx& tx, core::TenantId tenant, const AdminFilter& filter, int count);
std::optional<Event> find(db::Tx& tx, core::TenantId tenant, EventId id);
std::optional<Event> find(db::Tx& tx, core::TenantId tenant, const std::string& key);
std::optional<core::TenantId> tenant_of(db::Tx& tx, EventId id);
// Gives it a free key made from its title when it has none.
EventId add(db::Tx& tx, core::TenantId tenant, Event event, core::AccountId by, Timestamp now);
void save(db::Tx& tx, core::TenantId tenant, const Event& event, core::AccountId by, Timestamp now);
std::int64_t count_of(db::Tx& tx, core::TenantId tenant, State state);
void each(db::Tx& tx, core::TenantId tenant, const std::function<bool(Event&&)>& use);
nlohmann::json export_person(db::Tx& tx, core::AccountId account);
void forget_person(db::Tx& tx, core::AccountId account);

// ---- index.cpp
void index(db::Tx& tx, core::TenantId tenant, const Event& event, Timestamp now);

}  // namespace mitwirken::calendar
