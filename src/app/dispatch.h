// A request's way through the house: tenant by host, language, route, session, cross-site check, rights, transaction,
// handler, answer – and the only catch. GET and HEAD run in a read-only transaction on a worker; everything else on the
// database's writer after the route's slow preparation. See ARCHITECTURE.md "A request in six stops".
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/config.h"
#include "app/page_cache.h"
#include "app/router.h"
#include "app/tenant_directory.h"
#include "app/workers.h"
#include "core/house.h"
#include "core/visit.h"
#include "platform/http/server.h"

namespace mitwirken::app {

struct Arrival;  // one request on its way

// Monitoring asks by address, not by a municipality's host name; it is answered for the installation as a whole.
bool is_for_monitoring(std::string_view path);

class Dispatch {
public:
    Dispatch(core::House& house, const Router& router, PageCache& cache, Workers& workers);
    // On the event loop: cached pages and files of the binary.
    std::shared_ptr<const http::Ready> fast(const http::Request& request);
    // On the event loop: hands the work on and returns at once.
    void handle(std::shared_ptr<http::Request> request, http::Responder responder);

    struct Figures {
        std::atomic<std::uint64_t> answers[6] = {};  // by hundreds of the status
        std::atomic<std::uint64_t> microseconds{0};
    };
    // How long answers of one route took, those from the page cache left out. The labels are the patterns of the
    // routes and "other", so strangers cannot make more of them.
    struct Latency {
        static constexpr std::array<double, 11> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5};
        std::array<std::atomic<std::uint64_t>, bounds.size() + 1> counts = {};
        std::atomic<std::uint64_t> microseconds{0};
        void add(std::chrono::microseconds spent);
    };
    const Latency& latency_of(const core::Route* route) const;  // nullptr: everything that is no route
    const Figures& figures() const { return figures_; }
    TenantDirectory& tenants() { return tenants_; }

private:
    void work(std::shared_ptr<Arrival> arrival);
    void read(const std::shared_ptr<Arrival>& arrival);
    void write(const std::shared_ptr<Arrival>& arrival);
    void run_handler(Arrival& arrival, db::Tx& tx);
    void note_what_was_read(Arrival& arrival, const core::Visit& visit);
    void find_person(Arrival& arrival, db::Tx& tx);
    void check_right(Arrival& arrival);
    bool answer_again(Arrival& arrival, db::Tx& tx);
    void fail(Arrival& arrival, std::exception_ptr error);
    void error_page(Arrival& arrival, int status, const Message& reason);
    void remember(Arrival& arrival);
    void drop_files(const Arrival& arrival);
    void finish(const std::shared_ptr<Arrival>& arrival);

    core::House& house_;
    const Router& router_;
    PageCache& cache_;
    Workers& workers_;
    TenantDirectory tenants_;
    Figures figures_;
    std::unordered_map<const core::Route*, Latency> latencies_;  // filled once; the counters in it move
};

}  // namespace mitwirken::app
