// The page cache; see page_cache.h.
#include "app/page_cache.h"

#include <algorithm>

namespace mitwirken::app {

std::shared_ptr<const http::Ready> PageCache::find(const std::string& key, Timestamp now) {
    const std::lock_guard lock(mutex_);
    const auto at = entries_.find(key);
    if (at == entries_.end()) {
        ++misses_;
        return nullptr;
    }
    const auto& entry = at->second;
    const bool current = std::all_of(entry.made_from.begin(), entry.made_from.end(), [&](const auto* written) {
        return written->load(std::memory_order_acquire) <= entry.as_of;
    });
    if (!current || (entry.right_until && *entry.right_until <= now)) {
        drop(at);
        ++misses_;
        return nullptr;
    }
    ++hits_;
    return entry.ready;
}

bool PageCache::asked_before(const std::string& key) {
    const std::uint64_t hash = std::hash<std::string>()(key);
    const auto rest = std::uint32_t(hash >> 32);
    return asked_[hash % asked_.size()].exchange(rest, std::memory_order_relaxed) == rest;
}

void PageCache::put(const std::string& key, std::shared_ptr<const http::Ready> ready,
                    std::vector<const core::Versions::Counter*> made_from, std::uint64_t as_of,
                    std::optional<Timestamp> right_until) {
    const std::size_t bytes =
        ready->body.size() + ready->head.size() + ready->head_not_modified.size() + key.size() * 2 + 400;
    if (bytes > max_bytes_ / 8) return;
    const std::lock_guard lock(mutex_);
    if (const auto at = entries_.find(key); at != entries_.end()) drop(at);
    while (bytes_ + bytes > max_bytes_ && !by_age_.empty()) drop(entries_.find(by_age_.back()));
    by_age_.push_front(key);
    entries_[key] = {std::move(ready), std::move(made_from), as_of, right_until, bytes, by_age_.begin()};
    bytes_ += bytes;
}

PageCache::Figures PageCache::figures() const {
    const std::lock_guard lock(mutex_);
    return {hits_, misses_, entries_.size(), bytes_};
}

void PageCache::drop(Map::iterator at) {
    bytes_ -= at->second.bytes;
    by_age_.erase(at->second.age);
    entries_.erase(at);
}

}  // namespace mitwirken::app
