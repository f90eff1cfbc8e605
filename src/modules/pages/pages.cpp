// The rules of standing pages: what may be typed, which keys and steps are possible, and what the search is told.
#include "modules/pages/pages.h"

#include <algorithm>

#include "platform/base/text.h"
#include "platform/html/html.h"
#include "platform/search/search.h"

namespace mitwirken::pages {

const std::vector<Standing>& standing_pages() {
    static const std::vector<Standing> list = {{"/ueber", "about", tr_noop("About")},
                                               {"/so-funktionierts", "how-it-works", tr_noop("How it works")},
                                               {"/impressum", "imprint", tr_noop("Legal notice")},
                                               {"/datenschutz", "privacy", tr_noop("Privacy")},
                                               {"/barrierefreiheit", "accessibility", tr_noop("Accessibility")},
                                               {"/netiquette", "netiquette", tr_noop("Rules of conduct")}};
    return list;
}

std::string path_of(const std::string& key) {
    for (const auto& page : standing_pages())
        if (page.key == key) return std::string(page.path);
    return "/seiten/" + key;
}

bool is_protected(const std::string& key) { return key == "imprint" || key == "privacy" || key == "accessibility"; }

Message place_name(Place place) {
    switch (place) {
        case Place::none:
            return tr_noop("In no menu");
        case Place::main:
            return tr_noop("Main menu");
        case Place::footer:
            return tr_noop("Footer, “About us”");
        case Place::legal:
            return tr_noop("Footer, last line");
    }
    return {};
}

Result<Page> check(const Form& form, const std::string& key, core::State state) {
    Problems problems;
    Page p;
    const auto text = [&](const char* name, std::size_t limit) {
        const std::string value = trimmed(form[name]);
        if (letters(value) > limit)
            problems.add(name, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(limit)}}));
        return value;
    };
    p.title = text("title", 200), p.title_en = text("title_en", 200);
    p.body = text("body", 50000), p.body_en = text("body_en", 50000);
    p.menu = text("menu", 40), p.menu_en = text("menu_en", 40);
    if (p.title.empty()) problems.add("title", tr_noop("Please give the page a title."));
    if (p.body.empty()) problems.add("body", tr_noop("Please write what the page says."));
    if (p.title_en.empty() && !p.body_en.empty())
        problems.add("title_en", tr_noop("The English text needs a title as well."));
    if (p.body_en.empty() && !p.title_en.empty())
        problems.add("body_en", tr_noop("There is an English title; please write the text as well."));
    const auto& places = db::Names<Place>::words;
    const auto* at = std::find(std::begin(places), std::end(places), form["place"]);
    if (at == std::end(places))
        problems.add("place", tr_noop("Please choose from the list."));
    else
        p.place = static_cast<Place>(at - std::begin(places));
    const std::string typed = trimmed(form["position"]);
    const auto position = typed.empty() ? std::optional<std::int64_t>(100) : to_int(typed);
    if (!position || *position < 0 || *position > 1000)
        problems.add("position", tr_noop("Please give a whole number from 0 to 1000."));
    p.position = position.value_or(100);
    const auto schedule = core::read_schedule(form, problems);
    p.publish_at = schedule.publish_at, p.unpublish_at = schedule.unpublish_at;
    if (is_protected(key) && p.unpublish_at)
        problems.add("unpublish_at_day", tr_noop("The law asks for this page: it cannot leave the site."));
    if (is_protected(key) && p.publish_at && state == core::State::published)
        problems.add("publish_at_day", tr_noop("The law asks for this page: it cannot leave the site."));
    if (problems.any()) return problems;
    return p;
}

Result<std::string> check_key(const Form& form) {
    const std::string& chosen = form["standing"];
    for (const auto& page : standing_pages())
        if (page.key == chosen) return std::string(page.key);
    const std::string typed = trimmed(form["key"]);
    const std::string key = slug(typed.empty() ? form["title"] : typed);
    const bool taken = std::any_of(standing_pages().begin(), standing_pages().end(),
                                   [&](const auto& page) { return page.key == key; });
    Problems problems;
    if (key.empty() || (!typed.empty() && key != typed))
        problems.add("key", tr_noop("Please use small letters, digits and hyphens only, for example “contact”."));
    else if (taken)
        problems.add("key", tr_noop("There is a page at this address already."));
    if (problems.any()) return problems;
    return key;
}

Form to_form(const Page& p) {
    Form form;
    form.set("title", p.title), form.set("title_en", p.title_en);
    form.set("body", p.body), form.set("body_en", p.body_en);
    form.set("place", std::string(db::Names<Place>::words[std::size_t(p.place)]));
    form.set("position", std::to_string(p.position));
    form.set("menu", p.menu), form.set("menu_en", p.menu_en);
    core::write_schedule(form, p.schedule());
    return form;
}

core::Snapshot snapshot(const Page& p) {
    const Form form = to_form(p);
    return {{"Title", p.title},
            {"Text", p.body},
            {"Title in English", p.title_en},
            {"Text in English", p.body_en},
            {"Menu", p.place == Place::none ? "" : form["place"] + " " + form["position"]},
            {"Name in the menu", p.menu},
            {"Name in the menu in English", p.menu_en},
            {"Public from (day)", trimmed(form["publish_at_day"] + " " + form["publish_at_time"])},
            {"Public until (day)", trimmed(form["unpublish_at_day"] + " " + form["unpublish_at_time"])}};
}

std::optional<core::State> step_of(const Page& p, const std::string& step) {
    const auto next = core::state_after(p.state, step);
    const bool leaves = p.state == core::State::published || step == "archive";
    if (next && leaves && is_protected(p.key)) return {};
    if (next == core::State::published && is_protected(p.key) && p.unpublish_at) return {};
    return next;
}

bool is_english(const Page& p, const std::string& language) { return language == "en" && !p.body_en.empty(); }

const std::string& title_in(const Page& p, const std::string& language) {
    return is_english(p, language) ? p.title_en : p.title;
}

void index(db::Tx& tx, core::TenantId tenant, const Page& p, Timestamp now) {
    if (!core::is_public(p.schedule(), now)) return search::remove(tx, "pages", p.id.value);
    search::put(tx, {.tenant = tenant.value,
                     .module = "pages",
                     .item = p.id.value,
                     .audience = "public",
                     .title = p.title,
                     .summary = "",
                     .body = html::markdown_to_text(p.body) + "\n" + html::markdown_to_text(p.body_en),
                     .url = path_of(p.key),
                     .facet = "page",
                     .at = p.changed_at});
}

}  // namespace mitwirken::pages
