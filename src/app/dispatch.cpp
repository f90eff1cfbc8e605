// A request's way through the house; see dispatch.h. This file holds the only catch of a request.
#include "app/dispatch.h"

#include <algorithm>

#include "app/arrival.h"
#include "app/assets.h"
#include "core/api/api.h"
#include "platform/base/error.h"
#include "platform/base/log.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::app {

namespace {

constexpr const char* nothing_here =
    "Unter dieser Adresse gibt es hier kein Beteiligungsportal.\n"
    "There is no participation portal at this address.\n";
// An installation without any municipality: what whoever has just started it does next.
constexpr const char* first_steps =
    "Mitwirken läuft. Es gibt noch keine Kommune. Auf dem Server legen Sie eine an, dann ihr erstes Konto:\n"
    "Mitwirken is running. There is no municipality yet. On the server, add one, then its first account:\n\n"
    "  mitwirken tenant --add musterstadt --name \"Stadt Musterstadt\" --host mitwirken.musterstadt.example\n"
    "  mitwirken user --tenant musterstadt --role admin --add name@musterstadt.example\n";

using core::RouteKind;

bool is_read(const http::Request& request) {
    return request.method == http::Method::get || request.method == http::Method::head;
}

const core::Tenant& installation() {
    static const core::Tenant tenant = [] {
        core::Tenant nobody;
        nobody.languages = {"de"};
        return nobody;
    }();
    return tenant;
}

bool wants_json(const Arrival& arrival) {
    if (arrival.match.route) return arrival.match.route->kind == RouteKind::api;
    return is_api(arrival.path);
}

// A program reads a sentence in every error, even where a page has one of its own.
Message sentence(int status) {
    switch (status) {
        case 400:
            return tr_noop("The address holds something that is not understood here.");
        case 404:
            return tr_noop("There is no such thing, or it is not public.");
        case 405:
            return tr_noop("This address can only be read.");
        case 503:
            return tr_noop("Very much is going on. Please try again in a moment.");
        default:
            return tr_noop("Something went wrong. It is our mistake; please try again later.");
    }
}

// What a browser asks before a program on another site sends a field of its own, for example If-None-Match.
http::Response preflight() {
    http::Response response;
    response.status = 204;
    response.headers.set("Access-Control-Allow-Methods", "GET, HEAD");
    response.headers.set("Access-Control-Allow-Headers", "Accept, Accept-Language, If-None-Match");
    response.headers.set("Access-Control-Max-Age", "86400");
    response.headers.set("Allow", "GET, HEAD, OPTIONS");
    return response;
}

// Writes of these routes: everything but plain reads.
bool runs_in_write(const Arrival& arrival) {
    return !is_read(*arrival.request) || arrival.match.route->kind == RouteKind::callback;
}

// Nobody until the second factor is confirmed.
core::Actor actor_of(const Arrival& a) {
    const bool confirmed = a.person && !a.person->session.second_factor_pending;
    return confirmed ? a.person->account.actor() : core::Actor{};
}

core::Visit make_visit(const core::House& house, Arrival& a, db::Tx& tx, const core::Route& route) {
    core::Visit visit(house, tx, *a.request, *a.tenant, *a.language, actor_of(a), a.now, a.path,
                      parse_query(a.request->query), a.posted.form, route, a.match.parameters);
    visit.session = a.person ? &a.person->session : nullptr;
    visit.account = visit.signed_in() ? &a.person->account : nullptr;
    return visit;
}

void log_failure(const Arrival& a, const std::exception& error) {
    log::error("request_failed", {{"route", a.match.route ? std::string(a.match.route->pattern) : std::string("-")},
                                  {"what", std::string(error.what())}});
}

}  // namespace

bool is_for_monitoring(std::string_view path) { return path == "/health" || path == "/ready" || path == "/metrics"; }

Dispatch::Dispatch(core::House& house, const Router& router, PageCache& cache, Workers& workers)
    : house_(house), router_(router), cache_(cache), workers_(workers), tenants_(house) {
    latencies_[nullptr];
    for (const auto& entry : router.entries()) latencies_[entry.route];
}

void Dispatch::Latency::add(std::chrono::microseconds spent) {
    const double seconds = double(spent.count()) / 1e6;
    const auto at = std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin();
    counts[std::size_t(at)].fetch_add(1, std::memory_order_relaxed);
    microseconds.fetch_add(std::uint64_t(spent.count()), std::memory_order_relaxed);
}

