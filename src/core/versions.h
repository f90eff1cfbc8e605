// When each scope was last written, per (tenant, scope): a module's name, "tenant", or one procedure ("procedure:12").
// Instants are numbers of one clock that ticks with every committed write. A page read the clock before its
// transaction began; it is right while nothing it was made from was written later. So a page need not know in advance
// what it will read, and a write between the two readings makes it stale, never the other way round.
//
// Several processes on one database (PostgreSQL): what one raises the others are told by the database itself, in the
// writing transaction. While a process cannot hear, it is not in touch and must not answer from memory; afterwards
// everything it remembers is stale. A scope holds no blank.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "core/ids.h"
#include "platform/db/fwd.h"

namespace mitwirken::core {

class Versions {
public:
    using Counter = std::atomic<std::uint64_t>;
    Versions();
    // Lives as long as Versions. Lock-free to compare.
    const Counter* of(TenantId tenant, std::string_view scope) { return counter(tenant, scope); }
    std::uint64_t now() const { return clock_.load(std::memory_order_acquire); }
    // Here and in every other process, once the transaction is committed.
    void raise_at_commit(db::Tx& tx, TenantId tenant, std::string_view scope);
    // After the commit, in this process only. Of two raisings at once the later tick stays.
    void raise(TenantId tenant, std::string_view scope);
    void raise_all();

    // ---- from the database's listener
    void heard(std::string_view text);
    void set_in_touch(bool in_touch);
    bool in_touch() const { return in_touch_.load(std::memory_order_acquire); }

private:
    static void set(Counter& counter, std::uint64_t tick);
    Counter* counter(TenantId tenant, std::string_view scope);

    std::string own_mark_;  // of this process: what it has told itself it knows already
    std::atomic<bool> in_touch_{true};
    std::mutex mutex_;
    Counter clock_ = 1;
    std::uint64_t floor_ = 0;  // of scopes nobody has asked for yet
    std::map<std::pair<std::int64_t, std::string>, std::unique_ptr<Counter>> counters_;
};

}  // namespace mitwirken::core
