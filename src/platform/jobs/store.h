// Inside this folder: every SQL statement of the job table.
// Invariant: claim, renew, done and failed compare the number of attempts, which each claim raises; so of two workers
// that hold the same job (the first was thought dead) only the second can change it.
#pragma once

#include <optional>

#include "platform/db/db.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::jobs::store {

bool anything_due(db::Tx& tx, Timestamp now);
// The job that is due longest, now running and leased until then.
std::optional<Job> claim(db::Tx& tx, Timestamp now, Timestamp until);
void renew(db::Tx& tx, const Job& job, Timestamp until);
void done(db::Tx& tx, const Job& job);
// Waits until `again`, or is dead when that is nothing. False when somebody else holds the job now.
bool failed(db::Tx& tx, const Job& job, const std::string& error, std::optional<Timestamp> again, Timestamp now);

}  // namespace mitwirken::jobs::store