const Dispatch::Latency& Dispatch::latency_of(const core::Route* route) const { return latencies_.at(route); }

std::shared_ptr<const http::Ready> Dispatch::fast(const http::Request& request) {
    if (auto asset = find_asset(request)) return asset;
    const std::string key = house_.versions.in_touch() ? cache_key(request) : "";
    if (key.empty()) return nullptr;
    auto ready = cache_.find(key, house_.clock->now());
    if (ready) figures_.answers[2].fetch_add(1, std::memory_order_relaxed);
    return ready;
}

void Dispatch::handle(std::shared_ptr<http::Request> request, http::Responder responder) {
    auto arrival = std::make_shared<Arrival>();
    arrival->request = std::move(request);
    arrival->responder = std::move(responder);
    arrival->now = house_.clock->now();
    if (workers_.post([this, arrival] { work(arrival); })) return;
    const std::string words =
        "Gerade ist sehr viel los. Bitte versuchen Sie es gleich noch einmal.\n"
        "The service is very busy. Please try again in a moment.\n";
    arrival->path = arrival->request->path;
    arrival->response = wants_json(*arrival) ? http::Response::json(503, core::error_json(503, words))
                                             : http::Response::text(503, words);
    arrival->response.headers.set("Retry-After", "5");
    finish(arrival);
}

// Stops 2 and 3, on a worker.
void Dispatch::work(std::shared_ptr<Arrival> arrival) {
    Arrival& a = *arrival;
    // Says that the process answers, whatever the database does; else one that is away would have it restarted.
    if (a.request->path == "/health" && is_read(*a.request)) {
        a.response = http::Response::text(200, "ok\n");
        return finish(arrival);
    }
    try {
        a.tenants = tenants_.current();
        a.tenant = TenantDirectory::by_host(*a.tenants, a.request->host);
        if (!a.tenant && is_for_monitoring(a.request->path)) a.tenant = &installation();
        if (!a.tenant) {
            a.response = http::Response::text(421, a.tenants->empty() ? first_steps : nothing_here);
            return finish(arrival);
        }
        a.path = a.request->path;
        a.language = split_language(*a.tenant, a.path);
        if (a.request->method == http::Method::options && is_api(a.path)) {
            a.response = preflight();
            return finish(arrival);
        }
        a.match = router_.find(a.request->method, a.path);
        if (!a.match.route) {
            if (a.match.other_method) return error_page(a, 405, {}), finish(arrival);
            throw NotFound();
        }
        if (runs_in_write(a)) return write(arrival);
        read(arrival);
    } catch (...) {
        fail(a, std::current_exception());
    }
    finish(arrival);
}

void Dispatch::read(const std::shared_ptr<Arrival>& arrival) {
    Arrival& a = *arrival;
    const auto* route = a.match.route;
    a.cacheable = route->cacheable && route->permission == core::everyone;
    a.cache_key = a.cacheable ? cache_key(*a.request) : "";
    if (!a.cache_key.empty() && !cache_.asked_before(a.cache_key)) a.cache_key.clear();
    // A process that may have missed something remembers nothing.
    a.as_of = house_.versions.in_touch() ? house_.versions.now() : 0;
    house_.database->read([&](db::Tx& tx) { run_handler(a, tx); });
}

void Dispatch::write(const std::shared_ptr<Arrival>& arrival) {
    Arrival& a = *arrival;
    const auto* route = a.match.route;
    const bool token = route->kind == RouteKind::token_post || route->kind == RouteKind::callback;
    if (!token && !comes_from_here(*a.request))
        throw NotAllowed(tr_noop("This form was sent from another site. Please open the page here and try again."));
    if (!is_read(*a.request)) a.posted = http::read_form(*a.request);
    if (route->prepare) {
        house_.database->read([&](db::Tx& tx) { find_person(a, tx); });
        check_right(a);
        const core::Actor actor = actor_of(a);
        core::Preparation preparation{house_,        *a.request,       *a.tenant,          *a.language, actor, a.now,
                                      a.posted.form, a.posted.uploads, a.match.parameters, {},          {}};
        try {
            route->prepare(preparation);
        } catch (...) {
            a.stored_files = std::move(preparation.stored_files);
            throw;
        }
        a.prepared = std::move(preparation.result);
        a.stored_files = std::move(preparation.stored_files);
    }
    house_.database->write_later(
        [this, arrival](db::Tx& tx) {
            arrival->response = {};
            run_handler(*arrival, tx);
        },
        [this, arrival](std::exception_ptr error) {
            // Not on the writer's thread: an error page reads the database.
            if (error && workers_.post([this, arrival, error] { fail(*arrival, error), finish(arrival); })) return;
            if (error) arrival->response = http::Response::text(503, "Bitte versuchen Sie es noch einmal.\n");
            finish(arrival);
        });
}

