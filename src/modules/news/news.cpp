// The rules of news: checking what was typed, states, versions, and what the search is told.
#include "modules/news/news.h"

#include "platform/base/text.h"
#include "platform/html/html.h"
#include "platform/search/search.h"

namespace mitwirken::news {

bool is_visible(const Article& article, Timestamp now) { return core::is_public(article.schedule(), now); }

Result<Article> check(const Form& form) {
    Problems problems;
    Article a;
    const auto text = [&](const char* name, std::size_t limit) {
        const std::string value = trimmed(form[name]);
        if (letters(value) > limit)
            problems.add(name, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(limit)}}));
        return value;
    };
    a.title = text("title", 200);
    a.kicker = text("kicker", 80);
    a.lead = text("lead", 600);
    a.body = text("body", 20000);
    a.source = text("source", 400);
    a.organisation = core::OrganisationId{to_int(form["organisation"]).value_or(0)};
    if (a.title.empty()) problems.add("title", tr_noop("Please give the news a title."));
    if (a.lead.empty()) problems.add("lead", tr_noop("Please say in one or two sentences what is new."));
    const auto day = parse_date(trimmed(form["day"]));
    if (day)
        a.day = *day;
    else
        problems.add("day", tr_noop("Please enter a day that exists, for example 2026-11-23."));
    const auto schedule = core::read_schedule(form, problems);
    a.publish_at = schedule.publish_at;
    a.unpublish_at = schedule.unpublish_at;
    if (problems.any()) return problems;
    return a;
}

Form to_form(const Article& a) {
    Form form;
    form.set("title", a.title), form.set("kicker", a.kicker), form.set("lead", a.lead);
    form.set("body", a.body), form.set("source", a.source), form.set("day", to_iso(a.day));
    form.set("organisation", std::to_string(a.organisation.value));
    core::write_schedule(form, a.schedule());
    return form;
}

core::Snapshot snapshot(const Article& a, const std::vector<std::string>& terms) {
    const Form form = to_form(a);
    return {{"Title", a.title},
            {"Kicker", a.kicker},
            {"Introduction", a.lead},
            {"Text", a.body},
            {"Source", a.source},
            {"Day", form["day"]},
            {"Topics and districts", join(terms, ", ")},
            {"Public from (day)", trimmed(form["publish_at_day"] + " " + form["publish_at_time"])},
            {"Public until (day)", trimmed(form["unpublish_at_day"] + " " + form["unpublish_at_time"])}};
}

void index(db::Tx& tx, core::TenantId tenant, const Article& a, Timestamp now) {
    if (!is_visible(a, now)) return search::remove(tx, "news", a.id.value);
    search::put(tx, {.tenant = tenant.value,
                     .module = "news",
                     .item = a.id.value,
                     .audience = "public",
                     .title = a.title,
                     .summary = a.lead,
                     .body = html::markdown_to_text(a.body),
                     .url = "/neuigkeiten/" + a.key,
                     .facet = "news",
                     .at = start_of(a.day)});
}

}  // namespace mitwirken::news
