// The manifest of the toolbox (Instrumentenkoffer).
#include "core/attachments/attachments.h"
#include "core/audit/audit.h"
#include "core/manifest.h"

#include <nlohmann/json.hpp>

#include "modules/toolbox/pages.h"

namespace mitwirken::toolbox {

namespace {

using core::everyone;
using core::Role;
using core::RouteKind;
using Handler = http::Response (*)(core::Visit&);

core::Route page(std::string_view pattern, Handler handler) {
    return {.method = http::Method::get, .pattern = pattern, .permission = everyone, .handler = handler};
}
core::Route data(std::string_view pattern, Handler handler) {
    return {.method = http::Method::get,
            .pattern = pattern,
            .permission = everyone,
            .handler = handler,
            .kind = RouteKind::data};
}
core::Route staff(http::Method method, std::string_view pattern, Handler handler,
                  std::string_view permission = edit_action) {
    return {.method = method, .pattern = pattern, .permission = permission, .handler = handler, .cacheable = false};
}

std::vector<core::Teaser> teasers(core::Visit& visit, const core::TeaserQuery& query) {
    std::vector<core::Teaser> list;
    if (query.section != "formats" || !query.terms.empty()) return list;
    for (const auto& line : newest(visit.tx, visit.tenant.id, query.count))
        list.push_back({.kind = "format",
                        .title = title_in(visit, line.title, line.title_en),
                        .summary = title_in(visit, line.summary, line.summary_en),
                        .url = "/instrumente/" + line.key,
                        .has_english = !line.title_en.empty()});
    return list;
}

std::vector<core::Task> tasks(core::Visit& visit) {
    if (!visit.may(publish_action)) return {};
    return {{tr_noop("Formats handed in"), count_formats(visit.tx, visit.tenant.id, State::handed_in),
             "/verwaltung/instrumente?stand=handed_in"},
            {tr_noop("Experiences handed in"), count_reports(visit.tx, visit.tenant.id, ReportState::handed_in),
             "/verwaltung/erfahrungen?stand=handed_in"}};
}

// Reports have negative numbers, see ref_of; their files are public with the report, if its format is.
bool visible(core::Visit& visit, std::int64_t item) {
    if (item > 0) {
        const auto format = find_format(visit.tx, visit.tenant.id, FormatId{item});
        return format && may_see(visit, *format);
    }
    const auto report = find_report(visit.tx, visit.tenant.id, ReportId{-item});
    if (!report || report->state == ReportState::unconfirmed) return false;
    if (report->owner ? visit.may(edit_action, report->owner) : visit.may(publish_action)) return true;
    const auto format = report->format ? find_format(visit.tx, visit.tenant.id, *report->format) : std::nullopt;
    return report->state == ReportState::published && format && may_see(visit, *format);
}

std::vector<std::string> public_paths(core::Visit& visit) {
    // A site map holds at most 50,000 addresses.
    std::vector<std::string> paths{"/instrumente", "/instrumente/finden"};
    for (const auto& key : public_keys(visit.tx, visit.tenant.id, 20000)) paths.push_back("/instrumente/" + key);
    return paths;
}

void add_brochure_routes(std::vector<core::Route>& routes) {
    const auto post = [](std::string_view pattern, Handler handler) {
        return core::Route{
            .method = http::Method::post, .pattern = pattern, .permission = everyone, .handler = handler};
    };
    for (auto& route : {page("/instrumente/broschuere", brochure_page), post("/instrumente/broschuere", order_brochure),
                        page("/instrumente/broschuere/auftrag/{token}", brochure_order_page),
                        post("/instrumente/broschuere/auftrag/{token}", stop_brochure),
                        data("/instrumente/broschuere/auftrag/{token}/pdf", brochure_pdf)})
        routes.push_back(route);
}

std::vector<core::Route> routes() {
    using http::Method;
    core::Route save = staff(Method::post, "/verwaltung/instrumente/{key}", save_format);
    save.prepare = [](core::Preparation& p) { core::take_files(p, "material"); };
    core::Route import = staff(Method::post, "/verwaltung/instrumente-einlesen", import_form, publish_action);
    import.prepare = read_import;
    core::Route report = staff(Method::post, "/verwaltung/erfahrungen/{id}", save_report_form);
    report.prepare = [](core::Preparation& p) { core::take_files(p, "material"); };
    core::Route send{.method = Method::post,
                     .pattern = "/instrumente/erfahrung",
                     .permission = everyone,
                     .handler = send_association_report,
                     .prepare = take_association_files};
    core::Route widget = page("/einbetten/instrumente", widget_page),
                card = page("/einbetten/instrumente/{key}", widget_card);
    widget.embeddable = card.embeddable = true;
    core::Route all = page("/api/v1/toolbox/formats", api_list), one = page("/api/v1/toolbox/formats/{key}", api_one);
    all.kind = one.kind = RouteKind::api;
    describe_api(all, one);
    return {page("/instrumente", list_page),
            page("/instrumente/vergleich", compare_page),
            page("/instrumente/finden", finder_page),
            page("/instrumente/erfahrung", association_page),
            send,
            page("/instrumente/erfahrung/gesendet", association_sent_page),
            page("/instrumente/erfahrung/{token}", confirmation_page),
            {.method = Method::post,
             .pattern = "/instrumente/erfahrung/{token}",
             .permission = everyone,
             .handler = confirm_report},
            page("/instrumente/{key}", detail_page),
            page("/instrumente/{key}/drucken", print_page),
            data("/instrumente/{key}/pdf", pdf),
            data("/instrumente.json", json_list),
            data("/instrumente.csv", csv_list),
            data("/instrumente.rss", rss),
            data("/instrumente.atom", rss),
            widget,
            card,
            all,
            one,
            staff(Method::get, "/verwaltung/instrumente", managed_page),
            staff(Method::get, "/verwaltung/instrumente/{key}", edit_page),
            save,
            staff(Method::get, "/verwaltung/instrumente/{key}/vorschau", preview_page),
            staff(Method::get, "/verwaltung/instrumente/{key}/versionen", versions),
            staff(Method::post, "/verwaltung/instrumente/{key}/stand", change_state),
            staff(Method::get, "/verwaltung/instrumente-einlesen", import_page, publish_action),
            import,
            staff(Method::get, "/verwaltung/erfahrungen", reports_page),
            staff(Method::get, "/verwaltung/erfahrungen/{id}", report_page),
            report,
            staff(Method::post, "/verwaltung/erfahrungen/{id}/stand", report_state),
            staff(Method::get, "/verwaltung/erfahrungen/{id}/versionen", report_versions)};
}

// Formats by their number, experiences by the negative of theirs.
std::map<std::int64_t, core::NamedItem> name_items(core::Visit& visit, const std::vector<std::int64_t>& items) {
    std::map<std::int64_t, core::NamedItem> names;
    std::vector<std::int64_t> formats, reports;
    for (const auto item : items) (item < 0 ? reports : formats).push_back(item < 0 ? -item : item);
    const bool linked = visit.may(edit_action).allowed;
    const auto tenant = visit.tenant.id;
    auto titles = core::titles_of(visit.tx, tenant, "toolbox_format", "title", formats);
    for (const auto& [id, key] : core::titles_of(visit.tx, tenant, "toolbox_format", "key", formats))
        names[id] = {titles[id], linked ? "/verwaltung/instrumente/" + key : ""};
    for (auto& [id, title] : core::titles_of(visit.tx, tenant, "toolbox_report", "title", reports))
        names[-id] = {std::move(title), linked ? "/verwaltung/erfahrungen/" + std::to_string(id) : ""};
    return names;
}

}  // namespace

core::Manifest manifest() {
    core::Manifest m;
    m.name = "toolbox";
    m.title = tr_noop("Toolbox");
    m.recorded = {{"toolbox.created", tr_noop("Format written")},
                  {"toolbox.changed", tr_noop("Format changed")},
                  {"toolbox.state", tr_noop("State of a format changed")},
                  {"toolbox.imported", tr_noop("Formats imported")},
                  {"toolbox.created_from_report", tr_noop("Format made from an experience")},
                  {"toolbox.report_created", tr_noop("Experience written")},
                  {"toolbox.report_changed", tr_noop("Experience changed")},
                  {"toolbox.report_state", tr_noop("State of an experience changed")},
                  {"toolbox.report_contact_removed", tr_noop("Contact of an experience removed")},
                  {"toolbox.report_handed_in_by_association", tr_noop("Experience handed in by an association")}};
    m.name_items = name_items;
    m.actions = {{edit_action, {Role::admin, Role::coordinator, Role::editor}, true},
                 {publish_action, {Role::admin, Role::coordinator}}};
    m.settings = {{.key = associations_setting,
                   .kind = core::Setting::Kind::on_off,
                   .label = tr_noop("Associations may hand in experiences with formats"),
                   .hint = tr_noop("By a public form without an account; each sending is confirmed by e-mail and read "
                                   "by the participation office before anything is public."),
                   .initial = "off"}};
    m.jobs = {{"toolbox.remove_unconfirmed", remove_unconfirmed_job},
              {"toolbox.forget_contact", forget_contact_job},
              {"toolbox.brochure", make_brochure_job},
              {"toolbox.forget_brochures", forget_brochures_job}};
    m.routes = routes();
    add_brochure_routes(m.routes);
    m.api_schemas = api_schemas();
    using Place = core::Navigation::Place;
    m.navigation = {
        {Place::main, "/instrumente", tr_noop("Toolbox"), 40},
        {Place::admin, "/verwaltung/instrumente", tr_noop("Toolbox"), 100, edit_action, "toolbox", "Contents"},
        {Place::admin, "/verwaltung/erfahrungen", tr_noop("Experiences"), 110, edit_action, "comment", "Contents"},
        {Place::footer, "/instrumente.json", tr_noop("Toolbox as JSON"), 50, "", "", "data"},
        {Place::footer, "/instrumente.csv", tr_noop("Toolbox as CSV"), 51, "", "", "data"}};
    m.personal = {{"toolbox_report", "contact_name", "questions about a report of an association",
                   "a year, two days without confirmation, or until somebody removes it"},
                  {"toolbox_report", "contact_email", "confirmation of a report of an association, questions about it",
                   "a year, two days without confirmation, or until somebody removes it"},
                  {"toolbox_report", "author_id", "whom to ask about a report", "until the account is erased"},
                  {"toolbox_format", "created_by", "whom to ask about a format", "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId account, Timestamp) { forget_person(tx, account); };
    m.public_paths = public_paths;
    m.visible = visible;
    m.teasers = teasers;
    m.tasks = tasks;
    m.example = load_example;
    m.import_data = import_data;
    m.export_data = export_data;
    m.reindex = [](db::Tx& tx, core::TenantId tenant, Timestamp now) { refresh_all(tx, tenant, now); };
    m.figures = [](core::Visit& visit) -> std::vector<core::Task> {
        return {{tr_noop("Formats in the toolbox"), counts_of(visit.tx, visit.tenant.id).total(), "/instrumente"}};
    };
    return m;
}

}  // namespace mitwirken::toolbox