void Dispatch::find_person(Arrival& a, db::Tx& tx) {
    const std::string token = a.request->cookie("mw_session");
    if (token.empty()) return;
    a.person = core::find_session(tx, token, a.now);
    if (!a.person) return;
    const bool elsewhere = a.person->account.tenant && a.person->account.tenant != a.tenant->id;
    if (elsewhere) a.person.reset();
}

void Dispatch::check_right(Arrival& a) {
    const auto* route = a.match.route;
    const core::Actor actor = actor_of(a);
    const auto decision = house_.access->may(actor, route->permission, {a.tenant->id, {}});
    if (decision) return;
    if (!actor.signed_in()) throw SignInNeeded(decision.because);
    throw NotAllowed(decision.because);
}

// Stops 3 to 6 inside the transaction.
void Dispatch::run_handler(Arrival& a, db::Tx& tx) {
    find_person(a, tx);
    check_right(a);
    if (tx.writes() && answer_again(a, tx)) return;
    core::Visit visit = make_visit(house_, a, tx, *a.match.route);
    visit.set_prepared(a.prepared);
    if (visit.route.kind == RouteKind::api) core::check_api_query(visit.route.api, visit.query);
    visit.set_as_of(a.as_of);
    if ((a.match.module->activity || visit.route.of_any_block) && a.match.parameters.count("activity"))
        core::enter_place(visit, a.match.module->name);
    const auto changes_before = tx.changes();
    a.response = a.match.route->handler(visit);
    if (!visit.new_cookie().empty()) a.response.headers.add("Set-Cookie", visit.new_cookie());
    if (tx.changes() > changes_before) {
        // A form that is refused changes nothing, and leaves the pages in memory as they are. What is written in a
        // procedure makes only the pages of this procedure stale; else those of the route's module.
        const auto* place = visit.place_or_none();
        house_.versions.raise_at_commit(tx, a.tenant->id, place ? place->procedure.scope() : a.match.module->name);
    }
    a.right_until = visit.right_until();
    a.cacheable = a.cacheable && visit.cacheable() && !a.person;
    if (a.cacheable && !a.cache_key.empty()) note_what_was_read(a, visit);
    if (tx.writes() && !a.sending.empty() && a.response.status == 303)
        core::remember_answer(tx, a.tenant->id, a.sending, std::string(a.response.headers["Location"]), a.now);
}

void Dispatch::note_what_was_read(Arrival& a, const core::Visit& visit) {
    const auto note = [&](std::string_view scope) { a.made_from.push_back(house_.versions.of(a.tenant->id, scope)); };
    note("tenant");
    note(a.match.module->name);
    for (const auto& scope : visit.scopes_read()) note(scope);
}

// A form that was sent twice: the answer of the first time.
bool Dispatch::answer_again(Arrival& a, db::Tx& tx) {
    if (a.sending.empty()) a.sending = sending_of(a);
    if (a.sending.empty()) return false;
    const auto location = core::earlier_answer(tx, a.tenant->id, a.sending);
    if (location) a.response = http::Response::redirect(*location);
    a.sent_before = location.has_value();
    return a.sent_before;
}

void Dispatch::fail(Arrival& a, std::exception_ptr error) {
    a.failed = true;
    try {
        std::rethrow_exception(error);
    } catch (const SignInNeeded& e) {
        if (wants_json(a) || !a.tenant) return error_page(a, 401, e.reason());
        const std::string back = is_read(*a.request) ? a.request->target : std::string("/");
        const std::string prefix = a.language->code() == a.tenant->languages.front() ? "" : "/" + a.language->code();
        a.response = http::Response::redirect(prefix + "/anmelden?weiter=" + escape_url(back));
    } catch (const NotAllowed& e) {
        error_page(a, 403, e.reason());
    } catch (const NotFound& e) {
        error_page(a, 404, e.reason());
    } catch (const BadRequest& e) {
        error_page(a, 400, e.reason());
    } catch (const Conflict& e) {
        error_page(a, 409, e.reason());
    } catch (const TooLarge& e) {
        error_page(a, 413, e.reason());
    } catch (const TooManyRequests& e) {
        error_page(a, 429, e.reason());
    } catch (const Busy& e) {
        error_page(a, 503, e.reason());
    } catch (const db::Error& e) {
        // Away, full or too slow is not a bug, and may be over in a moment; it is logged all the same.
        const bool passes =
            e.fault() == db::Fault::unavailable || e.fault() == db::Fault::timeout || e.fault() == db::Fault::full;
        log_failure(a, e);
        error_page(a, passes ? 503 : 500, {});
    } catch (const std::exception& e) {
        log_failure(a, e);
        error_page(a, 500, {});
    }
}

