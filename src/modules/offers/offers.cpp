// The rules of offers: pure functions, no database, no clock of their own.
#include "modules/offers/offers.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/domain_events.h"
#include "core/forms/forms.h"
#include "modules/offers/form_rows.h"
#include "platform/base/text.h"
#include "platform/geo/geo.h"

namespace mitwirken::offers {

namespace {

constexpr std::array<std::string_view, 4> ways = {"online", "on-site", "paper", "phone"};
constexpr std::array<std::string_view, 4> kind_words = {"laufend", "dauerhaft", "geplant", "vergangen"};
constexpr std::array<std::string_view, 4> kind_api_words = {"running", "permanent", "planned", "past"};

bool is_address(const std::string& url) {
    return starts_with(url, "https://") || starts_with(url, "http://") ||
           (starts_with(url, "/") && !starts_with(url, "//"));
}

std::optional<Date> read_day(const Form& form, const char* field, Problems& problems) {
    const std::string text = trimmed(form[field]);
    if (text.empty()) return {};
    const auto day = parse_date(text);
    if (!day) problems.add(field, tr_noop("Please enter a day that exists, for example 2026-11-23."));
    return day;
}

void need_length(const Form& form, const char* field, std::size_t limit, Problems& problems) {
    if (letters(form[field]) > limit)
        problems.add(field, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(limit)}}));
}

void read_dates(const Form& form, Offer& offer, Problems& problems) {
    const auto first = read_day(form, "starts", problems);
    const auto last = read_day(form, "ends", problems);
    offer.permanent = form["permanent"] == "on";
    if (first && last && *last < *first) problems.add("ends", tr_noop("The last day lies before the first."));
    if (offer.permanent && last) problems.add("ends", tr_noop("What is permanent has no last day."));
    offer.starts_at = begin_of(first);
    offer.ends_at = end_of(last);
    const auto publish = read_day(form, "publish_on", problems);
    const auto unpublish = read_day(form, "unpublish_on", problems);
    if (publish && unpublish && *unpublish <= *publish)
        problems.add("unpublish_on", tr_noop("It would vanish before it appears."));
    offer.publish_at = begin_of(publish);
    offer.unpublish_at = unpublish ? start_of(*unpublish) : no_end;
}

void read_place(const Form& form, Offer& offer, Problems& problems) {
    offer.place = trimmed(form["place"]);
    const std::string lat = trimmed(form["lat"]), lon = trimmed(form["lon"]);
    if (lat.empty() && lon.empty()) return;
    const auto point = geo::parse_point(lat, lon);
    if (!point)
        return problems.add("lat",
                            tr_noop("This is no place in Germany. Latitude is about 51.5, longitude about 7.5."));
    offer.lat = point->lat;
    offer.lon = point->lon;
}

void read_links(const Form& form, Offer& offer, Problems& problems) {
    std::vector<Link> links;
    for (const auto& rows : {document_rows(), related_rows()}) {
        for (const auto& row : core::read_rows(form, rows)) {
            Link link{rows.name == "documents" ? "document" : link_kind(row.at("url")), row.at("title"), row.at("url")};
            if (link.title.empty()) problems.add(rows.name, tr_noop("Please give every link a title."));
            if (!link.url.empty() && !is_address(link.url))
                problems.add(rows.name, tr_noop("An address begins with https:// or, on this site, with /."));
            if (link.url.empty() && rows.name == "related")
                problems.add(rows.name, tr_noop("Please give every link an address."));
            links.push_back(std::move(link));
        }
    }
    offer.links = to_json(links);
}

bool looks_like_mail(const std::string& address) {
    const auto at = address.find('@');
    return at != std::string::npos && at > 0 && address.find('.', at) != std::string::npos &&
           address.find(' ') == std::string::npos;
}

}  // namespace

std::optional<Date> Offer::starts() const {
    if (starts_at == no_beginning) return {};
    return berlin_day(starts_at);
}

std::optional<Date> Offer::ends() const {
    if (ends_at == no_end) return {};
    return berlin_day(ends_at - std::chrono::milliseconds{1});
}

