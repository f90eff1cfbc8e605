// Whom a happening concerns. It is written down in the transaction in which it happened (happenings.cpp); everything
// else is a job's work, in small transactions, each of which writes down how far it came.
#pragma once

#include "core/domain_events.h"
#include "core/house.h"
#include "modules/following/store.h"
#include "platform/search/search.h"

namespace mitwirken::following {

inline constexpr std::string_view fan_out_job = "following.fan_out";
inline constexpr std::string_view send_job = "following.send";
inline constexpr std::string_view steps_job = "following.steps";

// ---- happenings.cpp
void on_event(db::Tx& tx, core::TenantId tenant, const core::DomainEvent& event, Timestamp now);
// Writes it down, with the job that finds its audience; nothing when its mark was told before.
std::optional<HappeningId> note(db::Tx& tx, const Happening& happening, Timestamp now);
std::string mark_of(core::ContributionId id);

// ---- audience.cpp
// The next few hundred of those whom it concerns; true while there are more.
bool ask_next(db::Tx& tx, HappeningId id, Timestamp now);
void fan_out(core::House& house, const jobs::Job& job);
// A job that sends what is due then.
void plan_sending(db::Tx& tx, core::TenantId tenant, Timestamp due, Timestamp now);
// Everything that is said of it, for saved searches; "" when it is not public (any more).
std::string text_of(db::Tx& tx, const Happening& happening);
// Does a saved search find it?
bool finds(const Follow& saved, const search::ReadText& text, const std::string& facet,
           const std::vector<core::TermId>& terms);
// The facet in the search, of what has one.
std::string facet_of(db::Tx& tx, const Happening& happening);

// Where it is: a point, or the area of its procedure. Nothing when it is nowhere in particular.
struct Spot {
    geo::Box box;
    std::optional<geo::Point> point;
    std::string area;
    std::vector<geo::Point> corners;
};
std::optional<Spot> spot_of(db::Tx& tx, const Happening& happening);
bool reaches(const Follow& circle, const Spot& spot);

}  // namespace mitwirken::following
