// Rows of the desk, and what a ruling changes; see moderation.h.
#include <limits>

#include "core/moderation/moderation.h"
#include "platform/base/error.h"

namespace mitwirken::core {

namespace {

#define CASE_COLUMNS "id, contribution_id, procedure_id, reason, state, created_at, decided_at "
const db::Query select_undecided{"core.case_undecided", R"(
    SELECT id FROM core_case WHERE contribution_id = :contribution AND state <> 'decided' ORDER BY id LIMIT 1)"};
const db::Query insert_case{"core.case_insert", R"(
    INSERT INTO core_case (tenant_id, contribution_id, procedure_id, reason, state, created_at)
    VALUES (:tenant, :contribution, :procedure, :reason, 'open', :now) RETURNING id)"};
const db::Query select_case{"core.case", "SELECT " CASE_COLUMNS R"(
    FROM core_case WHERE id = :id AND tenant_id = :tenant)"};
// Short names: c is the case, k its contribution.
#define OF_CASE "c.id, c.contribution_id, c.procedure_id, c.reason, c.state, c.created_at, c.decided_at "
const db::Query select_open_cases{"core.cases_open", "SELECT " OF_CASE R"(
    FROM core_case c JOIN core_contribution k ON k.id = c.contribution_id
    WHERE c.tenant_id = :tenant AND c.state <> 'decided' AND k.state NOT IN ('waiting', 'withdrawn')
      AND (:any = 0 OR c.procedure_id = :procedure)
      AND (CAST(:reason AS TEXT) = '' OR c.reason = :reason) AND c.id > :after
    ORDER BY c.id LIMIT :count)"};
const db::Query select_decided_cases{"core.cases_decided", "SELECT " OF_CASE R"(
    FROM core_case c WHERE c.tenant_id = :tenant AND c.state = 'decided'
      AND (:any = 0 OR c.procedure_id = :procedure)
      AND (CAST(:reason AS TEXT) = '' OR c.reason = :reason) AND c.id < :before
    ORDER BY c.id DESC LIMIT :count)"};
const db::Query select_cases_of{"core.cases_of", "SELECT " CASE_COLUMNS R"(
    FROM core_case WHERE contribution_id = :contribution ORDER BY id)"};
const db::Query count_open{"core.cases_count", R"(
    SELECT count(*) FROM (SELECT 1 FROM core_case c JOIN core_contribution k ON k.id = c.contribution_id
      WHERE c.tenant_id = :tenant AND c.state <> 'decided' AND k.state NOT IN ('waiting', 'withdrawn')
      LIMIT 1001) AS counted)"};
const db::Query update_case{"core.case_state", R"(
    UPDATE core_case SET state = :state, decided_at = :at WHERE id = :id)"};
const db::Query select_flagged{"core.flag_there", R"(
    SELECT EXISTS (SELECT 1 FROM core_flag WHERE case_id = :id AND participant_id = :who))"};
const db::Query insert_flag{"core.flag_insert", R"(
    INSERT INTO core_flag (tenant_id, case_id, participant_id, reason, words, at)
    VALUES (:tenant, :id, :who, :reason, :words, :now))"};
const db::Query select_flags{"core.flags", R"(
    SELECT participant_id, reason, words, at FROM core_flag WHERE case_id = :id ORDER BY id)"};
const db::Query insert_ruling{"core.ruling_insert", R"(
    INSERT INTO core_decision (tenant_id, case_id, account_id, decision, rule, words, at)
    VALUES (:tenant, :id, :by, :kind, :rule, :words, :now))"};
const db::Query select_rulings{"core.rulings", R"(
    SELECT account_id, decision, rule, words, at FROM core_decision WHERE case_id = :id ORDER BY id)"};
const db::Query select_log{"core.moderation_log", R"(
    SELECT d.id, d.at, k.module, k.kind, c.reason, d.decision, d.rule
    FROM core_decision d JOIN core_case c ON c.id = d.case_id JOIN core_contribution k ON k.id = c.contribution_id
    WHERE d.tenant_id = :tenant AND d.decision <> 'propose_hide' AND d.id < :before ORDER BY d.id DESC LIMIT :count)"};

// What a decision says of its author. Who appeals does not pay for it.
int trust_of(const Case& which, RulingKind ruling) {
    if (ruling == RulingKind::redact) return 0;
    if (ruling == RulingKind::hide) return which.reason == CaseReason::appeal ? 0 : -5;
    return 1;
}

}  // namespace

CaseId open_case(db::Tx& tx, TenantId tenant, const Contribution& c, CaseReason reason, Timestamp now) {
    if (const auto there = tx.one<CaseId>(select_undecided, c.id)) return *there;
    return tx.value<CaseId>(insert_case, tenant, c.id, c.procedure, reason, now);
}

std::optional<Case> find_case(db::Tx& tx, TenantId tenant, CaseId id) { return tx.one<Case>(select_case, id, tenant); }

std::vector<Case> cases(db::Tx& tx, TenantId tenant, const CaseFilter& f, int count) {
    const std::string reason = f.reason ? std::string(db::Names<CaseReason>::words[std::size_t(*f.reason)]) : "";
    if (!f.decided) return tx.all<Case>(select_open_cases, tenant, f.procedure, f.procedure, reason, f.after, count);
    const CaseId end = f.after ? f.after : CaseId{std::numeric_limits<std::int64_t>::max()};
    return tx.all<Case>(select_decided_cases, tenant, f.procedure, f.procedure, reason, end, count);
}

std::vector<Case> cases_of(db::Tx& tx, ContributionId contribution) {
    return tx.all<Case>(select_cases_of, contribution);
}

std::int64_t open_cases(db::Tx& tx, TenantId tenant) { return tx.value<std::int64_t>(count_open, tenant); }

bool flag(db::Tx& tx, TenantId tenant, const Contribution& c, ParticipantId who, const std::string& reason,
          const std::string& words, Timestamp now) {
    const CaseId id = open_case(tx, tenant, c, CaseReason::flagged, now);
    if (tx.value<bool>(select_flagged, id, who)) return false;
    tx.exec(insert_flag, tenant, id, who, reason, words, now);
    return true;
}

std::vector<Flag> flags_of(db::Tx& tx, CaseId id) { return tx.all<Flag>(select_flags, id); }
std::vector<Ruling> rulings_of(db::Tx& tx, CaseId id) { return tx.all<Ruling>(select_rulings, id); }

std::vector<LogLine> moderation_log(db::Tx& tx, TenantId tenant, std::int64_t before, int count) {
    return tx.all<LogLine>(select_log, tenant, before ? before : std::numeric_limits<std::int64_t>::max(), count);
}

void decide(db::Tx& tx, TenantId tenant, const Case& which, const Ruling& ruling, Timestamp now) {
    const auto contribution = find_contribution(tx, tenant, which.contribution);
    if (!contribution) throw NotFound();
    if (which.state == CaseState::decided)
        throw Conflict(tr_noop("Somebody else has decided this case in the meantime."));
    if (contribution->state == ContributionState::waiting)
        throw Conflict(tr_noop("Its author has not confirmed this contribution yet."));
    for (const auto& earlier : rulings_of(tx, which.id))
        if (which.state == CaseState::second_opinion && earlier.kind == RulingKind::propose_hide &&
            earlier.by == ruling.by)
            throw Conflict(tr_noop("You have proposed this yourself. A second person decides."));
    tx.exec(insert_ruling, tenant, which.id, ruling.by, ruling.kind, ruling.rule, ruling.words, now);
    if (ruling.kind == RulingKind::propose_hide) {
        tx.exec(update_case, CaseState::second_opinion, std::optional<Timestamp>(), which.id);
        return;
    }
    const bool hides = ruling.kind == RulingKind::hide;
    // An author's withdrawal stays a withdrawal, whatever the desk thinks of the text.
    if (contribution->state != ContributionState::withdrawn)
        set_state(tx, *contribution, hides ? ContributionState::hidden : ContributionState::published, now);
    if (contribution->participant) add_trust(tx, contribution->participant, trust_of(which, ruling.kind));
    tx.exec(update_case, CaseState::decided, std::optional(now), which.id);
}

}  // namespace mitwirken::core
