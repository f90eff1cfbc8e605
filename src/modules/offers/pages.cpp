// Public pages: list with filters and map, one offer, the widget, teasers for the home page.
#include "modules/offers/pages.h"
#include "core/attachments/attachments.h"
#include "core/forms/forms.h"
#include "core/taxonomy/taxonomy.h"
#include "offers/templates.h"
#include "platform/search/search.h"

namespace mitwirken::offers {

namespace {

using core::Visit;

const std::pair<Kind, const char*> kinds[] = {
    {Kind::running, "running"}, {Kind::permanent, "running"}, {Kind::planned, "planned"}, {Kind::past, ""}};

std::string pill_of(Kind kind) { return kind == Kind::past ? "plain" : kind == Kind::planned ? "planned" : "running"; }

std::string title_in(const Visit& visit, const Offer& o) {
    return visit.language.code() == "en" && !o.title_en.empty() ? o.title_en : o.title;
}
std::string summary_in(const Visit& visit, const Offer& o) {
    return visit.language.code() == "en" && !o.summary_en.empty() ? o.summary_en : o.summary;
}

std::vector<core::TermId> chosen(const std::vector<core::Term>& terms, const Form& query, const char* name) {
    std::vector<core::TermId> ids;
    for (const auto& term : terms)
        if (query.has(name, term.key)) ids.push_back(term.id);
    return ids;
}

struct Choices {
    std::vector<core::Term> topics, districts;
    Filter filter;
};

Choices read_filter(Visit& visit) {
    Choices c{core::terms(visit.tx, visit.tenant.id, "topic"), core::terms(visit.tx, visit.tenant.id, "district"), {}};
    for (const auto& word : visit.query.all("stand"))
        if (const auto kind = kind_from(word)) c.filter.kinds.push_back(*kind);
    c.filter.topics = chosen(c.topics, visit.query, "thema");
    c.filter.districts = chosen(c.districts, visit.query, "bezirk");
    c.filter.how = how_from(visit.query.all("art"));
    if (const auto& text = visit.query["q"]; !text.empty())
        c.filter.ids = search::find_items(visit.tx, {.tenant = visit.tenant.id.value,
                                                     .audiences = {"public"},
                                                     .text = text,
                                                     .facet = "",
                                                     .module = "offers",
                                                     .limit = 500,
                                                     .after = ""});
    c.filter.sort = visit.query["sortierung"] == "titel" ? Sort::title
                    : visit.query["sortierung"] == "neu" ? Sort::newest
                                                         : Sort::deadline;
    c.filter.after = OfferId{to_int(visit.query["nach"]).value_or(0)};
    c.filter.before = OfferId{to_int(visit.query["vor"]).value_or(0)};
    return c;
}

// The address with one value of one filter taken out.
std::string without(const Visit& visit, const std::string& name, const std::string& value) {
    Form changed;
    for (const auto& [key, text] : visit.query.fields())
        if (!(key == name && (text == value || value.empty())) && key != "nach" && key != "vor") changed.add(key, text);
    const std::string text = to_query(changed);
    return visit.url("/angebote") + (text.empty() ? "" : "?" + text);
}

class FilterView {
public:
    FilterView(const Visit& visit, html::Values& page) : visit_(visit), page_(page) {}
    void group(const std::string& label, const std::string& name) {
        name_ = name;
        group_ = page_.add(tpl::list::GROUP).set(tpl::list::LABEL, label).set(tpl::list::NAME, name);
    }
    void choice(const std::string& value, const std::string& label, std::int64_t count) {
        namespace t = tpl::list;
        const bool on = visit_.query.has(name_, value);
        group_.add(t::CHOICE)
            .set(t::VALUE, value)
            .set(t::LABEL, label)
            .set(t::COUNT, visit_.language.number(count))
            .show_if(on, t::CHOSEN);
        if (!on) return;
        ++active_;
        page_.add(t::PILL).set(t::LABEL, label).set(t::URL, without(visit_, name_, value));
    }
    int active() const { return active_; }

private:
    const Visit& visit_;
    html::Values& page_;
    html::Values group_;
    std::string name_;
    int active_ = 0;
};

void fill_filters(Visit& visit, const Choices& c, html::Values& values) {
    namespace t = tpl::list;
    const auto counts = facets(visit.tx, visit.tenant.id, c.filter.kinds, visit.now);
    FilterView view(visit, values);
    view.group(visit.tr("State"), "stand");
    for (const auto& [kind, unused] : kinds)
        view.choice(std::string(to_word(kind)), kind_words(visit, kind), counts.kinds[std::size_t(kind)]);
    const auto count_of_term = [&](core::TermId id) {
        const auto at = counts.terms.find(id.value);
        return at == counts.terms.end() ? 0 : at->second;
    };
    view.group(visit.tr("Topic"), "thema");
    for (const auto& term : c.topics)
        view.choice(term.key, term.name_in(visit.language.code()), count_of_term(term.id));
    view.group(visit.tr("District"), "bezirk");
    for (const auto& term : c.districts)
        view.choice(term.key, term.name_in(visit.language.code()), count_of_term(term.id));
    view.group(visit.tr("How to take part"), "art");
    static const std::pair<const char*, Message> ways[] = {{"online", tr_noop("Online")},
                                                           {"on-site", tr_noop("On the spot")},
                                                           {"paper", tr_noop("On paper")},
                                                           {"phone", tr_noop("By telephone")}};
    for (std::size_t i = 0; i < 4; ++i) view.choice(ways[i].first, visit.tr(ways[i].second), counts.how[i]);
    values.set(t::TEXT, visit.query["q"])
        .set(t::RESET_URL, visit.url("/angebote"))
        .set(t::ACTION, visit.url("/angebote"));
    if (view.active() > 0) values.add(t::ACTIVE).set(t::NUMBER, view.active());
}

void fill_cards(Visit& visit, const std::vector<Offer>& offers, const Choices& c, html::Values& box) {
    namespace t = tpl::list;
    std::vector<std::int64_t> ids;
    for (const auto& o : offers) ids.push_back(o.id.value);
    const auto links = core::terms_of(visit.tx, visit.tenant.id, "offers", ids);
    for (const auto& o : offers) {
        note_changes(visit, o);
        const Kind kind = kind_of(o, visit.now);
        auto card = box.add(t::CARD)
                        .set(t::TITLE, title_in(visit, o))
                        .set(t::SUMMARY, summary_in(visit, o))
                        .set(t::URL, visit.url("/angebote/" + o.key));
        card.set(t::KIND, kind_words(visit, kind)).set(t::PILL_CLASS, pill_of(kind)).set(t::WHEN, when_words(visit, o));
        card.show_if(!o.external_url.empty(), t::EXTERNAL);
        std::vector<std::string> places;
        for (const auto& link : links) {
            if (link.item != o.id.value) continue;
            for (const auto& term : c.districts)
                if (term.id == link.term) places.push_back(term.name);
            for (const auto& term : c.topics)
                if (term.id == link.term)
                    card.add(t::TOPIC)
                        .set(t::ICON, term.icon)
                        .set(t::COLOUR, term.colour)
                        .set(t::LABEL, term.name_in(visit.language.code()));
        }
        if (!places.empty())
            card.add(t::PLACE).set(t::TEXT, places.size() > 3 ? visit.tr("several districts") : join(places, ", "));
    }
}

void fill_facts(Visit& visit, const Offer& o, html::Values& values) {
    namespace t = tpl::detail;
    const auto fact = [&](const Message& label, const std::string& text) {
        if (!text.empty()) values.add(t::FACT).set(t::LABEL, visit.tr(label)).set(t::TEXT, text);
    };
    std::vector<std::string> topics, districts;
    for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(o.id)))
        (term.tree == "district" ? districts : topics).push_back(term.name_in(visit.language.code()));
    fact(tr_noop("When"), when_words(visit, o));
    if (o.starts()) fact(tr_noop("First day"), visit.language.date(*o.starts()));
    if (o.ends()) fact(tr_noop("Last day"), visit.language.date(*o.ends()));
    static const std::map<std::string, Message> ways = {{"online", tr_noop("Online")},
                                                        {"on-site", tr_noop("On the spot")},
                                                        {"paper", tr_noop("On paper")},
                                                        {"phone", tr_noop("By telephone")}};
    std::vector<std::string> how;
    for (const auto& word : how_words(o.how)) how.push_back(visit.tr(ways.at(word)));
    fact(tr_noop("How to take part"), join(how, ", "));
    fact(tr_noop("Topic"), join(topics, ", "));
    fact(tr_noop("District"), districts.size() == 12 ? visit.tr("the whole city") : join(districts, ", "));
    fact(tr_noop("Place"), o.place);
    fact(tr_noop("Contact"), o.contact_office);
    fact(tr_noop("E-mail"), o.contact_email);
    fact(tr_noop("Telephone"), o.contact_phone);
}

}  // namespace

