// What was worked out of the database and is good until it changes: counts of filters, lists of terms. It saves the
// work, never the truth: as a cached page, a value is used only while its scope was not written since the transaction
// it was made in began, and not beyond the instant at which the clock changes it. Invariants: values are never changed
// once they are put; a full memory is emptied, which costs time and nothing else.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/versions.h"
#include "platform/base/time.h"

namespace mitwirken::core {

class Memory {
public:
    // `key` names tenant, scope and value; each key is always of the same type. `written` is the scope's counter.
    std::shared_ptr<const void> find(const std::string& key, const Versions::Counter& written, Timestamp now) const {
        const std::lock_guard lock(mutex_);
        const auto at = values_.find(key);
        if (at == values_.end() || written.load(std::memory_order_acquire) > at->second.as_of) return nullptr;
        const auto& known = at->second;
        const bool right = known.made_at <= now && (!known.right_until || now < *known.right_until);
        return right ? known.value : nullptr;
    }
    void put(const std::string& key, std::shared_ptr<const void> value, std::uint64_t as_of, Timestamp now,
             std::optional<Timestamp> right_until) {
        const std::lock_guard lock(mutex_);
        if (values_.size() >= most_values && !values_.contains(key)) values_.clear();
        values_[key] = {std::move(value), as_of, now, right_until};
    }

private:
    static constexpr std::size_t most_values = 512;
    struct Known {
        std::shared_ptr<const void> value;
        std::uint64_t as_of;
        Timestamp made_at;
        std::optional<Timestamp> right_until;
    };
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Known> values_;
};

}  // namespace mitwirken::core
