// The running program: opens what the settings name, migrates when asked, and holds everything together for serve, the
// command line and the tests. Members are destroyed in reverse order: the server first, the database last.
#pragma once

#include <memory>
#include <mutex>

#include "app/config.h"
#include "app/dispatch.h"
#include "app/page_cache.h"
#include "app/router.h"
#include "app/workers.h"
#include "core/house.h"
#include "platform/mail/mail.h"

namespace mitwirken::app {

class Program {
public:
    // Opens the database and the folders; does not migrate and serves nothing yet.
    explicit Program(const Config& config, std::unique_ptr<Clock> clock = std::make_unique<SystemClock>());
    ~Program();

    // Runs missing migrations; the names of those that ran.
    std::vector<std::string> migrate();
    // Throws std::runtime_error with what to do when migrations are missing.
    void need_current_schema();
    // Loads templates, texts and assets; makes dispatch ready. Once.
    void prepare_pages();
    // Every night what has ended is forgotten: sessions, links of mails, answers of forms. The first time at once.
    void plan_cleaning();
    // Serves until stop().
    void serve();
    void stop();
    std::uint16_t port() const;

    core::House& house() { return house_; }
    Dispatch& dispatch() { return *dispatch_; }
    const Router& router() const { return *router_; }
    db::Database& database() { return *database_; }
    const Config& config() const { return config_; }
    jobs::Runner& jobs() { return *jobs_; }
    PageCache& cache() { return *cache_; }
    http::Server* server() { return server_.get(); }

private:
    void make_folders();
    void clean();
    std::map<std::string, jobs::Handler> job_handlers();

    Config config_;
    std::unique_ptr<Clock> clock_;
    std::unique_ptr<db::Database> database_;
    std::unique_ptr<files::Store> files_;
    std::unique_ptr<geo::TileCache> tiles_;
    std::unique_ptr<geo::Geocoder> geocoder_;
    std::unique_ptr<mail::Sender> mail_;
    http::EventHub events_;
    core::House house_;
    std::unique_ptr<Router> router_;
    std::unique_ptr<PageCache> cache_;
    std::unique_ptr<jobs::Runner> jobs_;
    std::unique_ptr<Workers> workers_;
    std::unique_ptr<Dispatch> dispatch_;
    std::unique_ptr<http::Server> server_;
    std::mutex stop_mutex_;  // a signal may come before there is a server
    bool stopping_ = false;
    std::unique_ptr<db::Listener> listener_;
};

// The migrations of every floor and module, in order.
std::vector<std::string> migration_modules(const core::House& house);
// The house's own pages: theme, files, search, health, API description, administration.
core::Manifest manifest(Program& program);

}  // namespace mitwirken::app