void Dispatch::error_page(Arrival& a, int status, const Message& reason) {
    a.cache_key.clear();
    static const core::Manifest none{};
    static const core::Route plain{};
    if (!a.tenant || !a.language) {
        a.response = http::Response::text(status, "Das hat leider nicht geklappt.\nSorry, that did not work.\n");
        return;
    }
    if (wants_json(a)) {
        const Message words = reason.empty() ? sentence(status) : reason;
        a.response = http::Response::json(status, core::error_json(status, a.language->tr(words)));
        if (status == 405) a.response.headers.set("Allow", "GET, HEAD, OPTIONS");
        return;
    }
    try {
        house_.database->read([&](db::Tx& tx) {
            find_person(a, tx);
            core::Visit visit = make_visit(house_, a, tx, a.match.route ? *a.match.route : plain);
            a.response = house_.error_page(visit, status, reason);
        });
    } catch (const std::exception& e) {
        log::error("error_page_failed", {{"what", std::string(e.what())}});
        a.response =
            http::Response::text(status, "Das hat leider nicht geklappt. Bitte versuchen Sie es später noch einmal.\n");
    }
}

// Puts an anonymous answer into the cache.
void Dispatch::remember(Arrival& a) {
    if (a.cache_key.empty() || !a.cacheable || !house_.versions.in_touch() || a.response.status != 200 ||
        a.response.producer || !a.response.file.empty() || !a.response.event_stream.empty() ||
        a.response.headers.has("Set-Cookie"))
        return;
    http::Response copy = a.response;
    copy.head_only = false;
    cache_.put(a.cache_key, http::make_ready(std::move(copy)), a.made_from, a.as_of, a.right_until);
}

// Files were stored before the transaction. Of a form that comes back, is refused, fails or was sent before, nothing
// refers to them.
void Dispatch::drop_files(const Arrival& a) {
    if (a.response.status == 303 && !a.sent_before && !a.failed) return;
    for (const auto& key : a.stored_files) house_.files->remove(key);
}

void Dispatch::finish(const std::shared_ptr<Arrival>& arrival) {
    Arrival& a = *arrival;
    drop_files(a);
    const bool is_html = starts_with(a.response.headers["Content-Type"], "text/html");
    add_security_fields(a, a.response);
    if (!a.response.headers.has("Cache-Control"))
        a.response.headers.set("Cache-Control", a.person || !is_read(*a.request) ? "no-store" : "no-cache");
    if (is_html) a.response.headers.add("Vary", "Part");
    compress_for(*a.request, a.response, a.cacheable && !a.cache_key.empty());
    remember(a);
    const auto wanted = a.request->headers["If-None-Match"];
    const auto tag = a.response.headers["ETag"];
    if (is_read(*a.request) && a.response.status == 200 && !tag.empty() && wanted.find(tag) != std::string_view::npos) {
        a.response.status = 304;
        a.response.body.clear();
        a.response.shared_body.reset();
    }
    a.response.head_only = a.request->method == http::Method::head;
    const auto spent =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - a.began);
    figures_.answers[std::min(5, a.response.status / 100)].fetch_add(1, std::memory_order_relaxed);
    figures_.microseconds.fetch_add(std::uint64_t(spent.count()), std::memory_order_relaxed);
    latencies_.at(a.match.route).add(spent);
    log::info("request", {{"method", std::string(to_string(a.request->method))},
                          {"route", a.match.route ? std::string(a.match.route->pattern) : std::string("-")},
                          {"status", static_cast<long long>(a.response.status)},
                          {"us", static_cast<long long>(spent.count())}});
    a.responder(std::move(a.response));
}

}  // namespace mitwirken::app
