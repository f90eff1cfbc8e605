// What can be followed, and the form that begins to follow one thing.
#include <algorithm>
#include <tuple>

#include "core/access/throttle.h"
#include "core/forms/guard.h"
#include "core/procedures/records.h"
#include "core/taxonomy/taxonomy.h"
#include "following/templates.h"
#include "modules/following/pages.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"

namespace mitwirken::following {

namespace {

using core::Visit;

// A school class may sit behind one address; each sending writes to one mailbox at most.
core::Throttle& by_network(const Visit& visit) {
    return visit.house.throttles.named("following.follow", 30, std::chrono::minutes{1});
}

void add_terms(Visit& visit, html::Values& page, const std::string& tree, const char* field, html::Section list) {
    namespace t = tpl::choose;
    std::vector<core::Term> terms;
    for (auto& term : core::terms(visit.tx, visit.tenant.id, tree))
        if (!term.retired) terms.push_back(std::move(term));
    std::sort(terms.begin(), terms.end(), [&](const auto& a, const auto& b) {
        return visit.language.compare(a.name_in(visit.language.code()), b.name_in(visit.language.code())) < 0;
    });
    for (const auto& term : terms)
        page.add(list)
            .set(t::URL, visit.url(base) + "?" + field + "=" + escape_url(term.key))
            .set(t::NAME, term.name_in(visit.language.code()));
}

// Everything there is to follow; a form for a circle that was not understood stands there again with its problem.
http::Response choose_page(Visit& visit, const Problems& problems) {
    namespace t = tpl::choose;
    html::Values page;
    page.set(t::HEAD,
             core::page_head(visit, {.title = visit.tr("Follow"),
                                     .lead = visit.tr("We tell you when something happens: at once, once a day "
                                                      "or once a week. You need no account.")}));
    page.set(t::OWN_URL, visit.url(own_base)).set(t::ACTION, visit.url(base));
    page.set(t::NEWS_URL, base + "/aktuelles.rss").set(t::ATOM_URL, base + "/aktuelles.atom");
    page.set(t::CALENDAR_URL, base + "/zeitplan.ics");
    core::ProcedureFilter filter;
    filter.state = core::ProcedureState::published;
    for (const auto& procedure : core::procedures(visit.tx, visit.tenant.id, filter, 30))
        if (procedure.listed)
            page.add(t::PROCEDURE)
                .set(t::URL, visit.url(base) + "?verfahren=" + escape_url(procedure.key))
                .set(t::NAME, procedure.title);
    add_terms(visit, page, "topic", "thema", t::TOPIC);
    add_terms(visit, page, "district", "bezirk", t::DISTRICT);
    const Form values = visit.query;
    core::FormView circle(visit, values, problems);
    circle.text("ort", tr_noop("Around which place?"))
        .limit(120)
        .hint(tr_noop("The name of a city district, or coordinates such as 51.5136, 7.4653"));
    circle.select("umkreis", tr_noop("How far around it?"),
                  {{"500", visit.tr("500 metres")},
                   {"1000", visit.tr("1 km")},
                   {"2000", visit.tr("2 km")},
                   {"5000", visit.tr("5 km")}});
    page.set(t::CIRCLE, circle.html({.action = base,
                                     .submit = tr_noop("Continue"),
                                     .method = "get",
                                     .once = false,
                                     .id = "circle-form",
                                     .small_submit = true}));
    const core::PageHead head{
        .title = visit.tr("Follow"),
        .feeds = {{visit.tr("Everything that happens"), "application/rss+xml", "/folgen/aktuelles.rss"},
                  {visit.tr("Everything that happens"), "application/atom+xml", "/folgen/aktuelles.atom"},
                  {visit.tr("Steps of all procedures"), "text/calendar", "/folgen/zeitplan.ics"}},
        .kind = "list"};
    const auto content = html::render_part(t::file, page, visit.language);
    return problems.any() ? core::show_again(visit, head, content) : visit.page(head, content);
}

void add_feeds(Visit& visit, html::Values& page, core::PageHead& head, const Follow& thing, const std::string& name) {
    namespace t = tpl::follow;
    const auto feeds = feeds_of(visit, thing);
    if (feeds.news.empty()) return;
    const std::tuple<std::string, const char*, std::string> all[] = {
        {feeds.news + ".rss", "application/rss+xml", visit.tr("As a feed (RSS)")},
        {feeds.news + ".atom", "application/atom+xml", visit.tr("As a feed (Atom)")},
        {feeds.calendar, "text/calendar", visit.tr("Steps as a calendar (iCal)")}};
    for (const auto& [path, type, label] : all) {
        const bool calendar = std::string_view(type) == "text/calendar";
        head.feeds.push_back({label + ": " + name, type, path + feeds.query});
        page.add(t::FEED)
            .set(t::URL, visit.url(path) + feeds.query)
            .set(t::ICON, calendar ? "calendar-add" : "rss")
            .set(t::LABEL, label);
    }
}

http::Response form_page(Visit& visit, const Follow& thing, const Form& values, const Problems& problems) {
    namespace t = tpl::follow;
    const auto named = name_of(visit, thing);
    const std::string address = proven_address(visit);
    core::FormView form(visit, values, problems);
    const Form hidden = to_form(visit, thing);
    for (const auto& [name, value] : hidden.fields()) form.hidden(name, value);
    form.radios("rhythmus", tr_noop("How often may we write?"), rhythm_options(visit));
    if (address.empty())
        form.email("email", tr_noop("E-mail address"))
            .fill("email")
            .hint(tr_noop("We send one mail there; press the button on the page it leads to. Without that, nothing "
                          "more is sent and the address is deleted after three days."));
    core::add_guard(form, visit);
    html::Values page;
    page.set(t::HEAD, core::page_head(visit, {.title = visit.tr(tr_noop("Follow: {name}", {{"name", named.name}})),
                                              .eyebrow = named.kind,
                                              .crumbs = {{visit.tr("Follow"), base}}}));
    page.set(t::FORM, form.html({.action = base, .submit = tr_noop("Follow"), .cancel = named.url}));
    if (!address.empty()) page.add(t::KNOWN).set(t::EMAIL, address);
    page.set(t::OWN_URL, visit.url(own_base));
    core::PageHead head{.title = visit.tr(tr_noop("Follow: {name}", {{"name", named.name}})), .kind = "form"};
    head.index = false;
    add_feeds(visit, page, head, thing, named.name);
    const auto content = html::render_part(t::file, page, visit.language);
    return problems.any() ? core::show_again(visit, head, content) : visit.page(head, content);
}

std::string site_of(const Visit& visit) {
    return visit.request.scheme + "://" + std::string(visit.request.headers["host"]);
}

// What this reader follows already, confirmed or not; nothing for something new.
std::optional<Follow> same_in(const std::vector<Follow>& list, const Follow& thing, bool confirmed) {
    for (const auto& known : list)
        if (same_thing(known, thing) && bool(known.confirmed_at) == confirmed) return known;
    return {};
}

http::Response follow_at_once(Visit& visit, const std::string& address, Follow thing, const std::string& back) {
    const auto* participant = visit.participant();
    Reader reader =
        need_reader(visit.tx,
                    {visit.tenant.id, address, visit.actor.account,
                     participant ? participant->id : core::ParticipantId{}, visit.language.code(), site_of(visit)},
                    visit.now);
    reader.language = visit.language.code(), reader.site = site_of(visit);
    if (visit.actor.account) reader.account = visit.actor.account;
    if (participant) reader.participant = participant->id;
    reader.asked = 0;
    save_reader(visit.tx, reader);
    const auto known = follows_of(visit.tx, reader.id);
    if (const auto same = same_in(known, thing, true)) {
        set_rhythm(visit.tx, same->id, thing.rhythm);
        return visit.go(back, tr_noop("You follow this already; how often we write is changed."));
    }
    if (known.size() >= most_follows)
        throw Conflict(tr_noop("You follow a hundred things. Please end one of them first."));
    if (const auto waiting = same_in(known, thing, false)) end_follow(visit.tx, waiting->id);
    thing.reader = reader.id;
    thing.confirmed_at = visit.now;
    add_follow(visit.tx, visit.tenant.id, thing);
    return visit.go(back, tr_noop("You follow this now. Every mail tells you how to end it."));
}

// The answer is the same whoever the address belongs to, and whatever they follow already.
http::Response follow_by_mail(Visit& visit, const std::string& address, Follow thing, const std::string& back) {
    Reader reader =
        need_reader(visit.tx, {visit.tenant.id, address, {}, {}, visit.language.code(), site_of(visit)}, visit.now);
    const auto known = follows_of(visit.tx, reader.id);
    std::size_t waiting = 0;
    for (const auto& one : known) waiting += !one.confirmed_at;
    if (const auto same = same_in(known, thing, false)) {
        set_rhythm(visit.tx, same->id, thing.rhythm);
    } else if (waiting < most_waiting && known.size() < most_follows) {
        thing.reader = reader.id;
        add_follow(visit.tx, visit.tenant.id, thing);
    }
    ask_to_confirm(visit, reader);
    return visit.go(back, tr_noop("Almost done: we have sent you a mail. Please press the button on the page it leads "
                                  "to. If you asked a moment ago, one mail is for everything."));
}

}  // namespace

std::vector<core::Option> rhythm_options(const Visit& visit) {
    return {{"at_once", rhythm_name(visit.language, Rhythm::at_once), visit.tr("at most every ten minutes")},
            {"daily", rhythm_name(visit.language, Rhythm::daily), visit.tr("at seven in the morning")},
            {"weekly", rhythm_name(visit.language, Rhythm::weekly), visit.tr("Mondays at seven in the morning")}};
}

std::optional<Rhythm> rhythm_from(std::string_view word) {
    for (std::size_t i = 0; i < std::size(db::Names<Rhythm>::words); ++i)
        if (db::Names<Rhythm>::words[i] == word) return Rhythm(i);
    return {};
}

std::string rhythm_name(const i18n::Language& language, Rhythm rhythm) {
    switch (rhythm) {
        case Rhythm::at_once:
            return language.tr("At once");
        case Rhythm::daily:
            return language.tr("Once a day");
        case Rhythm::weekly:
            return language.tr("Once a week");
    }
    return "";
}

http::Response follow_page(Visit& visit) {
    Form asked = visit.query;
    if (asked.has("ort") && asked["lon"].empty() && asked["lat"].empty()) {
        const auto centre = look_up(visit, asked["ort"]);
        if (!centre) {
            Problems problems;
            problems.add("ort", tr_noop("We do not know this place. Please give a city district or coordinates."));
            return choose_page(visit, problems);
        }
        asked.set("lon", std::to_string(centre->point.lon));
        asked.set("lat", std::to_string(centre->point.lat));
        asked.set("ort", centre->label);
    }
    const auto thing = thing_in(visit, asked);
    if (!thing) return choose_page(visit, {});
    Form values;
    values.set("rhythmus", "daily");
    return form_page(visit, *thing, values, {});
}

http::Response follow(Visit& visit) {
    auto thing = thing_in(visit, visit.form);
    if (!thing) throw NotFound();
    Problems problems = core::check_guard(visit);
    const auto rhythm = rhythm_from(visit.form["rhythmus"]);
    if (!rhythm) problems.add("rhythmus", tr_noop("Please choose how often we may write."));
    std::string address = proven_address(visit);
    const bool proven = !address.empty();
    if (!proven) {
        address = lower_ascii(trimmed(visit.form["email"]));
        if (!mail::is_address(address))
            problems.add("email", tr_noop("Please give an e-mail address such as name@example.org."));
    }
    if (problems.any()) return form_page(visit, *thing, visit.form, problems);
    problems.append(core::check_throttle(visit, by_network(visit)));
    if (problems.any()) return form_page(visit, *thing, visit.form, problems);
    thing->rhythm = *rhythm;
    thing->created_at = visit.now;
    const auto named = name_of(visit, *thing);
    const std::string back = named.url.empty() ? base : named.url;
    return proven ? follow_at_once(visit, address, *thing, back) : follow_by_mail(visit, address, *thing, back);
}

}  // namespace mitwirken::following
