// A whole procedure in and out of the exchange format: the plan (exchange.h) with the texts around it and what its
// building blocks hold. Export, import, copies, templates and the example all go this one way.
//
// Members beside those of exchange.h, all optional: key, summary, body, influence, next_steps, contact, promise_days,
// area (GeoJSON geometry), dossier {key, title, summary, body, entries: [{kind, day, title, text, url}]}, goals
// [{text, indicator, target}], faq [{question, answer}], tasks [{title, text, due}], events [{title, text, place, day,
// from, until, online}] (what was planned, see transfer_parts.h); of an activity: content (as its module writes it).
#pragma once

#include <map>

#include <nlohmann/json.hpp>

#include "core/manifest.h"
#include "core/procedures/parts.h"
#include "core/procedures/records.h"
#include "core/tasks/tasks.h"

namespace mitwirken::core {

struct WholeProcedure {
    ProcedureRecord record;
    Procedure plan;
    Dossier dossier;  // without a key: the procedure makes one of its own
    std::vector<DossierEntry> entries;
    std::map<std::string, nlohmann::json> contents;  // by activity key
    std::vector<Goal> goals;
    std::vector<Faq> faq;
    std::vector<OfficeTask> tasks;  // of the procedure as a whole; in a new one they are all open
};

Result<WholeProcedure> read_whole(std::string_view json);
std::string write_whole(const WholeProcedure& whole);

// What stands in the database, with its activities' contents.
WholeProcedure load_whole(const House& house, db::Tx& tx, TenantId tenant, const ProcedureRecord& record);
// What would keep it out: building blocks that are not here, settings and contents that they refuse.
Problems check_whole(const House& house, const WholeProcedure& whole);
// Takes out the activities whose building block is not here; their titles.
std::vector<std::string> leave_out_unknown(const House& house, WholeProcedure& whole);
// A new procedure (and dossier, when its key is not there). All or nothing: with problems, which name the place in the
// file, nothing was written.
Result<ProcedureId> add_whole(const House& house, db::Tx& tx, TenantId tenant, WholeProcedure whole, Timestamp now);

}  // namespace mitwirken::core
