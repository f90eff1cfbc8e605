// The workers: claim a job, run its handler outside any transaction, write down how it went.
//
// Invariant: a job in hand keeps its lease as long as this process lives (a keeper renews it), so a long job is not
// taken over; and a job whose worker died on every attempt ends among the dead letters instead of killing workers.
#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/jobs/store.h"

namespace mitwirken::jobs {

namespace {

using std::chrono::minutes;

constexpr std::array pauses{minutes(1), minutes(5), minutes(30), minutes(120), minutes(360)};
constexpr auto lease = minutes(5);
constexpr auto renewal = std::chrono::seconds(60);    // well inside the lease
constexpr auto look_again = std::chrono::seconds(1);  // for what becomes due, and what other processes enqueue
constexpr auto after_trouble = std::chrono::seconds(5);

}  // namespace

struct Runner::Impl {
    Impl(db::Database& with, const Clock& time, std::map<std::string, Handler> by_kind, int count, Handler gave_up)
        : database(with),
          clock(time),
          handlers(std::move(by_kind)),
          thread_count(count),
          dead(std::move(gave_up)),
          keeper([this] { keep_leases(); }) {}

    ~Impl() {
        stop();
        {
            const std::lock_guard lock(mutex);
            ending = true;
        }
        changed.notify_all();
        keeper.join();
    }

    void stop() {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        changed.notify_all();
        for (std::thread& thread : threads) thread.join();
        threads.clear();
    }

    void work() {
        while (true) {
            std::uint64_t seen = 0;
            {
                const std::lock_guard lock(mutex);
                if (stopping) return;
                seen = wakes;
            }
            std::chrono::milliseconds pause = look_again;
            try {
                if (run_one()) continue;
            } catch (const std::exception& error) {
                log::error("job_queue_unavailable", {{"error", error.what()}});
                pause = after_trouble;
            }
            std::unique_lock lock(mutex);
            changed.wait_for(lock, pause, [&] { return stopping || wakes != seen; });
        }
    }

    bool run_one() {
        const Timestamp now = clock.now();
        bool due = false;  // looked up by a read, so that an idle runner writes nothing
        database.read([&](db::Tx& tx) { due = store::anything_due(tx, now); });
        if (!due) return false;
        std::optional<Job> job;
        database.write([&](db::Tx& tx) { job = store::claim(tx, now, now + lease); });
        if (!job) return false;
        if (job->attempts > std::int64_t(pauses.size()) + 1) {
            fail(*job, "the worker ended without an answer");
            return true;
        }
        std::string error;
        if (attempt(*job, error))
            database.write([&](db::Tx& tx) { store::done(tx, *job); });
        else
            fail(*job, error);
        return true;
    }

    bool attempt(const Job& job, std::string& error) {
        const InHand mark(*this, job);
        try {
            const auto handler = handlers.find(job.kind);
            if (handler == handlers.end()) throw std::runtime_error("there is no handler for this kind of job");
            handler->second(job);
            return true;
        } catch (const std::exception& problem) {
            error = first_letters(clean(problem.what()), 500);
        } catch (...) {
            error = "something that is no exception was thrown";
        }
        return false;
    }

    void fail(const Job& job, const std::string& error) {
        const Timestamp now = clock.now();
        const auto number = std::size_t(job.attempts);
        const bool gives_up = number > pauses.size();
        const auto again = gives_up ? std::nullopt : std::optional<Timestamp>(now + pauses[number - 1]);
        bool ours = false;
        database.write([&](db::Tx& tx) { ours = store::failed(tx, job, error, again, now); });
        log::warning(gives_up ? "job_dead" : "job_failed",
                     {{"kind", job.kind}, {"job", (long long)job.id.value}, {"attempt", (long long)job.attempts}});
        if (!gives_up || !ours || !dead) return;
        Job last = job;
        last.state = "dead";
        last.error = error;
        try {
            dead(last);
        } catch (const std::exception& problem) {
            log::error("job_dead_notice_failed", {{"kind", job.kind}});
        }
    }

    // A job whose lease the keeper renews.
    class InHand {
    public:
        InHand(Impl& owner, const Job& job) : owner_(owner), id_(job.id) {
            const std::lock_guard lock(owner_.mutex);
            owner_.in_hand[id_] = job;
        }
        ~InHand() {
            const std::lock_guard lock(owner_.mutex);
            owner_.in_hand.erase(id_);
        }
        InHand(const InHand&) = delete;
        InHand& operator=(const InHand&) = delete;

    private:
        Impl& owner_;
        JobId id_;
    };

    void keep_leases() {
        std::unique_lock lock(mutex);
        while (!changed.wait_for(lock, renewal, [this] { return ending; })) {
            if (in_hand.empty()) continue;
            const auto jobs = in_hand;
            lock.unlock();
            try {
                const Timestamp until = clock.now() + lease;
                database.write([&](db::Tx& tx) {
                    for (const auto& [id, job] : jobs) store::renew(tx, job, until);
                });
            } catch (const std::exception& error) {
                log::warning("job_lease_not_renewed", {{"error", error.what()}});
            }
            lock.lock();
        }
    }

    db::Database& database;
    const Clock& clock;
    std::map<std::string, Handler> handlers;
    int thread_count;
    Handler dead;
    std::mutex mutex;
    std::condition_variable changed;
    std::map<JobId, Job> in_hand;
    std::uint64_t wakes = 0;
    bool stopping = false, ending = false;
    std::vector<std::thread> threads;
    std::thread keeper;  // last: it uses everything above
};

Runner::Runner(db::Database& database, const Clock& clock, std::map<std::string, Handler> handlers, int threads,
               Handler dead)
    : impl_(std::make_unique<Impl>(database, clock, std::move(handlers), threads, std::move(dead))) {}

Runner::~Runner() = default;

void Runner::start() {
    impl_->stop();
    impl_->stopping = false;
    for (int i = 0; i < impl_->thread_count; ++i) impl_->threads.emplace_back([impl = impl_.get()] { impl->work(); });
}

void Runner::stop() { impl_->stop(); }

void Runner::wake() {
    {
        const std::lock_guard lock(impl_->mutex);
        ++impl_->wakes;
    }
    impl_->changed.notify_all();
}

int Runner::run_due() {
    int ran = 0;
    while (impl_->run_one()) ++ran;
    return ran;
}

}  // namespace mitwirken::jobs