std::string kind_words(const Visit& visit, Kind kind) {
    switch (kind) {
        case Kind::running:
            return visit.tr("running");
        case Kind::permanent:
            return visit.tr("permanent");
        case Kind::planned:
            return visit.tr("planned");
        case Kind::past:
            return visit.tr("past");
    }
    return "";
}

std::string when_words(Visit& visit, const Offer& o) {
    const auto left = days_left(o, visit.now);
    if (left) {
        visit.right_until(start_of(add_days(berlin_day(visit.now), 1)));
        return *left == 0 ? visit.tr("last day today") : visit.language.plural("one day left", "{n} days left", *left);
    }
    if (!o.when_text.empty()) return o.when_text;
    if (kind_of(o, visit.now) == Kind::planned && o.starts())
        return visit.tr(tr_noop("from {date}", {{"date", visit.language.date(*o.starts())}}));
    if (o.ends()) return visit.tr(tr_noop("until {date}", {{"date", visit.language.date(*o.ends())}}));
    return "";
}

void note_changes(Visit& visit, const Offer& o) {
    for (const Timestamp at : {o.starts_at, o.ends_at, o.publish_at, o.unpublish_at})
        if (at != no_beginning && at != no_end) visit.right_until(at);
}

http::Response list_page(Visit& visit) {
    namespace t = tpl::list;
    const Choices c = read_filter(visit);
    const bool map = visit.query["ansicht"] == "karte";
    Filter filter = c.filter;
    filter.with_place = map;
    const auto page = public_list(visit.tx, visit.tenant.id, filter, visit.now, map ? map_limit : page_size);
    const auto count = public_count(visit.tx, visit.tenant.id, filter, visit.now);
    html::Values values;
    values.set(
        t::HEAD,
        core::page_head(
            visit, {.title = visit.tr("Ways to take part"),
                    .lead = visit.tr(
                        "Everything you can take part in – current, permanent and past, here and on other sites.")}));
    const std::string words =
        count > count_limit ? visit.tr(tr_noop("more than {n} offers", {{"n", visit.language.number(count_limit)}}))
                            : visit.language.plural("one offer", "{n} offers", count);
    values.set(t::COUNT_WORDS, words);
    fill_filters(visit, c, values);
    values.set(t::LIST_URL, visit.with("ansicht", "")).set(t::MAP_URL, visit.with("ansicht", "karte"));
    values.show(map ? t::IS_MAP : t::IS_LIST).show_if(page.offers.empty(), t::EMPTY);
    if (map) {
        Form query = visit.query;
        query.remove("ansicht");
        const std::string text = to_query(query);
        values.add(t::MAP).set(t::POINTS_URL, visit.url("/angebote.geojson") + (text.empty() ? "" : "?" + text));
    }
    fill_cards(visit, page.offers, c, values);
    const auto cursor = [&](const char* name, OfferId id) {
        Form query = visit.query;
        query.remove("nach");
        query.remove("vor");
        query.set(name, std::to_string(id.value));
        return visit.url("/angebote") + "?" + to_query(query);
    };
    values.set(t::PAGER, core::pager(visit, page.has_earlier ? cursor("vor", page.offers.front().id) : "",
                                     page.has_later ? cursor("nach", page.offers.back().id) : "", ""));
    return visit.page({.title = visit.tr("Ways to take part"),
                       .description = visit.tr(
                           "Everything you can take part in – current, permanent and past, here and on other sites."),
                       .navigation = "/angebote",
                       .feeds = {{visit.tr("Ways to take part"), "application/rss+xml", "/angebote.rss"}},
                       .kind = "list"},
                      t::file, values);
}

