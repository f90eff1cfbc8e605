// Loading of the example; see example.h. The content is in example/dortmund, embedded as "example/dortmund/…".
#include "app/example.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/audit/audit.h"
#include "core/example/example.h"
#include "core/taxonomy/taxonomy.h"

namespace mitwirken::app {

namespace {

using core::TenantId;

struct Login {
    std::string role, email, name, organisation, password, hash;
};

// Hashing takes long, so it is done before the transaction.
std::vector<Login> make_logins(const nlohmann::json& users) {
    std::vector<Login> logins;
    for (const auto& user : users.at("users")) {
        Login login{user.at("role"),           user.at("email"),
                    user.at("name"),           user.value("organisation", ""),
                    crypto::random_password(), ""};
        login.hash = crypto::hash_password(login.password);
        logins.push_back(std::move(login));
    }
    return logins;
}

void add_people(db::Tx& tx, TenantId tenant, const nlohmann::json& users, const std::vector<Login>& logins,
                Timestamp now) {
    std::map<std::string, core::OrganisationId> organisations;
    for (const auto& item : users.at("organisations"))
        organisations[item.at("key")] =
            core::add_organisation(tx, tenant, item.at("key"), item.at("name"), item.value("kind", "department"));
    for (const auto& login : logins) {
        const auto role = core::role_from(login.role);
        if (!role) throw std::runtime_error("users.json: no such role " + login.role);
        if (*role == core::Role::resident) {
            core::add_resident(tx, tenant, login.email, login.name, login.hash, now);
            continue;
        }
        const bool is_operator = *role == core::Role::operator_;
        const auto id = core::add_account(
            tx, {is_operator ? TenantId{} : tenant, login.email, login.name, *role, organisations[login.organisation]},
            now);
        core::set_password(tx, id, login.hash);
    }
}

void add_terms(db::Tx& tx, TenantId tenant) {
    std::int64_t position = 0;
    const auto topics = core::example_file("topics.json"), districts = core::example_file("districts.json");
    for (const auto& item : topics.at("topics"))
        core::add_term(tx, tenant,
                       {.tree = "topic",
                        .key = item.at("key"),
                        .name = item.at("name"),
                        .name_en = item.value("name_en", ""),
                        .icon = item.value("icon", ""),
                        .colour = item.value("color", ""),
                        .position = ++position});
    for (const auto& item : districts.at("districts"))
        core::add_term(tx, tenant,
                       {.tree = "district",
                        .key = item.at("key"),
                        .name = item.at("name"),
                        .name_en = item.at("name"),
                        .icon = "pin",
                        .position = ++position,
                        .lon = item.at("lon").get<double>(),
                        .lat = item.at("lat").get<double>(),
                        .outline = item.at("outline").dump()});
}

// Only the owner may read it, from its first byte on.
void write_logins(const std::string& file, const std::vector<Login>& logins) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (descriptor < 0) throw std::runtime_error("cannot write " + file);
    ::fchmod(descriptor, 0600);
    std::string text;
    for (const auto& login : logins) text += fmt::format("{}\t{}\t{}\n", login.role, login.email, login.password);
    const bool written =
        ::write(descriptor, text.data(), text.size()) == ssize_t(text.size()) && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!written) throw std::runtime_error("cannot write " + file);
}

}  // namespace

ExampleResult load_example(Program& program, const std::vector<std::string>& hosts) {
    auto& house = program.house();
    const std::string file = program.config().folder("example-logins.txt");
    bool there = false;
    program.database().read([&](db::Tx& tx) { there = core::find_tenant(tx, "dortmund").has_value(); });
    if (there) return {false, file};
    const auto users = core::example_file("users.json");
    const auto logins = make_logins(users);
    write_logins(file, logins);
    const Timestamp now = house.clock->now();
    program.database().write([&](db::Tx& tx) {
        const TenantId tenant =
            core::add_tenant(tx, {"dortmund", "Stadt Dortmund", "MitWIRken in Dortmund", hosts, {"de", "en"}}, now);
        core::set_setting(
            tx, tenant, "site.about",
            "Alle Angebote zum Mitmachen an einem Ort: aktuelle, dauerhafte und abgeschlossene – mit Unterlagen und "
            "Ergebnissen. Freie Software unter EUPL.");
        add_people(tx, tenant, users, logins, now);
        add_terms(tx, tenant);
        for (const auto& module : house.modules)
            if (module.example) module.example(house, tx, tenant, now);
        core::audit(tx, tenant, {}, "example.loaded", {"app", tenant.value}, "", now);
        house.versions.raise_at_commit(tx, {}, "tenants");
    });
    return {true, file};
}

}  // namespace mitwirken::app
