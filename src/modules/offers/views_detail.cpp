// The page of one offer and the two widgets for other sites; see views.h.
#include <fmt/format.h>

#include "core/forms/forms.h"
#include "core/maps/layers.h"
#include "core/widgets/widgets.h"
#include "modules/offers/card.h"
#include "modules/offers/views.h"
#include "offers/templates.h"
#include "platform/geo/geo.h"

namespace mitwirken::offers {

namespace {

namespace t = tpl::detail;

std::string host_of(const std::string& url) {
    const auto begin = url.find("://");
    if (begin == std::string::npos) return "";
    std::string host = url.substr(begin + 3, url.find('/', begin + 3) - begin - 3);
    return starts_with(host, "www.") ? host.substr(4) : host;
}

void fill_documents(core::Visit& visit, html::Values& page, const std::vector<Link>& links,
                    const std::vector<core::Attachment>& files) {
    std::optional<html::Values> box;
    const auto documents = [&]() -> html::Values& {
        if (!box) box = page.add(t::DOCUMENTS);
        return *box;
    };
    for (const auto& file : files) {
        if (file.role != "document") continue;
        const std::string meta = file.words() + ", " + visit.language.bytes(std::uint64_t(file.size));
        documents()
            .add(t::FILE)
            .set(t::URL, file.url())
            .set(t::TITLE, file.title.empty() ? file.name : file.title)
            .set(t::META, meta);
    }
    for (const auto& link : links) {
        if (link.kind != "document") continue;
        if (link.url.empty())
            documents().add(t::FILE_NAME).set(t::TITLE, link.title);
        else
            documents()
                .add(t::FILE_LINK)
                .set(t::URL, visit.url(link.url))
                .set(t::TITLE, link.title)
                .set(t::HOST, host_of(link.url));
    }
}

void fill_related(core::Visit& visit, html::Values& page, const std::vector<Link>& links) {
    const struct {
        std::vector<std::string_view> kinds;
        const char *id, *icon;
        std::string heading;
    } groups[] = {{{"event"}, "h-dates", "calendar", visit.tr("Dates")},
                  {{"news"}, "h-news", "rss", visit.tr("News")},
                  {{"documentation"}, "h-documentation", "check-circle", visit.tr("What became of it")},
                  {{"format"}, "h-formats", "toolbox", visit.tr("Done like this")},
                  {{"page"}, "h-more", "link", visit.tr("More about it")}};
    for (const auto& group : groups) {
        std::optional<html::Values> box;
        for (const auto& link : links) {
            if (link.kind != group.kinds.front() || link.url.empty()) continue;
            if (!box) box = page.add(t::RELATED).set(t::ID, group.id).set(t::HEADING, group.heading);
            box->add(t::LINK).set(t::URL, visit.url(link.url)).set(t::TITLE, link.title).set(t::ICON, group.icon);
        }
    }
}

void fill_contact(html::Values& page, const Offer& offer) {
    if (offer.contact_office.empty() && offer.contact_email.empty() && offer.contact_phone.empty()) return;
    auto contact = page.add(t::CONTACT).set(t::OFFICE, offer.contact_office);
    if (!offer.contact_email.empty()) contact.add(t::CONTACT_MAIL).set(t::ADDRESS, offer.contact_email);
    if (!offer.contact_phone.empty()) contact.add(t::CONTACT_PHONE).set(t::NUMBER, offer.contact_phone);
}

void fill_facts(core::Visit& visit, html::Values& page, const Offer& offer, const Terms& terms) {
    const Kind kind = kind_of(offer, visit.now);
    page.set(t::PILL, pill_of(kind)).set(t::STATE, state_name(visit, kind));
    page.set(t::WHEN_LABEL, kind == Kind::past ? visit.tr("It was") : visit.tr("Take part"))
        .set(t::WHEN, when_in(visit, offer));
    page.show_if(visit.in_german(!offer.title_en.empty()), t::GERMAN);
    page.set(t::PLACE, place_in(visit, offer, terms)).set(t::HOW, how_in(visit, offer));
    const std::string left = left_in(visit, offer);
    if (!left.empty()) page.add(t::LEFT).set(t::TEXT, left);
    if (const auto department = core::find_organisation(visit.tx, visit.tenant.id, offer.organisation))
        page.add(t::ORGANISATION).set(t::NAME, department->name);
    for (const auto* topic : terms.topics_of(offer.id))
        page.add(t::TOPIC)
            .set(t::URL, visit.url("/themen/" + topic->key))
            .set(t::NAME, topic->name_in(visit.language.code()));
    const auto districts = terms.districts_of(offer.id);
    if (districts.empty()) return;
    auto box = page.add(t::DISTRICTS);
    for (const auto* district : districts)
        box.add(t::DISTRICT)
            .set(t::URL, visit.url("/bezirke/" + district->key))
            .set(t::NAME, district->name_in(visit.language.code()));
}

}  // namespace

html::SafeHtml detail_view(core::Visit& visit, const Offer& offer, const std::vector<core::Attachment>& files,
                           bool preview) {
    const Terms terms = load_terms(visit, {offer});
    html::Values page;
    page.set(t::HOME_URL, visit.url("/"))
        .set(t::LIST_URL, visit.url("/angebote"))
        .set(t::SELF_URL, visit.absolute(url_of(offer)));
    page.set(t::TITLE, title_in(visit, offer)).set(t::SUMMARY, summary_in(visit, offer));
    page.set(t::IMAGE, image_of(offer, terms)).set(t::IMAGE_ALT, offer.image_alt);
    if (preview)
        page.add(t::PREVIEW)
            .set(t::TEXT, visit.tr("The public sees this page only when it has been released."))
            .set(t::URL, visit.url("/verwaltung/angebote/" + std::to_string(offer.id.value)));
    else
        page.add(t::EMBED).set(t::URL, visit.url(core::embedding_address("/einbetten/angebote/" + offer.key)));
    fill_facts(visit, page, offer, terms);
    if (!offer.external_url.empty()) {
        const bool own = starts_with(offer.external_url, "/");
        const bool over = kind_of(offer, visit.now) == Kind::past;
        std::string label = over ? visit.tr("To the website") : visit.tr("Take part here");
        if (!own)
            label = visit.tr(over ? tr_noop("To {host}", {{"host", host_of(offer.external_url)}})
                                  : tr_noop("Take part at {host}", {{"host", host_of(offer.external_url)}}));
        page.add(t::EXTERNAL).set(t::URL, visit.url(offer.external_url)).set(t::LABEL, label);
    }
    if (!offer.contact_email.empty()) page.add(t::MAIL).set(t::ADDRESS, offer.contact_email);
    if (!offer.body.empty())
        page.add(t::BODY)
            .show_if(visit.in_german(), t::GERMAN)
            .set(t::TEXT_HTML, html::markdown(offer.body, {.first_heading = 2}));
    if (!offer.results.empty())
        page.add(t::RESULTS)
            .show_if(visit.in_german(), t::GERMAN)
            .set(t::TEXT_HTML, html::markdown(offer.results, {.first_heading = 2}));
    if (offer.lon && offer.lat)
        page.add(t::MAP).set(
            t::DRAWN,
            core::map_view(visit, {.label = visit.tr("Map of the place"),
                                   .points = visit.url("/angebote.geojson") + "?angebot=" + escape_url(offer.key),
                                   .areas = "/bezirke.geojson",
                                   .bounds = core::bounds_words(
                                       {*offer.lon - .03, *offer.lat - .02, *offer.lon + .03, *offer.lat + .02})}));
    if (!offer.credit.empty()) page.add(t::CREDIT).set(t::TEXT, offer.credit);
    const auto links = links_of(offer.links);
    fill_documents(visit, page, links, files);
    fill_related(visit, page, links);
    fill_contact(page, offer);
    return html::render_part(t::file, page, visit.language);
}

html::SafeHtml embed_list_view(core::Visit& visit, const ListView& view) {
    namespace e = tpl::embed;
    html::Values page;
    page.set(e::HOME_URL, visit.absolute("/")).set(e::SITE_NAME, visit.tenant.site_name);
    auto list = page.add(e::LIST);
    std::string heading = visit.tr("Ways to take part");
    if (view.districts.size() == 1)
        heading = visit.tr(tr_noop("Ways to take part in {place}",
                                   {{"place", view.districts.front().name_in(visit.language.code())}}));
    const std::string query = visit.request.query.empty() ? "" : "?" + visit.request.query;
    list.set(e::HEADING, heading)
        .set(e::ALL_URL, visit.absolute("/angebote") + query)
        .show_if(view.page.offers.empty(), e::NONE);
    for (const auto& offer : view.page.offers) {
        const Kind kind = kind_of(offer, visit.now);
        auto line = list.add(e::LINE).set(e::URL, visit.absolute(url_of(offer))).set(e::TITLE, title_in(visit, offer));
        line.set(e::PLACE, place_in(visit, offer, view.terms)).set(e::WHEN, when_in(visit, offer));
        line.set(e::PILL, pill_of(kind)).set(e::STATE, state_name(visit, kind));
        const auto day = kind == Kind::planned ? offer.starts() : offer.ends();
        line.set(e::DAY, day ? std::to_string(unsigned(day->day())) : "–");
        line.set(e::MONTH, day ? visit.language.month_short(*day) : visit.tr("open"));
    }
    return html::render_part(e::file, page, visit.language);
}

html::SafeHtml embed_card_view(core::Visit& visit, const Offer& offer) {
    namespace e = tpl::embed;
    html::Values page;
    page.set(e::HOME_URL, visit.absolute("/")).set(e::SITE_NAME, visit.tenant.site_name);
    auto card = page.add(e::ONE);
    fill_card(visit, card, offer, load_terms(visit, {offer}));
    card.set(e::URL, visit.absolute(url_of(offer)));
    return html::render_part(e::file, page, visit.language);
}

}  // namespace mitwirken::offers
