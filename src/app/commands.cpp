// Commands around serving and people. Copies and checks: commands_data.cpp.
#include "app/commands.h"

#include <fmt/format.h>
#include <malloc.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "app/copies.h"
#include "app/example.h"
#include "app/program.h"
#include "platform/base/text.h"

#ifndef MITWIRKEN_VERSION
#define MITWIRKEN_VERSION "0"
#endif

namespace mitwirken::app {

namespace {

std::string_view kind_word(core::RouteKind kind) {
    switch (kind) {
        case core::RouteKind::page:
            return "page";
        case core::RouteKind::data:
            return "data";
        case core::RouteKind::api:
            return "api";
        case core::RouteKind::callback:
            return "callback";
        case core::RouteKind::token_post:
            return "token_post";
    }
    return "";
}

}  // namespace

namespace {

// Stops the program on a signal; ends itself with one, also when serving throws (the port is taken).
class StopOnSignal {
public:
    StopOnSignal(Program& program, const sigset_t& signals)
        : thread_([&program, signals] {
              int signal = 0;
              sigwait(&signals, &signal);
              program.stop();
          }) {}
    ~StopOnSignal() {
        pthread_kill(thread_.native_handle(), SIGTERM);
        thread_.join();
    }
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

private:
    std::thread thread_;
};

}  // namespace

Config config_of(const Call& call) { return read_config(call.config_file, call.flags); }

Config existing(const Call& call) {
    Config config = config_of(call);
    if (const auto words = lacks_data(config); !words.empty()) throw std::runtime_error(words);
    config.database.statement_timeout_ms = std::max<std::int64_t>(config.database.statement_timeout_ms, 3'600'000);
    return config;
}

int serve_command(const Call& call) {
    // Signals are taken by one thread of ours, so that stopping is ordinary code.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    const Config config = config_of(call);
    if (const auto words = lacks_data(config); !words.empty() && !call.migrate_first) throw std::runtime_error(words);
    // Pages are made in pieces of some 100 kB. Given back to the system after each, they would be fetched, zeroed and
    // mapped again for the next: more time than SQLite takes.
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 4 << 20);
    Program program(config);
    if (call.migrate_first) program.migrate();
    program.need_current_schema();
    program.prepare_pages();
    const StopOnSignal stop(program, signals);
    program.serve();
    return 0;
}

int migrate_command(const Call& call) {
    Program program(call.list_only ? existing(call) : config_of(call));
    if (call.list_only) {
        try {
            program.need_current_schema();
            fmt::print("nothing is missing\n");
        } catch (const std::runtime_error& error) {
            fmt::print("{}\n", error.what());
        }
        return 0;
    }
    const auto ran = program.migrate();
    for (const auto& name : ran) fmt::print("{}\n", name);
    fmt::print("{} migrations run\n", ran.size());
    return 0;
}

int example_command(const Call& call) {
    Program program(config_of(call));
    program.migrate();
    const auto hosts = call.hosts.empty() ? std::vector<std::string>{"127.0.0.1", "localhost"} : call.hosts;
    const auto result = load_example(program, hosts);
    if (!result.loaded)
        fmt::print("the example is there already\n");
    else
        fmt::print("the example is loaded; log-ins are in {}\n", result.logins_file);
    return 0;
}

int tenant_command(const Call& call) {
    Program program(existing(call));
    program.need_current_schema();
    if (call.key.empty()) {
        program.database().read([](db::Tx& tx) {
            for (const auto& tenant : core::all_tenants(tx))
                fmt::print("{}\t{}\t{}\n", tenant.key, tenant.name, join(tenant.hosts, " "));
        });
        return 0;
    }
    if (call.name.empty() || call.hosts.empty()) throw std::runtime_error("tenant --add needs --name and --host");
    core::NewTenant tenant{call.key, call.name, call.site_name.empty() ? call.name : call.site_name, {}, {"de", "en"}};
    for (const auto& host : call.hosts) {
        const auto normal = core::normal_host(host);
        if (!normal) throw std::runtime_error(host + " is not a host name");
        tenant.hosts.push_back(*normal);
    }
    program.database().write([&](db::Tx& tx) {
        if (slug(tenant.key) != tenant.key) throw std::runtime_error("the key may hold a-z, 0-9 and hyphens");
        if (core::find_tenant(tx, tenant.key))
            throw std::runtime_error("there is a municipality with this key already");
        for (const auto& other : core::all_tenants(tx))
            for (const auto& host : other.hosts)
                if (std::find(tenant.hosts.begin(), tenant.hosts.end(), host) != tenant.hosts.end())
                    throw std::runtime_error(host + " belongs to " + other.key);
        core::add_tenant(tx, tenant, program.house().clock->now());
        program.house().versions.raise_at_commit(tx, {}, "tenants");
    });
    fmt::print("{} is there; add its administrator: mitwirken user --tenant {} --role admin --add NAME@…\n", call.key,
               call.key);
    return 0;
}

