// Contributions: the common head of everything people hand in – ideas, comments, answers, statements. What is special
// to a kind stands in its module's own table under the same id; comments, support, moderation, search, following,
// figures and the person's own page need only the head.
// Invariants: what was handed in is kept unchanged (core_original); a contribution is public only in state published;
// counters (of supports, comments, of an activity's contributions) change in the transaction that changes what they
// count; interactions are appended and never changed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/keep.h"
#include "core/participants/participants.h"
#include "platform/base/time.h"
#include "platform/db/db.h"

namespace mitwirken::core {

enum class Channel { online, live, paper, phone, mail, hearing };
// waiting – for its author's confirmation by e-mail; held – for somebody at the desk; hidden – by the desk.
enum class ContributionState { waiting, held, published, hidden, withdrawn };

}  // namespace mitwirken::core

template <>
struct mitwirken::db::Names<mitwirken::core::Channel> {
    static constexpr std::string_view words[] = {"online", "live", "paper", "phone", "mail", "hearing"};
};
template <>
struct mitwirken::db::Names<mitwirken::core::ContributionState> {
    static constexpr std::string_view words[] = {"waiting", "held", "published", "hidden", "withdrawn"};
};

namespace mitwirken::core {

// The fields stand in the order of the SELECT in store.cpp.
struct Contribution {
    ContributionId id;
    ProcedureId procedure;
    ActivityId activity;
    StepId step;
    std::string module, kind;
    ContributionId target, parent;  // of a comment: what it is about, and the comment it answers
    ParticipantId participant;
    OrganisationId organisation;  // the office that speaks; none = a resident
    std::string author_name;      // "" = anonymous
    Channel channel = Channel::online;
    ContributionState state = ContributionState::published;
    std::string status, status_reason;
    std::string title, body, language;
    std::string place;  // GeoJSON geometry, "" = none
    std::optional<double> lon, lat;
    std::int64_t supports = 0, comments = 0;
    std::int64_t edit_count = 0;
    ContributionId merged_into;
    Timestamp created_at{};
    std::optional<Timestamp> published_at;
    Timestamp changed_at{};

