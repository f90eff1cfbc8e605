// Work that is done later: rows in the database, written in the transaction that wants it, done at least once.
// A job that fails is tried again with growing pauses (1 min, 5 min, 30 min, 2 h, 6 h), then lies among the dead
// letters until somebody starts it again or removes it. A job in hand is leased; when its worker dies another takes it
// over. Invariant: of several runners on one database only one holds the lease of a job; a worker that lost its lease
// changes nothing any more. What was done is deleted.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "platform/base/id.h"
#include "platform/base/time.h"
#include "platform/db/fwd.h"

namespace mitwirken::jobs {

struct JobTag;
using JobId = Id<JobTag>;

struct NewJob {
    std::string kind;     // "mail.send", "files.scan"
    std::string payload;  // JSON; no personal data where an id will do
    Timestamp run_at{};   // earliest
    // Not empty: enqueueing it again while one of the same tenant and kind waits changes nothing.
    std::string unique_key = {};
    std::int64_t tenant = 0;
};
void enqueue(db::Tx& tx, const NewJob& job, Timestamp now);

struct Job {
    JobId id;
    std::string kind, payload, state, error;  // state: waiting, running, dead
    std::int64_t tenant, attempts;
    Timestamp run_at, created_at;  // run_at: next attempt; of a running one the end of its lease
};
// Newest first, `state` "" = every one; pages by key, before = 0 is the first page; of one tenant, or of all.
std::vector<Job> list(db::Tx& tx, const std::string& state, JobId before, int count,
                      std::optional<std::int64_t> tenant = {});
struct Counts {
    std::int64_t waiting, running, dead;
};
Counts counts(db::Tx& tx, std::optional<std::int64_t> tenant = {});
// Whose job this is; nothing when there is none.
std::optional<std::int64_t> tenant_of(db::Tx& tx, JobId id);
// A waiting or dead job is due now, with all its attempts again. False when there is none or it is running.
bool run_again(db::Tx& tx, JobId id, Timestamp now);
// False when there is none or it is running.
bool remove(db::Tx& tx, JobId id);

// A handler runs outside any transaction (slow work is its purpose) and opens its own through the database; what it
// throws is the error of this attempt. `dead` is called once when a job gives up.
using Handler = std::function<void(const Job& job)>;

class Runner {
public:
    Runner(db::Database& database, const Clock& clock, std::map<std::string, Handler> handlers, int threads = 2,
           Handler dead = {});
    ~Runner();
    void start();
    void stop();  // running jobs finish
    void wake();  // look now; called after a commit that enqueued
    // On this thread, until nothing is due; for tests and the command line. Returns how many ran.
    int run_due();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace mitwirken::jobs
