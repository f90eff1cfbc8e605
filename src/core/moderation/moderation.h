// The desk: one mechanism for every kind of contribution, by its head.
// Invariants: there is at most one undecided case for a contribution; what is decided is appended and never changed;
// the author's original stays (contributions.h), only the published text is redacted; nobody decides alone where the
// municipality wants two persons.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/contributions/contributions.h"

namespace mitwirken::core {

// unproven: sent without the proof of work that the municipality asks for (core/forms/work.h).
enum class CaseReason { before_publication, flagged, words, links, similar_to_removed, appeal, unproven };
enum class CaseState { open, second_opinion, decided };
// redact_picture decides nothing else: the case stays open.
enum class RulingKind { publish, hide, redact, dismiss, propose_hide, redact_picture };

struct Case {
    CaseId id;
    ContributionId contribution;
    ProcedureId procedure;
    CaseReason reason = CaseReason::flagged;
    CaseState state = CaseState::open;
    Timestamp created_at{};
    std::optional<Timestamp> decided_at;
    AccountId assigned;  // who has taken it; none = whoever comes first
};

// The undecided case of this contribution, made when there is none; the first reason stays.
CaseId open_case(db::Tx& tx, TenantId tenant, const Contribution& contribution, CaseReason reason, Timestamp now);
std::optional<Case> find_case(db::Tx& tx, TenantId tenant, CaseId id);
// Open ones oldest first (who waits longest is first), decided ones newest first. Not among the open ones: what still
// waits for its author's confirmation, and what the author has withdrawn.
struct CaseFilter {
    bool decided = false;
    ProcedureId procedure;
    CaseId after;  // the last one shown
    std::optional<CaseReason> reason = {};
    std::string kind = {};  // "comment" or the name of a module; "" = all
    AccountId assigned = {};
    std::optional<Timestamp> until = {};  // waits at least since then
};
std::vector<Case> cases(db::Tx& tx, TenantId tenant, const CaseFilter& filter, int count);
std::vector<Case> cases_of(db::Tx& tx, ContributionId contribution);  // oldest first
std::int64_t open_cases(db::Tx& tx, TenantId tenant);                 // exact up to 1,000
std::int64_t open_cases_of(db::Tx& tx, TenantId tenant, AccountId assigned);
// Takes a case, or gives it back ({}). Decided ones stay as they are.
void assign(db::Tx& tx, CaseId id, AccountId to);

// A complaint, once for each participant and case. False when it was there already.
bool flag(db::Tx& tx, TenantId tenant, const Contribution& contribution, ParticipantId who, const std::string& reason,
          const std::string& words, Timestamp now);
struct Flag {
    ParticipantId who;
    std::string reason, words;
    Timestamp at{};
};
std::vector<Flag> flags_of(db::Tx& tx, CaseId id);

struct Ruling {
    AccountId by;
    RulingKind kind = RulingKind::dismiss;
    std::string rule, words;  // the rule it rests on; what the author is told
    Timestamp at{};
};
std::vector<Ruling> rulings_of(db::Tx& tx, CaseId id);
// Appends the decision, moves contribution and case, and gives or takes trust. `propose_hide` waits for a second
// person; the same person cannot be that (Conflict). An appeal costs no trust.
void decide(db::Tx& tx, TenantId tenant, const Case& which, const Ruling& ruling, Timestamp now);

// Appends a ruling that leaves case and contribution as they are (redact_picture). Conflict when it is decided.
void note_ruling(db::Tx& tx, TenantId tenant, const Case& which, const Ruling& ruling);

// How far somebody can be relied on: their public contributions that nobody has an open complaint about (a day old at
// least, of the newest 200), less five for each that was hidden. From the rows, so that it holds for everybody at once.
std::int64_t standing(db::Tx& tx, TenantId tenant, ParticipantId who, Timestamp now);

// ---- the public record: what was decided, without texts and names; newest first
struct LogLine {
    std::int64_t id = 0;
    Timestamp at{};
    std::string module, kind;
    CaseReason reason = CaseReason::flagged;
    RulingKind ruling = RulingKind::dismiss;
    std::string rule;
};
std::vector<LogLine> moderation_log(db::Tx& tx, TenantId tenant, std::int64_t before, int count);

// What happened between two instants, in numbers.
struct ModerationFigures {
    std::int64_t held = 0, reported = 0, appeals = 0;  // cases that came
    std::int64_t published = 0, hidden = 0, redacted = 0, left = 0;
    std::int64_t decided = 0, milliseconds = 0;  // cases decided then, and how long they had waited in sum
};
ModerationFigures moderation_figures(db::Tx& tx, TenantId tenant, Timestamp from, Timestamp to);

// ---- what a text shows of itself; pure
struct TextRules {
    std::vector<std::string> words;  // lower case; whole words, "*" at the end = any ending
    int most_links = 2;
};
// Why somebody should look at it first, or nothing.
std::optional<CaseReason> suspicion(const std::string& text, const TextRules& rules);

}  // namespace mitwirken::core

template <>
struct mitwirken::db::Names<mitwirken::core::CaseReason> {
    static constexpr std::string_view words[] = {"before_publication", "flagged", "words",   "links",
                                                 "similar_to_removed", "appeal",  "unproven"};
};
template <>
struct mitwirken::db::Names<mitwirken::core::CaseState> {
    static constexpr std::string_view words[] = {"open", "second_opinion", "decided"};
};
template <>
struct mitwirken::db::Names<mitwirken::core::RulingKind> {
    static constexpr std::string_view words[] = {"publish", "hide",         "redact",
                                                 "dismiss", "propose_hide", "redact_picture"};
};
