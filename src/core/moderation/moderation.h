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

enum class CaseReason { before_publication, flagged, words, links, similar_to_removed, appeal };
enum class CaseState { open, second_opinion, decided };
enum class RulingKind { publish, hide, redact, dismiss, propose_hide };

struct Case {
    CaseId id;
    ContributionId contribution;
    ProcedureId procedure;
    CaseReason reason = CaseReason::flagged;
    CaseState state = CaseState::open;
    Timestamp created_at{};
    std::optional<Timestamp> decided_at;
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
};
std::vector<Case> cases(db::Tx& tx, TenantId tenant, const CaseFilter& filter, int count);
std::vector<Case> cases_of(db::Tx& tx, ContributionId contribution);  // oldest first
std::int64_t open_cases(db::Tx& tx, TenantId tenant);                 // exact up to 1,000

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
    static constexpr std::string_view words[] = {"before_publication", "flagged", "words", "links",
                                                 "similar_to_removed", "appeal"};
};
template <>
struct mitwirken::db::Names<mitwirken::core::CaseState> {
    static constexpr std::string_view words[] = {"open", "second_opinion", "decided"};
};
template <>
struct mitwirken::db::Names<mitwirken::core::RulingKind> {
    static constexpr std::string_view words[] = {"publish", "hide", "redact", "dismiss", "propose_hide"};
};
