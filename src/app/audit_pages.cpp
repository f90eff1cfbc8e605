// The record of what was done, for people: each action in words, the thing with its present name, filters that stand in
// the address, and the same as a table for other programs. The chain itself is core's (core/audit).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/operation.h"
#include "app/templates.h"
#include "core/audit/audit.h"
#include "core/editorial/editorial.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/visit.h"
#include "platform/base/text.h"
#include "platform/tables/csv.h"

namespace mitwirken::app {

namespace {

using core::Role;
using core::Visit;
constexpr std::string_view read_audit = "app.audit";
constexpr int per_page = 50, per_piece = 500;
const std::string path = "/verwaltung/protokoll";

// Operators read the record of the installation, staff that of their municipality.
core::TenantId chain_of(const Visit& visit) {
    return visit.actor.role == Role::operator_ ? core::TenantId{} : visit.tenant.id;
}

const core::RecordedAction* words_of(const core::House& house, std::string_view action) {
    for (const auto& module : house.modules)
        for (const auto& known : module.recorded)
            if (known.action == action) return &known;
    return nullptr;
}

std::string action_words(const core::House& house, const i18n::Language& language, const std::string& action) {
    const auto* known = words_of(house, action);
    return known ? language.tr(known->words) : action;
}

// Details are words for programs; those that say a state, a step or a role are said to people in theirs.
std::string details_words(const Visit& visit, const core::AuditEntry& entry) {
    static const std::vector<std::pair<std::string_view, Message>> steps = {{"publish", tr_noop("released")},
                                                                            {"hand_in", tr_noop("handed in")},
                                                                            {"agree", tr_noop("agreed")},
                                                                            {"return", tr_noop("given back")},
                                                                            {"archive", tr_noop("put aside")},
                                                                            {"restore", tr_noop("made a draft again")},
                                                                            {"pause", tr_noop("paused")},
                                                                            {"resume", tr_noop("continued")},
                                                                            {"submit", tr_noop("handed in")},
                                                                            {"again", tr_noop("once more")},
                                                                            {"mail", tr_noop("by e-mail")},
                                                                            {"note", tr_noop("without an answer")},
                                                                            {"password", tr_noop("wrong password")},
                                                                            {"code", tr_noop("wrong code")},
                                                                            {"unknown", tr_noop("unknown address")},
                                                                            {"yes", tr_noop("yes")},
                                                                            {"no", tr_noop("no")},
                                                                            {"logo", tr_noop("Logo")}};
    if (const auto role = core::role_from(entry.details)) return visit.tr(core::role_name(*role));
    for (const auto& [word, words] : steps)
        if (word == entry.details) return visit.tr(words);
    for (const auto state : {core::State::draft, core::State::handed_in, core::State::agreed, core::State::published,
                             core::State::archived})
        if (core::to_word(state) == entry.details) return visit.tr(core::state_name(state));
    return entry.details;
}

core::AuditFilter filter_of(const Visit& visit) {
    core::AuditFilter filter;
    filter.action = visit.query["tat"];
    filter.by = core::AccountId{to_int(visit.query["wer"]).value_or(0)};
    filter.before = to_int(visit.query["vor"]).value_or(0);
    if (const auto day = parse_date(visit.query["von"])) filter.from = start_of(*day);
    if (const auto day = parse_date(visit.query["bis"])) filter.until = start_of(add_days(*day, 1));
    return filter;
}

// What the things of these lines are called now; what no longer exists has no name.
std::map<std::pair<std::string, std::int64_t>, core::NamedItem> names_of(Visit& visit,
                                                                         const std::vector<core::AuditEntry>& list) {
    std::map<std::string, std::set<std::int64_t>> items;
    for (const auto& entry : list)
        if (entry.item != 0) items[entry.module].insert(entry.item);
    std::map<std::pair<std::string, std::int64_t>, core::NamedItem> names;
    for (const auto& module : visit.house.modules) {
        const auto at = items.find(module.name);
        if (at == items.end() || !module.name_items) continue;
        for (auto& [item, name] : module.name_items(visit, {at->second.begin(), at->second.end()}))
            names[{module.name, item}] = std::move(name);
    }
    return names;
}

std::string person_name(db::Tx& tx, const i18n::Language& language, core::AccountId id) {
    const auto account = id ? core::find_account(tx, id) : std::nullopt;
    return account && !account->name.empty() ? account->name : language.tr("Automatic or erased");
}

core::TableView table_of(Visit& visit, const std::vector<core::AuditEntry>& list) {
    core::TableView view{
        .id = "audit", .caption = visit.tr("Record"), .empty = visit.tr("Nothing of this kind has been recorded.")};
    view.columns = {visit.tr("When"),  visit.tr("Who"),     visit.tr("What"),
                    visit.tr("Thing"), visit.tr("Details"), visit.tr("No.")};
    const auto names = names_of(visit, list);
    std::map<std::int64_t, std::string> people;
    for (const auto& entry : list) {
        auto& person = people[entry.by.value];
        if (person.empty()) person = person_name(visit.tx, visit.language, entry.by);
        const auto named = names.find({entry.module, entry.item});
        const bool nothing = entry.item == 0;
        core::Cell thing = core::text_cell(nothing ? "" : visit.tr("no longer there"));
        if (named != names.end())
            thing = named->second.url.empty() ? core::text_cell(named->second.title)
                                              : core::link_cell(named->second.title, named->second.url);
        else if (!nothing && entry.module == "app")
            thing = core::text_cell(visit.tenant.name);
        view.rows.push_back({core::text_cell(visit.language.date_time(entry.at)), core::text_cell(person),
                             core::text_cell(action_words(visit.house, visit.language, entry.action)), thing,
                             core::text_cell(details_words(visit, entry)),
                             core::number_cell(visit.language.number(entry.number))});
    }
    return view;
}

void fill_filters(Visit& visit, html::Values& values) {
    namespace t = tpl::audit;
    auto people = values.add(t::GROUP).set(t::NAME, "wer").set(t::LABEL, visit.tr("Person"));
    for (const auto& account : core::accounts(visit.tx, chain_of(visit), "", {}, 200))
        if (!account.name.empty())
            people.add(t::CHOICE)
                .set(t::VALUE, account.id.value)
                .set(t::LABEL, account.name)
                .show_if(visit.query["wer"] == std::to_string(account.id.value), t::CHOSEN);
    std::vector<std::pair<std::string, std::string>> actions;
    for (const auto& module : visit.house.modules)
        for (const auto& known : module.recorded) actions.emplace_back(visit.tr(known.words), known.action);
    std::sort(actions.begin(), actions.end(),
              [&](const auto& a, const auto& b) { return visit.language.compare(a.first, b.first) < 0; });
    auto what = values.add(t::GROUP).set(t::NAME, "tat").set(t::LABEL, visit.tr("What"));
    for (const auto& [words, action] : actions)
        what.add(t::CHOICE).set(t::VALUE, action).set(t::LABEL, words).show_if(visit.query["tat"] == action, t::CHOSEN);
    for (const auto& [name, label] : {std::pair{"von", tr_noop("From")}, std::pair{"bis", tr_noop("Until")}})
        values.add(t::DAY)
            .set(t::NAME, name)
            .set(t::LABEL, visit.tr(label))
            .set(t::VALUE, parse_date(visit.query[name]) ? visit.query[name] : "");
}

http::Response audit_page(Visit& visit) {
    namespace t = tpl::audit;
    auto list = core::audit_entries(visit.tx, chain_of(visit), filter_of(visit), per_page + 1);
    std::string next;
    if (list.size() > per_page) {
        list.pop_back();
        next = visit.with("vor", std::to_string(list.back().number));
    }
    Form same = visit.query;
    same.remove("vor");
    const std::string query = to_query(same);
    html::Values values;
    values
        .set(t::HEAD,
             core::admin_head(
                 visit, {.title = visit.tr("Record"),
                         .lead = visit.tr("What was done, by whom and when. It can be added to, but not changed."),
                         .links = {{path + ".csv" + (query.empty() ? "" : "?" + query), visit.tr("As a table (CSV)"),
                                    "download"}}}))
        .set(t::ACTION, visit.url(path))
        .set(t::TABLE, core::table(visit, table_of(visit, list)))
        .set(t::PAGER, core::pager(visit, visit.query["vor"].empty() ? "" : visit.with("vor", ""), next, ""));
    fill_filters(visit, values);
    return visit.page({.title = visit.tr("Record"), .navigation = path, .kind = "admin", .admin = true}, t::file,
                      values);
}

// Piece by piece, so that a long record costs no memory. With the hashes, so that others can check the chain.
http::Response audit_csv(Visit& visit) {
    http::Response response;
    response.headers.set("Content-Type", "text/csv; charset=utf-8");
    response.headers.set("Content-Disposition", "attachment; filename=\"protokoll.csv\"");
    auto csv = std::make_shared<tables::CsvWriter>();
    const auto& language = visit.language;
    csv->row({language.tr("No."), language.tr("When"), language.tr("Who"), language.tr("What"), "action", "module",
              "item", language.tr("Details"), "previous_hash", "hash"});
    response.producer = [house = &visit.house, language = &language, csv, chain = chain_of(visit),
                         filter = filter_of(visit)](std::string& out) mutable {
        std::size_t found = 0;
        house->database->read([&](db::Tx& tx) {
            const auto list = core::audit_entries(tx, chain, filter, per_piece);
            found = list.size();
            for (const auto& e : list) {
                csv->row({std::to_string(e.number), to_iso(e.at), person_name(tx, *language, e.by),
                          action_words(*house, *language, e.action), e.action, e.module, std::to_string(e.item),
                          e.details, e.previous_hash, e.hash});
                filter.before = e.number;
            }
        });
        out += csv->take();
        return found == std::size_t(per_piece);
    };
    return response;
}

}  // namespace

core::Manifest audit_manifest() {
    using http::Method;
    core::Manifest m;
    m.actions = {{read_audit, {Role::admin, Role::coordinator, Role::operator_}}};
    m.routes = {
        {.method = Method::get, .pattern = path, .permission = read_audit, .handler = audit_page, .cacheable = false},
        {.method = Method::get,
         .pattern = "/verwaltung/protokoll.csv",
         .permission = read_audit,
         .handler = audit_csv,
         .kind = core::RouteKind::data,
         .cacheable = false}};
    m.navigation = {{core::Navigation::Place::admin, path, tr_noop("Record"), 920, read_audit, "history", "Settings"}};
    return m;
}

}  // namespace mitwirken::app
