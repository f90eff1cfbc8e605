// The frame of every page; see layout.h.
#include "app/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/arrival.h"
#include "app/assets.h"
#include "app/templates.h"
#include "core/cookies.h"
#include "platform/base/text.h"

namespace mitwirken::app {

namespace t = tpl::layout;
using core::Navigation;
using core::Visit;

namespace {

// A link of a menu: a fixed entry of a manifest, or one that people have made.
struct MenuEntry {
    std::string path, label, group;
    int position = 0;
};

std::vector<core::MenuLink> made_by_people(Visit& visit) {
    std::vector<core::MenuLink> links;
    for (const auto& module : visit.house.modules) {
        if (!module.menu) continue;
        visit.reads(module.name);
        for (auto& link : module.menu(visit)) links.push_back(std::move(link));
    }
    return links;
}

}  // namespace

std::vector<const Navigation*> navigation_of(const Visit& visit, Navigation::Place place) {
    std::vector<const Navigation*> list;
    for (const auto& module : visit.house.modules)
        for (const auto& entry : module.navigation)
            if (entry.place == place && (entry.permission.empty() || visit.may(entry.permission)))
                list.push_back(&entry);
    std::stable_sort(list.begin(), list.end(), [](auto* a, auto* b) { return a->position < b->position; });
    return list;
}

namespace {

std::vector<MenuEntry> menu(const Visit& visit, const std::vector<core::MenuLink>& links, Navigation::Place place) {
    std::vector<MenuEntry> list;
    for (const auto* entry : navigation_of(visit, place))
        list.push_back({std::string(entry->path), visit.tr(entry->label), std::string(entry->group), entry->position});
    for (const auto& link : links)
        if (link.place == place) list.push_back({link.path, link.label, link.group, link.position});
    std::stable_sort(list.begin(), list.end(), [](auto& a, auto& b) { return a.position < b.position; });
    return list;
}

void add_links(const Visit& visit, html::Values& values, html::Section section, const std::vector<MenuEntry>& list,
               std::string_view group) {
    for (const auto& entry : list)
        if (entry.group == group) values.add(section).set(t::URL, visit.url(entry.path)).set(t::LABEL, entry.label);
}

bool below(std::string_view path, std::string_view entry) {
    return path == entry || (entry.size() > 1 && starts_with(path, std::string(entry) + "/"));
}

void add_navigation(Visit& visit, const core::PageHead& head, html::Values& values) {
    const std::string& here = head.navigation.empty() ? visit.path : head.navigation;
    const auto links = made_by_people(visit);
    for (const auto& entry : menu(visit, links, Navigation::Place::main)) {
        auto item = values.add(t::NAV).set(t::URL, visit.url(entry.path)).set(t::LABEL, entry.label);
        item.show_if(below(here, entry.path), t::NAV_CURRENT);
    }
    const auto footer = menu(visit, links, Navigation::Place::footer);
    add_links(visit, values, t::FOOT, footer, "");
    add_links(visit, values, t::FOOT_DATA, footer, "data");
    add_links(visit, values, t::FOOT_LEGAL, footer, "legal");
    add_links(visit, values, t::HELP_LINK, menu(visit, links, Navigation::Place::help), "");
}

void add_languages(const Visit& visit, html::Values& values) {
    const std::string query = visit.request.query.empty() ? "" : "?" + visit.request.query;
    for (const auto& code : visit.tenant.languages) {
        const auto* language = i18n::find_language(code);
        if (!language) continue;
        const std::string prefix = code == visit.tenant.languages.front() ? "" : "/" + code;
        const std::string path = prefix + (prefix.empty() || visit.path != "/" ? visit.path : "") + query;
        values.add(t::ALTERNATE).set(t::HREFLANG, language->html_lang()).set(t::URL, path.empty() ? "/" : path);
        if (code == visit.language.code()) continue;
        values.add(t::LANGUAGE)
            .set(t::URL, path)
            .set(t::CODE, language->html_lang())
            .set(t::LANGUAGE_DIR, language->right_to_left() ? "rtl" : "ltr")
            .set(t::LANGUAGE_NAME, language->name());
    }
}

void add_admin_navigation(const Visit& visit, html::Values& values, html::Values& top) {
    values.set(t::ADMIN_URL, visit.url("/verwaltung")).set(t::ACCOUNT_URL, visit.url("/konto"));
    values.set(t::SIGN_OUT_URL, visit.url("/abmelden"));
    const auto list = navigation_of(visit, Navigation::Place::admin);
    std::vector<std::string_view> groups;
    for (const auto* entry : list)
        if (std::find(groups.begin(), groups.end(), entry->group) == groups.end()) groups.push_back(entry->group);
    for (const auto group : groups) {
        auto box = top.add(t::ADMIN_GROUP);
        if (!group.empty()) box.add(t::GROUP_NAME).set(t::TEXT, visit.tr(std::string(group)));
        for (const auto* entry : list) {
            if (entry->group != group) continue;
            auto item = box.add(t::ADMIN_NAV).set(t::URL, visit.url(entry->path)).set(t::LABEL, visit.tr(entry->label));
            item.set(t::ICON, entry->icon.empty() ? "file" : entry->icon);
            const bool current =
                entry->path == "/verwaltung" ? visit.path == entry->path : below(visit.path, entry->path);
            item.show_if(current, t::NAV_CURRENT);
        }
    }
}

// The notice a form left behind: in the session, or, without one, in a short cookie. Shown once.
std::string take_notice(Visit& visit, http::Response& response) {
    if (visit.session && !visit.session->notice.empty()) {
        const auto id = visit.session->id;
        auto* database = visit.house.database;
        database->write_later([id](db::Tx& tx) { core::set_notice(tx, id, ""); }, [](std::exception_ptr) {});
        return visit.session->notice;
    }
    const std::string cookie = visit.request.cookie("mw_notice");
    if (cookie.empty()) return "";
    response.headers.add("Set-Cookie", "mw_notice=; Max-Age=0" + core::cookie_end(visit.request));
    return clean(unescape_url(cookie, false).value_or(""));
}

void fill_head(const Visit& visit, const core::PageHead& head, html::Values& values) {
    const auto& tenant = visit.tenant;
    const std::string title = head.title.empty() ? tenant.site_name : head.title + " – " + tenant.site_name;
    values.set(t::LANG, visit.language.html_lang()).set(t::DIR, visit.language.right_to_left() ? "rtl" : "ltr");
    values.set(t::TITLE, head.has_errors ? visit.tr("Error: ") + title : title).set(t::KIND, head.kind);
    if (!head.description.empty()) values.add(t::DESCRIPTION).set(t::TEXT, first_letters(head.description, 200));
    values.show_if(!head.index || head.admin || head.bare, t::NO_INDEX);
    values.show_if(visit.route.embeddable, t::WIDGET);
    values.set(t::THEME_URL, fmt::format("/theme.css?{}", tenant.version));
    if (head.status == 200 && !head.admin) values.add(t::CANONICAL).set(t::URL, visit.absolute(visit.path));
    for (const auto& feed : head.feeds)
        values.add(t::FEED).set(t::TYPE, feed.type).set(t::FEED_TITLE, feed.title).set(t::URL, visit.url(feed.url));
    values.set(t::JSON_LD, head.json_ld);
    values.set(t::HOME_URL, visit.url("/")).set(t::SEARCH_URL, visit.url("/suche"));
    values.set(t::SITE_NAME, tenant.site_name).set(t::TENANT_NAME, tenant.name);
    values.set(t::LOGO_URL, tenant.logo ? fmt::format("/logo?{}", tenant.version) : asset_url("img/mark.svg"));
    values.set(t::OFFERED_BY, visit.tr(tr_noop("A service of {name}", {{"name", tenant.name}})));
    values.set(t::ABOUT, visit.setting("site.about"));
}

void fill_frame(Visit& visit, const core::PageHead& head, html::Values& values, const std::string& notice) {
    if (head.bare) return;
    if (head.admin) {
        auto top = values.add(t::ADMIN_TOP);
        add_admin_navigation(visit, values, top);
        if (!notice.empty()) top.add(t::NOTICE).set(t::TEXT, notice);
        values.show(t::ADMIN_BOTTOM);
        return;
    }
    add_navigation(visit, head, values);
    values.show(t::FRAME_TOP);
    auto top = values.add(t::MAIN_TOP);
    top.show_if(visit.language.code() != visit.tenant.languages.front(), t::LANGUAGE_NOTE);
    if (!notice.empty()) top.add(t::NOTICE).set(t::TEXT, notice);
    values.show(t::MAIN_BOTTOM);
    if (visit.signed_in() && !visit.actor.staff())
        values.add(t::MY_ACCOUNT).set(t::URL, visit.url("/konto"));
    else if (visit.signed_in())
        values.add(t::ADMIN_LINK).set(t::URL, visit.url("/verwaltung"));
    else
        values.add(t::SIGN_IN).set(t::URL, visit.url("/anmelden"));
}

// With the header "Part: id" only the element of that id is wanted; the script finds it in the bare content.
bool wants_part(const Visit& visit) { return !visit.request.headers["Part"].empty(); }

}  // namespace

http::Response layout(Visit& visit, const core::PageHead& head, const html::SafeHtml& content) {
    http::Response response = http::Response::html(head.status, "");
    response.headers.set("Content-Security-Policy", content_security_policy(visit.tenant, visit.route.embeddable));
    if (wants_part(visit)) {
        response.body = content.text();
        return response;
    }
    html::Values values;
    fill_head(visit, head, values);
    add_languages(visit, values);
    if (visit.account) values.set(t::PERSON, visit.account->name);
    // A widget sets no cookie, not even to take one back.
    fill_frame(visit, head, values, visit.route.embeddable ? "" : take_notice(visit, response));
    values.set(t::CONTENT, content);
    response.body = html::render(t::file, values, visit.language);
    return response;
}

namespace {

// What somebody wrote into a form that could not be taken: they can copy it, so nothing is lost. Secrets and the
// form's own fields are left out.
void keep_texts(const Visit& visit, html::Values& values) {
    int number = 0;
    for (const auto& [name, value] : visit.form.fields()) {
        const bool own = name.empty() || name.front() == '_' || name.find("password") != std::string::npos;
        if (own || letters(value) < 20) continue;
        values.add(tpl::error::KEPT).set(tpl::error::TEXT, value).set(tpl::error::NUMBER, ++number);
    }
}

}  // namespace

http::Response error_page(Visit& visit, int status, const Message& reason) {
    namespace e = tpl::error;
    html::Values values;
    Message title;
    Message text;
    switch (status) {
        case 403:
            title = tr_noop("You may not do this"),
            text = tr_noop("Your account does not have the right for this page.");
            break;
        case 404:
            title = tr_noop("This page does not exist"),
            text = tr_noop("Perhaps it has moved, or the address has a slip of the keyboard.");
            break;
        case 405:
            title = tr_noop("This does not work this way"),
            text = tr_noop("Please go back and use the buttons of the page.");
            break;
        case 409:
            title = reason.empty() ? tr_noop("Somebody was faster") : tr_noop("This is not possible now"),
            text = tr_noop("In the meantime this has been changed. Please go back and look at it again.");
            break;
        case 413:
            title = tr_noop("This is too large"), text = tr_noop("Please choose a smaller file.");
            break;
        case 429:
            title = tr_noop("One moment, please"),
            text = tr_noop("There were very many attempts. Please wait a little.");
            break;
        case 400:
            title = tr_noop("We did not understand this"), text = tr_noop("Please go back and check what you entered.");
            break;
        case 503:
            title = tr_noop("Very much is going on"), text = tr_noop("Please try again in a moment. Nothing is lost.");
            break;
        default:
            title = tr_noop("Something went wrong"),
            text = tr_noop("It is our mistake. We have noted it. Please try again later.");
    }
    values.set(e::TITLE, visit.tr(title)).set(e::TEXT, visit.tr(reason.empty() ? text : reason)).set(e::STATUS, status);
    values.set(e::HOME_URL, visit.url("/")).set(e::SEARCH_URL, visit.url("/suche"));
    keep_texts(visit, values);
    core::PageHead head{.title = visit.tr(title), .kind = "error", .status = status, .index = false};
    return layout(visit, head, html::render_part(e::file, values, visit.language));
}

}  // namespace mitwirken::app
