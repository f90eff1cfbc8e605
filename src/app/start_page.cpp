// The administration's first page. Who works on contents sees what waits; who evaluates sees what is public in numbers
// and where the data are; who operates the installation sees how it is, with counts of each municipality and no
// contents.
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/layout.h"
#include "app/operation.h"
#include "app/templates.h"
#include "core/facts.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/notify/notify.h"
#include "core/visit.h"
#include "platform/jobs/jobs.h"

#ifndef MITWIRKEN_VERSION
#define MITWIRKEN_VERSION "0"
#endif

namespace mitwirken::app {

namespace {

namespace t = tpl::dashboard;
using core::Role;
using core::Visit;
constexpr std::string_view look = "app.administration";  // for all of the staff
constexpr auto copy_is_old = std::chrono::hours{36};     // one a night, and a late one

void show_tasks(const Visit& visit, html::Values& values, html::Section section, const std::vector<core::Task>& tasks) {
    if (tasks.empty()) return;
    auto part = values.add(section);
    for (const auto& task : tasks)
        part.add(t::TASK)
            .set(t::COUNT, visit.language.number(task.count))
            .set(t::LABEL, visit.tr(task.label))
            .set(t::URL, visit.url(task.url));
}

// What waits for those who work on contents.
void fill_work(Visit& visit, html::Values& page) {
    std::vector<core::Task> open, done;
    for (const auto& module : visit.house.modules) {
        if (!module.tasks) continue;
        for (auto& task : module.tasks(visit)) (task.count > 0 ? open : done).push_back(std::move(task));
    }
    auto values = page.add(t::WORK);
    values.show_if(open.empty(), t::NOTHING);
    show_tasks(visit, values, t::WAITING, open);
    show_tasks(visit, values, t::DONE, done);
}

// What is public, in numbers, and the same as data.
void fill_public(Visit& visit, html::Values& page) {
    auto values = page.add(t::PUBLIC);
    for (const auto& module : visit.house.modules) {
        if (!module.figures) continue;
        for (const auto& figure : module.figures(visit)) {
            auto one = values.add(t::FIGURE).set(t::COUNT, visit.language.number(figure.count));
            const std::string label = visit.tr(figure.label);
            if (figure.url.empty())
                one.add(t::PLAIN).set(t::LABEL, label);
            else
                one.add(t::LINKED).set(t::LABEL, label).set(t::URL, visit.url(figure.url));
        }
    }
    const auto data = [&](std::string_view path, const std::string& label) {
        values.add(t::DATA).set(t::URL, visit.url(path)).set(t::LABEL, label);
    };
    data("/offene-daten", visit.tr("All feeds and the interface for programs"));
    for (const auto& module : visit.house.modules)
        for (const auto& route : module.routes) {
            const bool table = route.pattern.ends_with(".csv") || route.pattern.ends_with(".xlsx");
            if (!table || route.permission != core::everyone || route.pattern.find('{') != std::string_view::npos)
                continue;
            data(route.pattern, visit.tr(tr_noop("{name} as a table", {{"name", visit.tr(module.title)}})));
        }
}

struct Fact {
    std::string label, text, url = {};
};

struct Copy {
    std::optional<Timestamp> at;
    std::int64_t files = 0, problems = 0;
};
Copy last_copy(db::Tx& tx) {
    const auto json = nlohmann::json::parse(core::fact(tx, "backup.last").value_or("{}"), nullptr, false);
    if (!json.is_object() || !json.contains("at")) return {};
    return {parse_instant(json.value("at", "")), json.value("files", std::int64_t{0}),
            json.value("problems", std::int64_t{0})};
}

std::string copy_words(const Visit& visit, const Copy& copy) {
    if (!copy.at) return visit.tr("No copy has been made yet (mitwirken backup).");
    const auto& language = visit.language;
    const std::string when = language.date_time(*copy.at) + " (" + language.ago(*copy.at, visit.now) + ")";
    if (copy.problems > 0)
        return language.plural("{when}: verified; {n} file of the installation was missing or damaged",
                               "{when}: verified; {n} files of the installation were missing or damaged", copy.problems,
                               {{"when", when}});
    return language.plural("{when}: {n} file, verified", "{when}: {n} files, verified", copy.files, {{"when", when}});
}

std::string database_words(const Visit& visit) {
    if (visit.house.database->engine() == db::Engine::postgresql) return "PostgreSQL";
    std::error_code error;
    const auto bytes = std::filesystem::file_size(visit.house.data_folder + "/mitwirken.db", error);
    return error ? "SQLite" : "SQLite, " + visit.language.bytes(bytes);
}

std::string disk_words(const Visit& visit) {
    std::error_code error;
    const auto space = std::filesystem::space(visit.house.data_folder, error);
    if (error) return visit.tr("unknown");
    return visit.tr(tr_noop("{free} free of {all}", {{"free", visit.language.bytes(space.available)},
                                                     {"all", visit.language.bytes(space.capacity)}}));
}

bool disk_is_short(const Visit& visit) {
    std::error_code error;
    const auto space = std::filesystem::space(visit.house.data_folder, error);
    return !error && space.available < space.capacity / 10;
}

std::vector<Fact> facts_of(Visit& visit, const Copy& copy) {
    const auto jobs = jobs::counts(visit.tx);
    const auto number = [&](std::int64_t n) { return visit.language.number(n); };
    return {{visit.tr("Program version"), MITWIRKEN_VERSION},
            {visit.tr("Database"), database_words(visit)},
            {visit.tr("Last copy"), copy_words(visit, copy)},
            {visit.tr("Space on the disk"), disk_words(visit)},
            {visit.tr("Jobs waiting"), number(jobs.waiting), "/verwaltung/auftraege?stand=alle"},
            {visit.tr("Jobs running"), number(jobs.running), "/verwaltung/auftraege?stand=alle"},
            {visit.tr("Jobs that have failed"), number(jobs.dead), "/verwaltung/auftraege"},
            {visit.tr("Mails not sent yet"), number(core::mails_waiting(visit.tx))}};
}

html::SafeHtml tenants_table(Visit& visit) {
    core::TableView view{.id = "tenants",
                         .caption = visit.tr("Municipalities"),
                         .empty = visit.tr("There is no municipality yet (mitwirken tenant --add).")};
    view.columns = {visit.tr("Municipality"),  visit.tr("Host names"), visit.tr("Accounts"), visit.tr("Procedures"),
                    visit.tr("Contributions"), visit.tr("Files"),      visit.tr("Size")};
    auto figures = core::tenant_figures(visit.tx);
    for (const auto& tenant : core::all_tenants(visit.tx)) {
        const auto& f = figures[tenant.id.value];
        const auto number = [&](std::int64_t n) { return core::number_cell(visit.language.number(n)); };
        view.rows.push_back({core::text_cell(tenant.name), core::text_cell(join(tenant.hosts, ", ")),
                             number(f.accounts), number(f.procedures), number(f.contributions), number(f.files),
                             core::number_cell(visit.language.bytes(std::uint64_t(f.bytes)))});
    }
    return core::table(visit, view);
}

html::SafeHtml installation(Visit& visit) {
    namespace i = tpl::installation;
    html::Values values;
    const Copy copy = last_copy(visit.tx);
    const auto alarm = [&](const Message& words) { values.add(i::ALARM).set(i::TEXT, visit.tr(words)); };
    if (!copy.at || visit.now - *copy.at > copy_is_old) alarm(tr_noop("There is no copy of the last night."));
    if (jobs::counts(visit.tx).dead > 0) alarm(tr_noop("Jobs have failed and wait for somebody."));
    if (disk_is_short(visit)) alarm(tr_noop("The disk is nearly full."));
    for (const auto& fact : facts_of(visit, copy)) {
        auto line = values.add(i::FACT).set(i::LABEL, fact.label);
        if (fact.url.empty())
            line.add(i::PLAIN).set(i::TEXT, fact.text);
        else
            line.add(i::LINKED).set(i::TEXT, fact.text).set(i::URL, visit.url(fact.url));
    }
    values.set(i::TENANTS, tenants_table(visit));
    return html::render_part(i::file, values, visit.language);
}

http::Response first_page(Visit& visit) {
    html::Values values;
    const Role role = visit.actor.role;
    values.set(t::HEAD,
               core::admin_head(visit, {.title = visit.tr("Administration"),
                                        .lead = visit.tr(tr_noop("Hello {name}", {{"name", visit.account->name}})) +
                                                " · " + visit.tr(core::role_name(role))}));
    values.set(t::MORE, role == Role::operator_ ? installation(visit) : html::SafeHtml{});
    if (role == Role::analyst)
        fill_public(visit, values);
    else if (role != Role::operator_)
        fill_work(visit, values);
    const auto entries = navigation_of(visit, core::Navigation::Place::admin);
    std::optional<html::Values> areas;
    for (const auto* entry : entries)
        if (entry->path != "/verwaltung") {
            if (!areas) areas = values.add(t::AREAS);
            areas->add(t::AREA)
                .set(t::URL, visit.url(entry->path))
                .set(t::LABEL, visit.tr(entry->label))
                .set(t::ICON, entry->icon.empty() ? "file" : entry->icon);
        }
    return visit.page({.title = visit.tr("Administration"), .kind = "admin", .admin = true}, t::file, values);
}

}  // namespace

core::Manifest start_manifest() {
    core::Manifest m;
    m.actions = {{look, core::staff_roles()}};
    m.routes = {{.method = http::Method::get,
                 .pattern = "/verwaltung",
                 .permission = look,
                 .handler = first_page,
                 .cacheable = false}};
    m.navigation = {{core::Navigation::Place::admin, "/verwaltung", tr_noop("Overview"), 1, look, "home"}};
    return m;
}

}  // namespace mitwirken::app
