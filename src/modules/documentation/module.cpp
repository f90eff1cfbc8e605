// What the house needs to know of documentations; see core/manifest.h.
#include <nlohmann/json.hpp>

#include "core/attachments/attachments.h"
#include "core/editorial/refresh.h"
#include "core/house.h"
#include "core/item_names.h"
#include "core/manifest.h"
#include "modules/documentation/pages.h"
#include "platform/base/text.h"

namespace mitwirken::documentation {

namespace {

using core::Role;
using core::Route;
using core::RouteKind;
using http::Method;
using Handler = http::Response (*)(core::Visit&);

Route get(std::string_view pattern, Handler handler, RouteKind kind = RouteKind::page) {
    return {.method = Method::get, .pattern = pattern, .permission = core::everyone, .handler = handler, .kind = kind};
}
Route staff(Method method, std::string_view pattern, Handler handler) {
    return {.method = method, .pattern = pattern, .permission = edit_action, .handler = handler, .cacheable = false};
}

std::vector<Route> routes() {
    Route list = get("/api/v1/documentations", api_list, RouteKind::api),
          one = get("/api/v1/documentations/{key}", api_one, RouteKind::api);
    describe_api(list, one);
    Route widget = get("/einbetten/ergebnisse", widget_page), card = get("/einbetten/ergebnisse/{key}", widget_card);
    widget.embeddable = card.embeddable = true;
    Route make = staff(Method::post, "/verwaltung/dokumentationen/neu", create),
          save_head = staff(Method::post, "/verwaltung/dokumentationen/{id}", update);
    make.prepare = save_head.prepare = [](core::Preparation& p) {
        if (!p.form.has("add") && !p.form.has("remove") && check_head(p.form)) core::take_files(p, "document");
    };
    return {get("/ergebnisse", list_page),
            get("/ergebnisse.rss", feed, RouteKind::data),
            get("/ergebnisse.atom", feed, RouteKind::data),
            get("/ergebnisse/{key}", document_page),
            get("/ergebnisse/{key}/druck", print_page),
            widget,
            card,
            list,
            one,
            staff(Method::get, "/verwaltung/dokumentationen", admin_page),
            staff(Method::get, "/verwaltung/dokumentationen/neu", new_page),
            make,
            staff(Method::get, "/verwaltung/dokumentationen/{id}", edit_page),
            save_head,
            staff(Method::post, "/verwaltung/dokumentationen/{id}/stand", step),
            staff(Method::post, "/verwaltung/dokumentationen/{id}/ordnen", order),
            staff(Method::get, "/verwaltung/dokumentationen/{id}/vorschau", preview_page),
            staff(Method::get, "/verwaltung/dokumentationen/{id}/versionen", versions),
            staff(Method::get, "/verwaltung/dokumentationen/{id}/{kind}/{part}", part_page),
            staff(Method::post, "/verwaltung/dokumentationen/{id}/{kind}/{part}", save_part)};
}

void bring(db::Tx& tx, core::TenantId tenant, DocumentId id, Timestamp now) {
    if (const auto document = find(tx, tenant, id)) index(tx, tenant, load(tx, *document), now);
}

void each_published(db::Tx& tx, core::TenantId tenant, Timestamp now, const std::function<void(const Whole&)>& use) {
    DocumentId after;
    for (auto page = public_list(tx, tenant, after, now, 50); !page.empty();
         page = public_list(tx, tenant, after, now, 50)) {
        for (const auto& document : page) use(load(tx, document));
        after = page.back().id;
    }
}

std::vector<core::RecordedAction> recorded() {
    return {{"documentation.create", tr_noop("Documentation written")},
            {"documentation.save", tr_noop("Documentation changed")},
            {"documentation.part", tr_noop("Part of a documentation changed")},
            {"documentation.order", tr_noop("Parts of a documentation put in order")},
            {"documentation.publish", tr_noop("Documentation released")},
            {"documentation.hand_in", tr_noop("Documentation handed in")},
            {"documentation.agree", tr_noop("Documentation agreed")},
            {"documentation.return", tr_noop("Documentation given back")},
            {"documentation.archive", tr_noop("Documentation put aside")},
            {"documentation.restore", tr_noop("Documentation made a draft again")}};
}

}  // namespace

core::Manifest manifest() {
    using Place = core::Navigation::Place;
    core::Manifest m;
    m.name = "documentation";
    m.title = tr_noop("Results");
    m.recorded = recorded();
    m.name_items =
        core::names_by_number("documentation_document", "title", "/verwaltung/dokumentationen/", edit_action);
    m.actions = {{edit_action, {Role::admin, Role::coordinator, Role::editor}, true},
                 {publish_action, {Role::admin, Role::coordinator}}};
    m.routes = routes();
    m.api_schemas = api_schemas();
    m.navigation = {{Place::main, "/ergebnisse", tr_noop("Results"), 30},
                    {Place::admin, "/verwaltung/dokumentationen", tr_noop("Documentations"), 55, edit_action,
                     "check-circle", tr_noop("Contents").id}};
    m.personal = {
        {"documentation_document", "changed_by", "who changed a documentation last", "until the account is erased"}};
    m.export_person = export_person;
    m.erase_person = [](db::Tx& tx, core::AccountId account, Timestamp) { forget_person(tx, account); };
    m.visible = [](core::Visit& visit, std::int64_t item) {
        const auto document = find(visit.tx, visit.tenant.id, DocumentId{item});
        return document &&
               (core::is_public(document->schedule(), visit.now) || visit.may(edit_action, document->organisation));
    };
    m.teasers = teasers;
    m.tasks = [](core::Visit& visit) -> std::vector<core::Task> {
        if (!visit.may(publish_action)) return {};
        return {{tr_noop("Documentations that wait for release"), handed_in(visit.tx, visit.tenant.id),
                 "/verwaltung/dokumentationen"}};
    };
    m.public_paths = [](core::Visit& visit) {
        std::vector<std::string> paths;
        for (const auto& document : public_list(visit.tx, visit.tenant.id, {}, visit.now, 5000))
            paths.push_back("/ergebnisse/" + document.key);
        return paths;
    };
    m.jobs["documentation.refresh"] = core::refresh_job<DocumentId>("documentation", tenant_of, bring);
    m.example = load_example;
    m.export_data = [](db::Tx& tx, core::TenantId tenant, const std::function<void(std::string_view)>& write) {
        bool first = true;
        write("[");
        // Whatever is public at some time; the clock of an export is the end of time.
        each_published(tx, tenant, Timestamp{std::chrono::milliseconds{253402300798000}}, [&](const Whole& whole) {
            write((first ? "" : ",\n") + to_json(whole).dump());
            first = false;
        });
        write("]");
    };
    m.reindex = [](db::Tx& tx, core::TenantId tenant, Timestamp now) {
        each_published(tx, tenant, now, [&](const Whole& whole) { index(tx, tenant, whole, now); });
    };
    return m;
}

}  // namespace mitwirken::documentation