Kind kind_of(const Offer& offer, Timestamp now) {
    if (now >= offer.ends_at) return Kind::past;
    if (now < offer.starts_at) return Kind::planned;
    return offer.permanent ? Kind::permanent : Kind::running;
}

bool is_visible(const Offer& offer, Timestamp now) {
    return offer.state == State::published && offer.publish_at <= now && now < offer.unpublish_at;
}

std::optional<int> days_left(const Offer& offer, Timestamp now) {
    if (kind_of(offer, now) != Kind::running || offer.ends_at == no_end) return {};
    return days_between(berlin_day(now), *offer.ends());
}

std::vector<Link> links_of(const std::string& json) {
    std::vector<Link> links;
    const auto list = nlohmann::json::parse(json, nullptr, false);
    if (!list.is_array()) return links;
    for (const auto& item : list)
        if (item.is_array() && item.size() == 3) links.push_back({item[0], item[1], item[2]});
    return links;
}

std::string to_json(const std::vector<Link>& links) {
    auto list = nlohmann::json::array();
    for (const auto& link : links) list.push_back({link.kind, link.title, link.url});
    return list.dump();
}

std::int64_t how_from(const std::vector<std::string>& words) {
    std::int64_t how = 0;
    for (const auto& word : words)
        for (std::size_t i = 0; i < ways.size(); ++i)
            if (ways[i] == word) how |= std::int64_t{1} << i;
    return how;
}

std::vector<std::string> how_words(std::int64_t how) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < ways.size(); ++i)
        if (how & (std::int64_t{1} << i)) words.emplace_back(ways[i]);
    return words;
}

std::optional<Kind> kind_from(const std::string& word) {
    for (std::size_t i = 0; i < kind_words.size(); ++i)
        if (kind_words[i] == word || kind_api_words[i] == word) return Kind(i);
    return {};
}

std::string_view to_word(Kind kind) { return kind_words[std::size_t(kind)]; }
std::string_view api_word(Kind kind) { return kind_api_words[std::size_t(kind)]; }

Timestamp begin_of(const std::optional<Date>& first) { return first ? start_of(*first) : no_beginning; }
Timestamp end_of(const std::optional<Date>& last) { return last ? start_of(add_days(*last, 1)) : no_end; }

Result<Offer> check(const Form& form) {
    Problems problems;
    Offer offer;
    offer.title = trimmed(form["title"]);
    offer.title_en = trimmed(form["title_en"]);
    offer.summary = trimmed(form["summary"]);
    offer.summary_en = trimmed(form["summary_en"]);
    offer.body = trimmed(form["body"]);
    offer.results = trimmed(form["results"]);
    offer.when_text = trimmed(form["when_text"]);
    offer.how = how_from(form.all("how"));
    offer.external_url = trimmed(form["external_url"]);
    offer.contact_office = trimmed(form["contact_office"]);
    offer.contact_email = trimmed(form["contact_email"]);
    offer.contact_phone = trimmed(form["contact_phone"]);
    offer.image_alt = trimmed(form["image_alt"]);
    offer.credit = trimmed(form["credit"]);
    offer.organisation = core::OrganisationId{to_int(form["organisation"]).value_or(0)};
    if (offer.title.empty()) problems.add("title", tr_noop("Please give the offer a title."));
    if (offer.summary.empty()) problems.add("summary", tr_noop("Please say in one or two sentences what it is about."));
    if (offer.how == 0) problems.add("how", tr_noop("Please choose at least one way to take part."));
    for (const char* field : {"title", "title_en", "when_text", "place", "contact_office", "contact_phone"})
        need_length(form, field, 200, problems);
    for (const char* field : {"summary", "summary_en", "credit", "image_alt"}) need_length(form, field, 400, problems);
    for (const char* field : {"body", "results"}) need_length(form, field, 20000, problems);
    if (!offer.external_url.empty() && !is_address(offer.external_url))
        problems.add("external_url", tr_noop("An address begins with https:// or, on this site, with /."));
    if (!offer.contact_email.empty() && !looks_like_mail(offer.contact_email))
        problems.add("contact_email", tr_noop("This is no e-mail address."));
    read_dates(form, offer, problems);
    read_place(form, offer, problems);
    read_links(form, offer, problems);
    if (problems.any()) return problems;
    return offer;
}

