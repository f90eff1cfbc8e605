// The settings of a municipality: names, languages, colours with a preview, and what the modules have to set. The
// preview shows colours that are not saved: they stand in the address of a style sheet of its own, because the security
// policy lets no style stand in a page.
#include <fmt/format.h>

#include "app/operation.h"
#include "app/templates.h"
#include "core/forms/forms.h"
#include "core/visit.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"

namespace mitwirken::app {

namespace {

using core::Visit;
constexpr std::string_view settle = "app.settings";
constexpr std::size_t longest_setting = 2000;
const std::string path = "/verwaltung/einstellungen", sample_path = path + "/farben.css";

core::PageHead head_of(const std::string& title) { return {.title = title, .kind = "admin", .admin = true}; }

struct Colour {
    const char* name;
    std::string core::Theme::*place;
    Message label;
};
const std::vector<Colour>& colours() {
    using core::Theme;
    static const std::vector<Colour> list = {
        {"primary", &Theme::primary, tr_noop("Main colour")},
        {"primary_deep", &Theme::primary_deep, tr_noop("Dark area")},
        {"primary_light", &Theme::primary_light, tr_noop("Light area")},
        {"accent", &Theme::accent, tr_noop("Accent")},
        {"primary_dark", &Theme::primary_dark, tr_noop("Main colour on dark pages")},
        {"primary_deep_dark", &Theme::primary_deep_dark, tr_noop("Dark area on dark pages")},
        {"primary_light_dark", &Theme::primary_light_dark, tr_noop("Light area on dark pages")},
        {"accent_dark", &Theme::accent_dark, tr_noop("Accent on dark pages")}};
    return list;
}

core::Theme theme_of(const Form& form) {
    core::Theme theme;
    for (const auto& colour : colours()) theme.*colour.place = lower_ascii(trimmed(form[colour.name]));
    return theme;
}

Form settings_form(Visit& visit) {
    const auto& tenant = visit.tenant;
    Form form;
    form.set("name", tenant.name);
    form.set("site_name", tenant.site_name);
    for (const auto& code : tenant.languages) form.add("languages", code);
    for (const auto& colour : colours()) form.set(colour.name, tenant.theme.*colour.place);
    for (const auto& module : visit.house.modules)
        for (const auto& setting : module.settings) form.set(setting.key, visit.setting(setting.key));
    return form;
}

std::string colour_label(const Visit& visit, std::string_view name) {
    for (const auto& colour : colours())
        if (colour.name == name) return visit.tr(colour.label);
    return "";
}

// What is seen on what: "Main colour on Light area", "Accent on dark pages: dark text".
std::string pair_words(const Visit& visit, const core::ContrastPair& pair) {
    const std::string colour = colour_label(visit, pair.field);
    if (!pair.against_field.empty())
        return visit.tr(
            tr_noop("{area} under {text}", {{"area", colour}, {"text", colour_label(visit, pair.against_field)}}));
    const bool on_white = pair.against == "#ffffff";
    return visit.tr(on_white ? tr_noop("{colour} with white", {{"colour", colour}})
                             : tr_noop("{colour} with black", {{"colour", colour}}));
}

html::SafeHtml sample(Visit& visit, const Form& form) {
    namespace t = tpl::theme_sample;
    const core::Theme theme = theme_of(form);
    Form query;
    for (const auto& colour : colours()) query.add(colour.name, theme.*colour.place);
    html::Values values;
    values.set(t::CSS_URL, visit.url(sample_path) + "?" + to_query(query));
    for (const auto& [mode, label] :
         {std::pair{"light", tr_noop("Light page")}, std::pair{"dark", tr_noop("Dark page")}})
        values.add(t::SAMPLE)
            .set(t::MODE, mode)
            .set(t::SITE_NAME, visit.tenant.site_name)
            .set(t::LABEL, visit.tr(label));
    for (const auto& pair : core::contrast_pairs(theme)) {
        if (!core::is_colour(pair.colour) || !core::is_colour(pair.against)) continue;
        const double ratio = core::contrast(pair.colour, pair.against);
        auto line = values.add(t::PAIR)
                        .set(t::FIELD, pair.field)
                        .set(t::AGAINST, pair.against_field.empty() ? pair.against : std::string(pair.against_field))
                        .set(t::LEAST, fmt::format("{}", pair.least))
                        .set(t::RATIO, visit.language.number(ratio, 1) + " : 1")
                        .set(t::LABEL, pair_words(visit, pair));
        line.show(ratio < pair.least ? t::FAILS : t::HOLDS);
    }
    return html::render_part(t::file, values, visit.language);
}

// What the sample shows; a colour that is none stays the municipality's own.
http::Response sample_css(Visit& visit) {
    core::Theme theme = visit.tenant.theme;
    for (const auto& colour : colours())
        if (const std::string asked = lower_ascii(visit.query[colour.name]); core::is_colour(asked))
            theme.*colour.place = asked;
    const auto tokens = [](const std::string& primary, const std::string& deep, const std::string& light,
                           const std::string& accent) {
        return fmt::format("--tenant-primary:{};--tenant-primary-deep:{};--tenant-primary-light:{};--tenant-accent:{}",
                           primary, deep, light, accent);
    };
    http::Response response;
    response.headers.set("Content-Type", "text/css; charset=utf-8");
    response.body = ".theme-sample--light{" +
                    tokens(theme.primary, theme.primary_deep, theme.primary_light, theme.accent) +
                    ";background:#fff;color:#171a1c}.theme-sample--dark{" +
                    tokens(theme.primary_dark, theme.primary_deep_dark, theme.primary_light_dark, theme.accent_dark) +
                    ";background:#171a1c;color:#fff}.theme-sample__mark{background:var(--tenant-accent);color:#1c1a10}"
                    ".theme-sample--light .theme-sample__button{background:var(--tenant-primary);color:#fff}"
                    ".theme-sample--dark .theme-sample__button{background:var(--tenant-primary);color:#171a1c}";
    return response;
}

void add_setting(core::FormView& form, const core::Setting& setting) {
    using Kind = core::Setting::Kind;
    const std::string key(setting.key);
    if (setting.kind == Kind::on_off)
        form.check(key, setting.label).hint(setting.hint);
    else if (setting.kind == Kind::long_text)
        form.area(key, setting.label).hint(setting.hint).optional();
    else if (setting.kind == Kind::email)
        form.email(key, setting.label).hint(setting.hint).optional();
    else if (setting.kind == Kind::url)
        form.url(key, setting.label).hint(setting.hint).optional();
    else if (setting.kind == Kind::number)
        form.number(key, setting.label).hint(setting.hint);
    else
        form.text(key, setting.label).hint(setting.hint).optional();
}

html::SafeHtml settings_fields(Visit& visit, const Form& values, const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.hidden("_version", std::to_string(visit.tenant.version));
    form.text("name", tr_noop("Name of the municipality")).limit(100);
    form.text("site_name", tr_noop("Name of the site")).limit(100);
    std::vector<core::Option> languages;
    for (const auto* language : i18n::languages()) languages.push_back({language->code(), language->name()});
    form.choices("languages", tr_noop("Languages"), languages)
        .hint(tr_noop("German is always the first. Easy language and Arabic hold the most important texts; what is not "
                      "translated yet appears in German, or in Arabic pages in English."));
    form.heading(tr_noop("Colours"));
    for (const auto& colour : colours()) {
        auto& field = form.colour(colour.name, colour.label).limit(7);
        if (std::string_view(colour.name) == "primary")
            field.hint(
                tr_noop("For links and buttons; at least 4.5:1 on white. As # and six digits, such as #0b4a55."));
    }
    form.part(sample(visit, values));
    form.heading(tr_noop("Further settings"));
    for (const auto& module : visit.house.modules)
        for (const auto& setting : module.settings) add_setting(form, setting);
    return form.html(
        {.action = path, .buttons = {{.name = "preview", .value = "yes", .label = tr_noop("Show preview")}}});
}

// What the kinds of settings ask for; an empty text means that the setting is not used.
void check_settings(const Visit& visit, Problems& problems) {
    using Kind = core::Setting::Kind;
    for (const auto& module : visit.house.modules)
        for (const auto& setting : module.settings) {
            const std::string key(setting.key), value = trimmed(visit.form[key]);
            core::need_short(problems, key, visit.form[key], longest_setting);
            if (setting.kind == Kind::number) {
                const auto number = to_int(value);
                if (!number || *number < 1) problems.add(key, tr_noop("Please give a whole number from 1."));
            } else if (setting.kind == Kind::email && !value.empty() && !mail::is_address(value)) {
                problems.add(key, tr_noop("Please give an e-mail address such as name@example.org."));
            } else if (setting.kind == Kind::url && !value.empty() && !is_web_address(value)) {
                problems.add(key, tr_noop("Please give an address that begins with https://."));
            }
        }
}

html::SafeHtml content(Visit& visit, const Form& values, const Problems& problems) {
    namespace t = tpl::simple;
    html::Values page;
    page.set(t::HEAD, core::admin_head(visit, {.title = visit.tr("Settings"),
                                               .links = {{"/verwaltung/logo", visit.tr("Logo"), "image"}}}))
        .set(t::LIST, settings_fields(visit, values, problems));
    return html::render_part(t::file, page, visit.language);
}

http::Response settings_page(Visit& visit) {
    return visit.page(head_of(visit.tr("Settings")), content(visit, settings_form(visit), {}));
}

void check_names(const Visit& visit, const core::Tenant& tenant, Problems& problems) {
    if (tenant.name.empty()) problems.add("name", tr_noop("Please give a name."));
    if (tenant.site_name.empty()) problems.add("site_name", tr_noop("Please give a name."));
    for (const char* name : {"name", "site_name"}) core::need_short(problems, name, visit.form[name], 100);
}

// What the form says, or why not.
Result<core::Tenant> read_tenant(const Visit& visit) {
    core::Tenant tenant = visit.tenant;
    Problems problems;
    tenant.name = trimmed(visit.form["name"]);
    tenant.site_name = trimmed(visit.form["site_name"]);
    check_names(visit, tenant, problems);
    // In the order of the switch, whatever the order of the form.
    tenant.languages = {"de"};
    for (const auto* language : i18n::languages())
        if (language->code() != "de" && visit.form.has("languages", language->code()))
            tenant.languages.push_back(language->code());
    tenant.theme = theme_of(visit.form);
    if (const auto checked = core::check_theme(tenant.theme); !checked) problems.append(checked.problems());
    check_settings(visit, problems);
    if (visit.form["_version"] != std::to_string(visit.tenant.version))
        problems.add("",
                     tr_noop("In the meantime somebody else has changed the settings. Please compare and save again."));
    if (problems.any()) return problems;
    return tenant;
}

http::Response save_settings(Visit& visit) {
    if (visit.form["preview"] == "yes")
        return visit.page(head_of(visit.tr("Settings")), content(visit, visit.form, {}));
    const auto tenant = read_tenant(visit);
    if (!tenant)
        return core::show_again(visit, head_of(visit.tr("Settings")), content(visit, visit.form, tenant.problems()));
    core::save_tenant(visit.tx, *tenant, visit.now);
    for (const auto& module : visit.house.modules)
        for (const auto& setting : module.settings) {
            const std::string key(setting.key);
            std::string value = trimmed(visit.form[key]);
            if (setting.kind == core::Setting::Kind::on_off) value = visit.form[key] == "on" ? "on" : "off";
            if (value != visit.setting(key)) core::set_setting(visit.tx, tenant->id, key, value);
        }
    visit.record("settings.changed", {"app", tenant->id.value});
    visit.touch("tenant");
    visit.house.versions.raise_at_commit(visit.tx, {}, "tenants");
    return visit.go(path, tr_noop("Saved."));
}

}  // namespace

core::Manifest settings_manifest() {
    using http::Method;
    core::Manifest m;
    m.actions = {{settle, {core::Role::admin}}};
    m.recorded = {{"settings.changed", tr_noop("Settings changed")}};
    m.routes = {
        {.method = Method::get, .pattern = path, .permission = settle, .handler = settings_page, .cacheable = false},
        {.method = Method::post, .pattern = path, .permission = settle, .handler = save_settings, .cacheable = false},
        {.method = Method::get,
         .pattern = sample_path,
         .permission = settle,
         .handler = sample_css,
         .kind = core::RouteKind::data,
         .cacheable = false}};
    m.navigation = {{core::Navigation::Place::admin, path, tr_noop("Settings"), 910, settle, "settings", "Settings"}};
    return m;
}

}  // namespace mitwirken::app