http::Response detail_page(Visit& visit) {
    namespace t = tpl::detail;
    const auto o = find(visit.tx, visit.tenant.id, visit.parameter("key"));
    if (!o) throw NotFound();
    const bool open = is_visible(*o, visit.now);
    if (!open && !visit.may(edit_action, o->organisation)) throw NotFound();
    note_changes(visit, *o);
    html::Values values;
    const Kind kind = kind_of(*o, visit.now);
    core::Heading heading{.title = title_in(visit, *o),
                          .lead = summary_in(visit, *o),
                          .eyebrow = kind_words(visit, kind),
                          .crumbs = {{visit.tr("Ways to take part"), "/angebote"}}};
    if (!o->external_url.empty()) heading.links = {{o->external_url, visit.tr("To the offer"), "external", true}};
    if (visit.may(edit_action, o->organisation))
        heading.links.push_back({"/verwaltung/angebote/" + std::to_string(o->id.value), visit.tr("Edit"), "edit"});
    values.set(t::HEAD, core::page_head(visit, heading))
        .set(t::BODY, html::markdown(o->body))
        .show_if(!open, t::NOT_PUBLIC);
    if (!o->results.empty()) values.add(t::RESULTS).set(t::RESULT_TEXT, html::markdown(o->results));
    fill_facts(visit, *o, values);
    for (const auto& link : links_of(o->links)) {
        auto item = values.add(link.kind == "document" ? t::DOCUMENT : t::RELATED).set(t::TITLE, link.title);
        if (link.url.empty())
            item.show(t::WITHOUT);
        else
            item.add(t::WITH)
                .set(t::URL, link.url.front() == '/' ? visit.url(link.url) : link.url)
                .set(t::TITLE, link.title);
    }
    for (const auto& file : core::attachments(visit.tx, visit.tenant.id, ref_of(o->id)))
        values.add(t::FILE)
            .set(t::URL, file.url())
            .set(t::TITLE, file.title.empty() ? file.name : file.title)
            .set(t::META, file.words() + ", " + visit.language.bytes(std::uint64_t(file.size)));
    if (!o->credit.empty()) values.add(t::SOURCE).set(t::TEXT, o->credit);
    return visit.page(
        {.title = title_in(visit, *o), .description = summary_in(visit, *o), .navigation = "/angebote", .index = open},
        t::file, values);
}

