// The municipality's logo: one picture, encoded anew like every picture, shown in the head of each page.
#include <nlohmann/json.hpp>

#include "app/assets.h"
#include "app/operation.h"
#include "app/templates.h"
#include "core/attachments/attachments.h"
#include "core/forms/forms.h"
#include "core/visit.h"
#include "platform/base/text.h"

namespace mitwirken::app {

namespace {

using core::Visit;
constexpr std::string_view settle = "app.settings";
const std::string path = "/verwaltung/logo";

// What stands in the head of each page now.
html::SafeHtml shown_now(const Visit& visit) {
    namespace t = tpl::logo_now;
    html::Values values;
    const bool own = visit.tenant.logo != 0;
    values.set(t::URL, own ? "/logo?" + std::to_string(visit.tenant.version) : asset_url("img/mark.svg"))
        .set(t::TEXT, visit.tr(own ? tr_noop("This logo is shown now.")
                                   : tr_noop("The drawn mark is shown now; you have not chosen a logo yet.")));
    return html::render_part(t::file, values, visit.language);
}

html::SafeHtml content(Visit& visit, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.part(shown_now(visit));
    form.file("files", tr_noop("Picture"))
        .takes("image/png,image/jpeg,image/webp")
        .hint(tr_noop("PNG, JPEG or WebP, best square, from 100 × 100 pixels. It stands beside the name of the site."));
    core::FormOptions options{.action = path, .has_files = true};
    if (visit.tenant.logo)
        options.buttons = {
            {.name = "remove", .value = "yes", .label = tr_noop("Use the drawn mark again"), .danger = true}};
    namespace t = tpl::simple;
    html::Values values;
    values
        .set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Logo"),
                                               .crumbs = {{visit.tr("Settings"), "/verwaltung/einstellungen"}}}))
        .set(t::LIST, form.html(options));
    return html::render_part(t::file, values, visit.language);
}

core::PageHead head_of(const Visit& visit) {
    return {.title = visit.tr("Logo"), .navigation = "/verwaltung/einstellungen", .kind = "admin", .admin = true};
}

// The logo there was goes; `logo` is the new one, 0 = the drawn mark.
void change_logo(Visit& visit, std::int64_t logo) {
    if (visit.tenant.logo) core::detach(visit.tx, visit.tenant.id, core::AttachmentId{visit.tenant.logo}, visit.now);
    core::Tenant tenant = visit.tenant;
    tenant.logo = logo;
    core::save_tenant(visit.tx, tenant, visit.now);
    visit.record("settings.changed", {"app", tenant.id.value}, "logo");
    visit.touch("tenant");
    visit.house.versions.raise_at_commit(visit.tx, {}, "tenants");
}

http::Response logo_page(Visit& visit) { return visit.page(head_of(visit), content(visit, {})); }

http::Response save_logo(Visit& visit) {
    if (visit.form["remove"] == "yes") {
        change_logo(visit, 0);
        return visit.go(path, tr_noop("Saved."));
    }
    Problems problems;
    const auto* files = visit.prepared<core::TakenFiles>();
    if (files && !*files) problems.append(files->problems());
    if (!problems.any() && (!files || (*files)->empty())) problems.add("files", tr_noop("Please choose a picture."));
    if (!problems.any() && !starts_with((*files)->front().stored.type, "image/"))
        problems.add("files", tr_noop("This is not a picture. Please choose a PNG, JPEG or WebP file."));
    if (problems.any()) return core::show_again(visit, head_of(visit), content(visit, problems));
    const auto id = core::attach(visit.tx, visit.tenant.id, {"app", visit.tenant.id.value}, (*files)->front(),
                                 visit.actor.account, visit.now);
    change_logo(visit, id.value);
    return visit.go(path, tr_noop("Saved."));
}

}  // namespace

core::Manifest logo_manifest() {
    using http::Method;
    core::Manifest m;
    m.routes = {
        {.method = Method::get, .pattern = path, .permission = settle, .handler = logo_page, .cacheable = false},
        {.method = Method::post,
         .pattern = path,
         .permission = settle,
         .handler = save_logo,
         .prepare = [](core::Preparation& p) { core::take_files(p, "logo"); },
         .cacheable = false},
    };
    return m;
}

}  // namespace mitwirken::app