int user_command(const Call& call) {
    Program program(existing(call));
    program.need_current_schema();
    core::TenantId tenant;
    program.database().read([&](db::Tx& tx) {
        if (call.key.empty()) return;
        const auto found = core::find_tenant(tx, call.key);
        if (!found) throw std::runtime_error("there is no municipality " + call.key);
        tenant = found->id;
    });
    if (call.email.empty()) {
        program.database().read([&](db::Tx& tx) {
            for (const auto& account : core::accounts(tx, tenant, "", {}, 1000))
                fmt::print("{}\t{}\t{}\n", account.email, core::to_word(account.role), account.name);
        });
        return 0;
    }
    const auto role = core::role_from(call.role);
    if (!role) throw std::runtime_error("no such role: " + call.role);
    if ((*role == core::Role::operator_) != !tenant)
        throw std::runtime_error("operators belong to no municipality, everybody else to one");
    const std::string password = crypto::random_password();
    const std::string hash = crypto::hash_password(password);
    program.database().write([&](db::Tx& tx) {
        const auto checked =
            core::check_account(tx, {tenant, call.email, call.name.empty() ? call.email : call.name, *role, {}});
        if (!checked) throw std::runtime_error(std::string(checked.problems().list().front().message.id));
        const auto id = core::add_account(tx, *checked, program.house().clock->now());
        core::set_password(tx, id, hash);
    });
    fmt::print("{}\t{}\n", call.email, password);
    return 0;
}

int routes_command(const Call& call) {
    // A house of its own in a temporary folder: the list must not need a database that is there.
    Call own = call;
    const auto folder =
        std::filesystem::temp_directory_path() / ("mitwirken-routes-" + crypto::random_token().substr(0, 12));
    own.flags.emplace_back("data", folder.string());
    int status = 0;
    {
        Program program(config_of(own));
        auto list = nlohmann::ordered_json::array();
        const Router router(program.house().modules);
        for (const auto& entry : router.entries()) {
            const auto& route = *entry.route;
            list.push_back(
                {{"method", to_string(route.method)},
                 {"path", route.pattern},
                 {"module", entry.module->name},
                 {"permission", route.permission.empty() ? "everyone" : route.permission},
                 {"kind", kind_word(route.kind)},
                 {"embeddable", route.embeddable},
                 {"cacheable", route.method == http::Method::get && route.cacheable && route.permission.empty()}});
        }
        if (call.as_json)
            fmt::print("{}\n", list.dump(1));
        else
            for (const auto& route : list)
                fmt::print("{:6} {:50} {:10} {}\n", route["method"].get<std::string>(),
                           route["path"].get<std::string>(), route["module"].get<std::string>(),
                           route["permission"].get<std::string>());
    }
    std::filesystem::remove_all(folder);
    return status;
}

int settings_command(const Call& call) {
    if (call.as_markdown) fmt::print("| Schlüssel | Vorgabe | Bedeutung |\n| --- | --- | --- |\n");
    for (const auto& key : config_keys())
        if (call.as_markdown)
            fmt::print("| `{}` | `{}` | {} |\n", key.name, key.initial, key.words);
        else
            fmt::print("{:32} {:24} {}\n", key.name, key.initial, key.words);
    return 0;
}

int version_command(const Call&) {
    fmt::print("mitwirken {}\n", MITWIRKEN_VERSION);
    return 0;
}

}  // namespace mitwirken::app