http::Response widget_page(Visit& visit) {
    namespace t = tpl::widget;
    html::Values values;
    Filter filter;
    filter.kinds = {Kind::running, Kind::permanent, Kind::planned};
    values.set(t::TITLE, visit.tr("Ways to take part")).set(t::URL, visit.absolute("/angebote"));
    for (const auto& o : public_list(visit.tx, visit.tenant.id, filter, visit.now, 6).offers) {
        note_changes(visit, o);
        values.add(t::ITEM)
            .set(t::URL, visit.absolute("/angebote/" + o.key))
            .set(t::TITLE, title_in(visit, o))
            .set(t::SUMMARY, summary_in(visit, o));
    }
    return visit.page({.title = visit.tr("Ways to take part"), .kind = "embed", .bare = true}, t::file, values);
}

std::vector<core::Teaser> teasers(Visit& visit, const core::TeaserQuery& query) {
    Filter filter;
    filter.all_terms = query.terms;
    if (query.section == "running")
        filter.kinds = {Kind::running, Kind::permanent};
    else if (query.section == "coming")
        filter.kinds = {Kind::planned};
    else if (query.section == "decided")
        filter.with_results = true;
    else
        return {};
    std::vector<core::Teaser> list;
    for (const auto& o : public_list(visit.tx, visit.tenant.id, filter, visit.now, query.count).offers) {
        note_changes(visit, o);
        core::Teaser teaser{.kind = query.section == "decided" ? "result" : "offer",
                            .title = title_in(visit, o),
                            .summary = summary_in(visit, o),
                            .url = "/angebote/" + o.key,
                            .state = kind_words(visit, kind_of(o, visit.now)),
                            .day = o.starts(),
                            .when = when_words(visit, o)};
        for (const auto& term : core::terms_of(visit.tx, visit.tenant.id, ref_of(o.id)))
            teaser.terms.push_back(term.id);
        teaser.external = !o.external_url.empty();
        list.push_back(std::move(teaser));
    }
    return list;
}

}  // namespace mitwirken::offers