    bool official() const { return bool(organisation); }
    bool is_public() const { return state == ContributionState::published; }
    Ref ref() const { return {module, id.value}; }
};

// Where something is done: the activity and the step that has it open.
struct Occasion {
    TenantId tenant;
    ProcedureId procedure;
    ActivityId activity;
    StepId step;
};

struct NewContribution {
    std::string module, kind, title, body, language = "de";
    ContributionId target = {}, parent = {};
    ParticipantId participant = {};
    OrganisationId organisation = {};
    std::string author_name;
    Channel channel = Channel::online;
    ContributionState state = ContributionState::published;
    std::string place;
    std::optional<double> lon, lat;
    AccountId entered_by = {};
    std::string original;  // JSON object: every field as it was handed in
};
// Writes head, original and interaction ("add", for a comment "comment"); counts it when it is published.
ContributionId hand_in(db::Tx& tx, const Occasion& occasion, const NewContribution& contribution, Timestamp now);

std::optional<Contribution> find_contribution(db::Tx& tx, TenantId tenant, ContributionId id);

// Moves it to another state and keeps the counters right. The same state again changes nothing.
void set_state(db::Tx& tx, const Contribution& contribution, ContributionState state, Timestamp now);
// The author's later wording, or the publication text after a redaction (`original` empty).
struct Wording {
    std::string title, body, place;
    std::optional<double> lon, lat;
    std::string original;
};
void reword(db::Tx& tx, const Contribution& contribution, const Wording& wording, Timestamp now);
struct Original {
    std::int64_t number;
    std::string content;
    Timestamp at;
};
std::vector<Original> originals(db::Tx& tx, ContributionId id);  // oldest first
void set_status(db::Tx& tx, const Contribution& contribution, const std::string& status, const std::string& reason,
                Timestamp now);
// `duplicate` stays readable and points at `stays`; its supports are added where the person has not supported both.
void merge(db::Tx& tx, const Contribution& duplicate, const Contribution& stays, Timestamp now);
// The other way: gives back the supports that came by it, and the status from before. What was changed on either since
// is the caller's to look at.
void unmerge(db::Tx& tx, const Contribution& duplicate, const std::string& status, const std::string& reason,
             Timestamp now);

// ---- support: once for each participant, can be taken back. True when something changed.
bool support(db::Tx& tx, const Occasion& occasion, const Contribution& contribution, ParticipantId who, Timestamp now);
bool take_support_back(db::Tx& tx, const Occasion& occasion, const Contribution& contribution, ParticipantId who,
                       Timestamp now);
// Which of these the participant supports.
std::vector<ContributionId> supported(db::Tx& tx, ParticipantId who, const std::vector<ContributionId>& among);

// ---- lists: by key, at most `count`; the public ones unless `state` says otherwise.
struct ContributionFilter {
    ActivityId activity;
    std::string kind;
    ContributionState state = ContributionState::published;
    enum class Sort { newest, supports, comments, random } sort = Sort::newest;
    std::vector<TermId> terms;  // every one of them, by the classification of ref()
    std::optional<std::string> status;
    std::optional<std::vector<ContributionId>> among;  // what a search has found
    std::int64_t seed = 1;                             // of the random order, for one visitor
    // The page begins behind this one: sort value (instant, number or random value) and id.
    struct Key {
        std::int64_t value = 0;
        ContributionId id;
    };
    std::optional<Key> after;
};
std::vector<Contribution> contributions(db::Tx& tx, TenantId tenant, const ContributionFilter& filter, int count);
// The key of the last row of a page, for the next one.
ContributionFilter::Key key_of(const Contribution& contribution, const ContributionFilter& filter);
// Exact up to `most`, then most + 1 ("more than 1,000").
std::int64_t count_contributions(db::Tx& tx, TenantId tenant, const ContributionFilter& filter, int most = 1000);
// Where they lie; for the map.
struct ContributionPoint {
    ContributionId id;
    double lon = 0, lat = 0;
    std::string title, status;
    std::int64_t supports = 0;
};
struct Box {
    double west = -180, south = -90, east = 180, north = 90;
};
std::vector<ContributionPoint> contribution_points(db::Tx& tx, ActivityId activity, const std::string& kind,
                                                   const Box& box, int most);
// The same for a filtered list, with what was drawn; the filter's sort and place in the list do not count.
struct ContributionDrawing {
    ContributionId id;
    double lon = 0, lat = 0;
    std::string title, status, place;
};
std::vector<ContributionDrawing> contribution_drawings(db::Tx& tx, TenantId tenant, const ContributionFilter& filter,
                                                       const Box& box, int most);
// How many have a place; exact up to `most`.
std::int64_t count_places(db::Tx& tx, TenantId tenant, const ContributionFilter& filter, int most);
// Groups by the database, for maps of very many: everything in a square of `cell` degrees of longitude (as high as it
// is wide on the ground) is one. Only the index is read where the filter names no term.
struct ContributionCell {
    std::int64_t count = 0;
    ContributionId one;       // the smallest id in it
    double lon = 0, lat = 0;  // the middle of all
    Box box;
};
std::vector<ContributionCell> contribution_cells(db::Tx& tx, TenantId tenant, const ContributionFilter& filter,
                                                 const Box& box, double cell);

// ---- comments of one contribution: oldest first, public ones and those of `own`; answers carry their parent.
std::vector<Contribution> comments_of(db::Tx& tx, ContributionId target, ParticipantId own, ContributionId after,
                                      int count);

// ---- of one person, newest first, in every state
std::vector<Contribution> contributions_of(db::Tx& tx, TenantId tenant, ParticipantId who, ContributionId before,
                                           int count);
// When somebody is erased: what they handed in stays without a trace of them, or goes.
void release_contributions(db::Tx& tx, TenantId tenant, ParticipantId who, Keep keep, Timestamp now);

// One contribution: its text stays, author, name and what was handed in go, also from what evaluation counts.
void release_contribution(db::Tx& tx, ContributionId id);

// A contribution whose author never confirmed: its text goes, and with it every trace of who it was.
void drop_unconfirmed(db::Tx& tx, ContributionId id, Timestamp now);

// ---- row by row, for exports; every state but waiting
void each_contribution(db::Tx& tx, ActivityId activity, const std::string& kind,
                       const std::function<bool(Contribution&&)>& use);

// ---- what evaluation counts
void note_interaction(db::Tx& tx, const Occasion& occasion, ParticipantId who, std::string_view kind,
                      ContributionId what, Channel channel, Timestamp now);
struct ChannelShare {
    Channel channel;
    std::int64_t count = 0;
};
// Published contributions of a procedure (or of one of its activities) by channel.
std::vector<ChannelShare> channel_shares(db::Tx& tx, ProcedureId procedure, ActivityId activity = {});

}  // namespace mitwirken::core
