// The running program; see program.h.
#include "app/program.h"

#include <filesystem>
#include <stdexcept>
#include <thread>

#include "app/assets.h"
#include "app/copies.h"
#include "app/layout.h"
#include "core/drafts/drafts.h"
#include "core/notify/notify.h"
#include "core/visit.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/db/migrations.h"

namespace mitwirken::app {

namespace {

std::vector<core::Action> all_actions(const std::vector<core::Manifest>& modules) {
    std::vector<core::Action> actions;
    for (const auto& module : modules) actions.insert(actions.end(), module.actions.begin(), module.actions.end());
    return actions;
}

// A route that names an action nobody declared would be open to nobody, or, worse, checked against nothing.
void check_permissions(const core::House& house) {
    for (const auto& module : house.modules)
        for (const auto& route : module.routes)
            if (route.permission != core::everyone && route.permission != core::signed_in &&
                !house.access->knows(route.permission))
                throw std::logic_error("route " + std::string(route.pattern) + " names an unknown action " +
                                       std::string(route.permission));
}

geo::GeocoderKind geocoder_kind(const std::string& word) {
    if (word == "photon") return geo::GeocoderKind::photon;
    if (word == "nominatim") return geo::GeocoderKind::nominatim;
    throw std::runtime_error("maps.geocoder: photon or nominatim is expected, not \"" + word + "\"");
}

constexpr std::string_view cleaning = "house.clean";
// A module's job whose name ends so runs when the program starts and every night.
constexpr std::string_view nightly = ".nightly";

void enqueue_cleaning(db::Tx& tx, Timestamp at, Timestamp now) {
    jobs::enqueue(tx, {.kind = std::string(cleaning), .run_at = at, .unique_key = std::string(cleaning)}, now);
}

}  // namespace

std::vector<std::string> migration_modules(const core::House& house) {
    std::vector<std::string> names{"platform", "core"};
    for (const auto& module : house.modules) names.push_back(module.name);
    return names;
}

Program::Program(const Config& config, std::unique_ptr<Clock> clock) : config_(config), clock_(std::move(clock)) {
    crypto::init();
    make_folders();
    database_ = db::Database::open({.url = config_.database_url(),
                                    .read_url = config_.database.read_url,
                                    .readers = int(config_.database.readers),
                                    .statement_timeout_ms = int(config_.database.statement_timeout_ms)});
    files_ = std::make_unique<files::Store>(files::Options{.folder = config_.folder("files"),
                                                           .clamd_socket = config_.files.clamd,
                                                           .max_bytes = std::uint64_t(config_.files.max_mb) << 20});
    const geo::Peers peers{.named = config_.maps.hosts};
    tiles_ = std::make_unique<geo::TileCache>(config_.folder("tiles"), std::uint64_t(config_.cache.tile_cache_mb) << 20,
                                              30, 10, peers);
    if (!config_.maps.geocoder_url.empty())
        geocoder_ = std::make_unique<geo::Geocoder>(geo::GeocoderOptions{
            .kind = geocoder_kind(config_.maps.geocoder), .url = config_.maps.geocoder_url, .peers = peers});
    const std::string outbox = config_.folder("outbox");
    mail_ = mail::make_sender({.smtp_url = config_.mail.smtp_url,
                               .user = config_.mail.user,
                               .password = config_.mail.password,
                               .require_tls = config_.mail.require_tls,
                               .ca_file = config_.mail.ca_file,
                               .from = config_.mail.from,
                               .outbox_folder = outbox});
    house_.database = database_.get();
    house_.clock = clock_.get();
    house_.files = files_.get();
    house_.events = &events_;
    house_.tiles = tiles_.get();
    house_.geocoder = geocoder_.get();
    house_.key = crypto::load_or_create_key(config_.folder("secret.key"));
    house_.data_folder = config_.data;
    house_.mail_outbox = config_.mail.smtp_url.empty() ? outbox : "";
    house_.modules = core::all_manifests();
    house_.modules.push_back(manifest(*this));
    house_.access = std::make_unique<core::Access>(all_actions(house_.modules));
    house_.layout = layout;
    house_.error_page = error_page;
    check_permissions(house_);
    jobs_ = std::make_unique<jobs::Runner>(*database_, *clock_, job_handlers(), 2, [this](const jobs::Job& job) {
        if (const auto id = job.kind == "mail.send" ? to_int(job.payload) : std::nullopt)
            core::give_up_mail(house_, *id, job.error);
    });
    house_.jobs = jobs_.get();
}

Program::~Program() {
    listener_.reset();
    if (jobs_) jobs_->stop();
    server_.reset();
    workers_.reset();
}

void Program::make_folders() {
    for (const char* name : {"", "files", "outbox", "temporary", "tiles"}) {
        const std::string folder = *name ? config_.folder(name) : config_.data;
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (error) throw std::runtime_error("cannot make the folder " + folder + ": " + error.message());
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    }
}

std::map<std::string, jobs::Handler> Program::job_handlers() {
    std::map<std::string, jobs::Handler> handlers;
    handlers["mail.send"] = [this](const jobs::Job& job) {
        if (const auto id = to_int(job.payload)) core::deliver_mail(house_, *mail_, *id);
    };
    handlers["files.remove"] = [this](const jobs::Job& job) {
        if (CopyLock::is_held(config_)) throw std::runtime_error("a copy is being made; the file is removed later");
        files_->remove(job.payload);
    };
    handlers[std::string(cleaning)] = [this](const jobs::Job&) { clean(); };
    for (const auto& module : house_.modules)
        for (const auto& [kind, work] : module.jobs)
            handlers[kind] = [this, work = work](const jobs::Job& job) { work(house_, job); };
    return handlers;
}

void Program::plan_cleaning() {
    const Timestamp now = clock_->now();
    database_->write([&](db::Tx& tx) { enqueue_cleaning(tx, now, now); });
}

void Program::clean() {
    const Timestamp now = clock_->now(), tonight = start_of(add_days(berlin_day(now), 1)) + std::chrono::hours{3};
    database_->write([&](db::Tx& tx) {
        core::forget_expired(tx, now);
        core::expire_drafts(tx, now);
        for (const auto id : core::expire_confirmations(tx, now)) core::drop_unconfirmed(tx, id, now);
        core::forget_old_answers(tx, now);
        for (const auto& module : house_.modules)
            for (const auto& [kind, work] : module.jobs)
                if (kind.ends_with(nightly))
                    jobs::enqueue(tx, {.kind = kind, .run_at = now, .unique_key = std::string(nightly)}, now);
        enqueue_cleaning(tx, tonight, now);
    });
}

std::vector<std::string> Program::migrate() {
    auto ran = db::migrate(*database_, db::embedded_migrations(migration_modules(house_)), clock_->now());
    house_.versions.raise_all();
    return ran;
}

void Program::need_current_schema() {
    const auto missing = db::pending(*database_, db::embedded_migrations(migration_modules(house_)));
    if (!missing.empty())
        throw std::runtime_error("the database lacks " + std::to_string(missing.size()) +
                                 " migrations (first: " + missing.front() + "); run \"mitwirken migrate\" first");
}

void Program::prepare_pages() {
    load_assets();
    html::set_asset_resolver(asset_url);
    html::load_templates();
    router_ = std::make_unique<Router>(house_.modules);
    cache_ = std::make_unique<PageCache>(std::size_t(config_.cache.page_cache_mb) << 20);
    const auto cores = std::max(1u, std::thread::hardware_concurrency());
    workers_ = std::make_unique<Workers>(config_.server.workers > 0 ? std::size_t(config_.server.workers) : cores * 2);
    dispatch_ = std::make_unique<Dispatch>(house_, *router_, *cache_, *workers_);
    // Whoever reads the counters before listening begins would trust them too long: nothing is answered before this.
    listener_ = database_->listen({.heard =
                                       [this](std::string_view text) {
                                           house_.versions.heard(text);
                                           jobs_->wake();
                                       },
                                   .in_touch =
                                       [this](bool in_touch) {
                                           house_.versions.set_in_touch(in_touch);
                                           jobs_->wake();
                                       }});
    dispatch_->tenants().current();
}

void Program::serve() {
    log::set_level(*log_level(config_.log_level));
    http::ServerOptions options{.address = config_.server.address,
                                .port = std::uint16_t(config_.server.port),
                                .temporary_folder = config_.folder("temporary"),
                                .trusted_proxies = config_.server.trusted_proxies};
    options.limits.body_bytes = std::uint64_t(config_.server.body_mb) << 20;
    options.limits.connections = std::size_t(config_.server.connections);
    const bool pages = config_.role != "worker";
    auto server = std::make_unique<http::Server>(
        options,
        [this, pages](std::shared_ptr<http::Request> request, http::Responder responder) {
            if (pages || is_for_monitoring(request->path))
                return dispatch_->handle(std::move(request), std::move(responder));
            responder(http::Response::text(404, "This process does jobs only (role = \"worker\").\n"));
        },
        &events_,
        [this, pages](const http::Request& request) -> std::shared_ptr<const http::Ready> {
            return pages ? dispatch_->fast(request) : nullptr;
        });
    {
        const std::lock_guard lock(stop_mutex_);
        if (stopping_) return;
        server_ = std::move(server);
    }
    plan_cleaning();
    if (config_.role != "web") jobs_->start();
    log::info("serving", {{"address", config_.server.address}, {"port", static_cast<long long>(server_->port())}});
    server_->run();
    jobs_->stop();
    log::info("stopped");
}

void Program::stop() {
    const std::lock_guard lock(stop_mutex_);
    stopping_ = true;
    if (server_) server_->stop();
}

std::uint16_t Program::port() const { return server_ ? server_->port() : 0; }

}  // namespace mitwirken::app
