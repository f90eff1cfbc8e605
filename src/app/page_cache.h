// Finished answers for people who are not signed in. An entry remembers the scopes it was made from (core/versions.h)
// and is served only while none was written since and its time has not come; so it is never stale and nothing expires
// by guess.
// Looked up on the event loop: one mutex, held for a look-up only.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/versions.h"
#include "platform/base/time.h"
#include "platform/http/server.h"

namespace mitwirken::app {

class PageCache {
public:
    explicit PageCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}
    std::shared_ptr<const http::Ready> find(const std::string& key, Timestamp now);
    void put(const std::string& key, std::shared_ptr<const http::Ready> ready,
             std::vector<const core::Versions::Counter*> made_from, std::uint64_t as_of,
             std::optional<Timestamp> right_until);
    // Whether this address was asked for lately; from now on it was. Only such a page is worth keeping, and worth hard
    // packing: who walks through every filter or searches for this and that fills no memory. It may forget, which costs
    // making the page once more; it never says yes for an address that was not asked for, but by chance of 1 in 2^32.
    bool asked_before(const std::string& key);
    struct Figures {
        std::uint64_t hits = 0, misses = 0, entries = 0, bytes = 0;
    };
    Figures figures() const;

private:
    struct Entry {
        std::shared_ptr<const http::Ready> ready;
        std::vector<const core::Versions::Counter*> made_from;
        std::uint64_t as_of = 0;
        std::optional<Timestamp> right_until;
        std::size_t bytes = 0;
        std::list<std::string>::iterator age;
    };
    using Map = std::unordered_map<std::string, Entry>;
    void drop(Map::iterator at);
    std::array<std::atomic<std::uint32_t>, 8192> asked_ = {};  // the rest of the hash, at the place of its beginning
    mutable std::mutex mutex_;
    Map entries_;
    std::list<std::string> by_age_;  // newest first
    std::size_t max_bytes_, bytes_ = 0;
    std::uint64_t hits_ = 0, misses_ = 0;
};

}  // namespace mitwirken::app