Form to_form(const Offer& offer) {
    Form form;
    const auto day = [](const std::optional<Date>& date) { return date ? to_iso(*date) : std::string(); };
    form.add("title", offer.title), form.add("title_en", offer.title_en);
    form.add("summary", offer.summary), form.add("summary_en", offer.summary_en);
    form.add("body", offer.body), form.add("results", offer.results);
    form.add("permanent", offer.permanent ? "on" : "");
    form.add("starts", day(offer.starts())), form.add("ends", day(offer.ends())),
        form.add("when_text", offer.when_text);
    for (const auto& word : how_words(offer.how)) form.add("how", word);
    form.add("external_url", offer.external_url), form.add("place", offer.place);
    form.add("lat", offer.lat ? fmt::format("{:.5f}", *offer.lat) : ""),
        form.add("lon", offer.lon ? fmt::format("{:.5f}", *offer.lon) : "");
    form.add("contact_office", offer.contact_office), form.add("contact_email", offer.contact_email);
    form.add("contact_phone", offer.contact_phone), form.add("image_alt", offer.image_alt),
        form.add("credit", offer.credit);
    form.add("organisation", std::to_string(offer.organisation.value));
    form.add("publish_on", offer.publish_at == no_beginning ? "" : to_iso(berlin_day(offer.publish_at)));
    form.add("unpublish_on", offer.unpublish_at == no_end ? "" : to_iso(berlin_day(offer.unpublish_at)));
    std::vector<std::map<std::string, std::string>> documents, related;
    for (const auto& link : links_of(offer.links))
        (link.kind == "document" ? documents : related).push_back({{"title", link.title}, {"url", link.url}});
    core::write_rows(form, document_rows(), documents);
    core::write_rows(form, related_rows(), related);
    return form;
}

void take_over(Offer& offer, const core::ParticipationAnnounced& announced, Timestamp now) {
    offer.title = announced.title;
    offer.summary = announced.summary;
    offer.external_url = announced.url;
    offer.starts_at = begin_of(announced.starts);
    offer.ends_at = end_of(announced.ends);
    offer.permanent = !announced.ends;
    offer.how = how_from(announced.how);
    offer.source_module = announced.source.module;
    offer.source_item = announced.source.item;
    if (offer.publish_at == no_beginning) offer.publish_at = now;
}

std::optional<State> next_state(State from, const std::string& step) {
    if (step == "hand_in" && from == State::draft) return State::handed_in;
    if (step == "return" && (from == State::handed_in || from == State::published)) return State::draft;
    if (step == "publish" && (from == State::draft || from == State::handed_in)) return State::published;
    if (step == "archive" && from != State::archived) return State::archived;
    if (step == "restore" && from == State::archived) return State::draft;
    return {};
}

core::Snapshot snapshot(const Offer& offer, const std::vector<std::string>& terms, const std::string& organisation) {
    const Form form = to_form(offer);
    std::string links;
    for (const auto& link : links_of(offer.links))
        links += link.title + (link.url.empty() ? "" : " – " + link.url) + "\n";
    return {{"Title", offer.title},
            {"Summary", offer.summary},
            {"Text", offer.body},
            {"Results", offer.results},
            {"Permanent", offer.permanent ? "✓" : ""},
            {"First day", form["starts"]},
            {"Last day", form["ends"]},
            {"Period in words", offer.when_text},
            {"How to take part", join(how_words(offer.how), ", ")},
            {"Address on another site", offer.external_url},
            {"Place", offer.place},
            {"Latitude", form["lat"]},
            {"Longitude", form["lon"]},
            {"Topics and districts", join(terms, ", ")},
            {"Department", organisation},
            {"Office", offer.contact_office},
            {"E-mail", offer.contact_email},
            {"Telephone", offer.contact_phone},
            {"Links", links},
            {"Title in English", offer.title_en},
            {"Summary in English", offer.summary_en},
            {"Picture in words", offer.image_alt},
            {"Source", offer.credit},
            {"Appears on", form["publish_on"]},
            {"Vanishes on", form["unpublish_on"]}};
}

}  // namespace mitwirken::offers
