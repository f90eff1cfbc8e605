// Following: somebody wants to hear of a thing, in a rhythm. This file holds the words and the rules that need neither
// database nor clock; rows are in store*.cpp, whom a happening concerns in audience.cpp, mails in mails.cpp.
// Invariants: nothing is sent to an address before its owner pressed a button (but the one mail that asks for it);
// nobody is told of a happening twice, nor of their own acts; a text that is not public any more is in no mail.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/procedures/grid.h"
#include "platform/base/time.h"
#include "platform/crypto/crypto.h"
#include "platform/db/row.h"
#include "platform/geo/geo.h"

namespace mitwirken::following {

using ReaderId = Id<struct ReaderTag>;
using FollowId = Id<struct FollowTag>;
using HappeningId = Id<struct HappeningTag>;

enum class Kind { procedure, dossier, topic, district, radius, search };
enum class Rhythm { at_once, daily, weekly };
// The first ten as in core::ProcedureHappened; item: something was published.
enum class What { contribution, comment, answer, status, outcome, measure, document, step, event, news, item };
enum class Progress { fresh, asking, done, dropped };

// The fields stand in the order of the SELECT in store.cpp.
struct Follow {
    FollowId id;
    ReaderId reader;
    Kind kind = Kind::procedure;
    std::int64_t item = 0;
    std::string words, facet, terms, label;
    double lon = 0, lat = 0;
    std::int64_t metres = 0;
    Rhythm rhythm = Rhythm::daily;
    std::optional<Timestamp> confirmed_at;
    Timestamp created_at{};

    geo::Point centre() const { return {lon, lat}; }
};
bool same_thing(const Follow& a, const Follow& b);

struct Reader {
    ReaderId id;
    core::TenantId tenant;
    std::string email;
    core::AccountId account;
    core::ParticipantId participant;
    std::string language, site, salt;
    bool news = true;
    std::string paused_until;
    std::optional<Timestamp> asked_at;
    std::int64_t asked = 0;
    std::optional<Timestamp> mailed_at;
    Timestamp created_at{};
};

struct Happening {
    HappeningId id;
    core::TenantId tenant;
    What what = What::item;
    std::string mark, module;
    std::int64_t item = 0;
    core::ProcedureId procedure;
    core::ContributionId contribution;
    std::string title, text, url, word;
    core::ParticipantId who;
    bool everyone = false;
    std::optional<double> lon, lat;
    Progress state = Progress::fresh;
    std::string audience;
    std::int64_t after = 0;
    Timestamp at{};
};

// ---- limits
inline constexpr std::int64_t least_metres = 100, most_metres = 20'000;
inline constexpr std::size_t most_follows = 100;  // of one reader
inline constexpr std::size_t most_waiting = 10;   // of one address that has proven nothing yet
inline constexpr auto confirm_within = std::chrono::hours{24 * 3};
inline constexpr auto between_mails = std::chrono::minutes{10};
// A step that began or ended longer ago is told to nobody, however late the job is.
inline constexpr auto tell_steps_within = std::chrono::hours{24 * 3};

// ---- when
// The next seven o'clock in Berlin, of every day or of Mondays, after `now`; `now` itself when it is at once.
Timestamp next_mail(Rhythm rhythm, Timestamp now);
// When a reader hears of what happens now: not during a pause, and no flood of single mails.
Timestamp due_at(Rhythm rhythm, const Reader& reader, Timestamp now);
// When the mails of somebody who has paused go on; nothing when they have not.
std::optional<Timestamp> resumes_at(const Reader& reader, Timestamp now);
// May an address that has proven nothing be sent another mail? The first, then one each quarter of an hour, five in
// all.
bool may_ask(const Reader& reader, Timestamp now);

// ---- steps
struct StepChange {
    const core::Step* step = nullptr;
    bool begins = true;
    Timestamp at{};
};
// What began or ended after `from` and not after `until`, in the tracks for everyone. Where one step follows another
// without a gap only the beginning is told; silent steps never are.
std::vector<StepChange> step_changes(const core::Procedure& plan, const core::Grid& grid, Timestamp from,
                                     Timestamp until);

// ---- links that act for a reader without a sign-in
std::string sign_link(const crypto::Key& key, std::string_view purpose, const Reader& reader,
                      const std::string& scope = "");
struct Link {
    ReaderId reader;
    std::string scope, signature;
};
// What a token says, unproven; nothing when it has not the form of one.
std::optional<Link> read_link(std::string_view token);
bool is_genuine(const crypto::Key& key, std::string_view purpose, const Reader& reader, const Link& link);
// What ends by one click: exactly what a mail was sent for. "f12-15-n": two follows, and what becomes of what they took
// part in; "all" when it would be too long.
struct Scope {
    std::vector<FollowId> follows;
    bool news = false, all = false;
};
std::string to_word(const Scope& scope);
Scope scope_from(std::string_view word);

// Numbers as they stand in a column: "12 15".
std::vector<core::TermId> term_ids(const std::string& words);
std::string term_words(const std::vector<core::TermId>& ids);
// One line without control characters: for subjects and lists.
std::string one_line(std::string_view text, std::size_t letters);

}  // namespace mitwirken::following

template <>
struct mitwirken::db::Names<mitwirken::following::Kind> {
    static constexpr std::string_view words[] = {"procedure", "dossier", "topic", "district", "radius", "search"};
};
template <>
struct mitwirken::db::Names<mitwirken::following::Rhythm> {
    static constexpr std::string_view words[] = {"at_once", "daily", "weekly"};
};
template <>
struct mitwirken::db::Names<mitwirken::following::What> {
    static constexpr std::string_view words[] = {"contribution", "comment", "answer", "status", "outcome", "measure",
                                                 "document",     "step",    "event",  "news",   "item"};
};
template <>
struct mitwirken::db::Names<mitwirken::following::Progress> {
    static constexpr std::string_view words[] = {"fresh", "asking", "done", "dropped"};
};
