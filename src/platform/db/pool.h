// Inside this folder: connections that are lent to one thread at a time, the one used last first (its caches are warm).
// Invariant: a lease gives its connection back in its destructor; who waits longer than the limit gets Busy.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "platform/base/error.h"

namespace mitwirken::db {

template <class C>
class Pool {
public:
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<C> connection) : pool_(pool), connection_(std::move(connection)) {}
        ~Lease() { pool_.give_back(std::move(connection_)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        C& operator*() const { return *connection_; }
        C* operator->() const { return connection_.get(); }

    private:
        Pool& pool_;
        std::unique_ptr<C> connection_;
    };

    Pool(int size, std::chrono::milliseconds longest_wait, const std::function<std::unique_ptr<C>()>& open)
        : longest_wait_(longest_wait) {
        for (int i = 0; i < size; ++i) free_.push_back(open());
    }

    Lease lend() {
        std::unique_lock lock(mutex_);
        if (!given_back_.wait_for(lock, longest_wait_, [this] { return !free_.empty(); })) throw Busy();
        std::unique_ptr<C> connection = std::move(free_.back());
        free_.pop_back();
        return Lease(*this, std::move(connection));
    }

private:
    void give_back(std::unique_ptr<C> connection) {
        {
            const std::lock_guard lock(mutex_);
            free_.push_back(std::move(connection));
        }
        given_back_.notify_one();
    }

    std::chrono::milliseconds longest_wait_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    std::vector<std::unique_ptr<C>> free_;
};

}  // namespace mitwirken::db
