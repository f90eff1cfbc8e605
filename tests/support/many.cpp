// See many.h.
#include "support/many.h"

#include "core/taxonomy/taxonomy.h"
#include "modules/calendar/events.h"
#include "modules/news/news.h"
#include "modules/offers/offers.h"
#include "modules/toolbox/toolbox.h"
#include "support/words.h"

namespace mitwirken::tests {

namespace {

Writer writer_of(What what, int number) { return Writer(unsigned(number) * 4U + unsigned(what)); }

using std::chrono::hours;
using std::chrono::minutes;

struct Place {
    db::Tx& tx;
    core::TenantId tenant;
    Timestamp now;
    std::vector<core::Term> topics, districts;

    void classify(const core::Ref& ref, Writer& writer) const {
        std::vector<core::TermId> terms;
        for (const auto* tree : {&topics, &districts})
            if (!tree->empty()) terms.push_back((*tree)[std::size_t(writer.below(int(tree->size())))].id);
        core::classify(tx, tenant, ref, terms);
    }
};

void add_format(const Place& place, int number) {
    auto writer = writer_of(What::formats, number);
    toolbox::Format format;
    format.key = "probe-format-" + std::to_string(number);
    format.title = writer.words(2) + " " + std::to_string(number);
    format.state = toolbox::State::published;
    format.publish = true;
    const int first = writer.below(4);
    format.purposes = (1 << first) | (writer.below(3) == 0 ? 1 << ((first + 1) % 4) : 0);
    format.forms = 1 + writer.below(7);
    const int size = writer.below(3);
    format.group_sizes = (1 << size) | (writer.below(2) << (size + 1));
    format.distance = writer.below(4) > 0;
    format.staff_days = writer.below(60);
    format.summary = writer.words(14) + ".";
    format.description = writer.text(3);
    toolbox::save(place.tx, place.tenant, format, {}, {}, "", place.now - minutes(writer.below(500'000)));
}

void add_offer(const Place& place, int number) {
    auto writer = writer_of(What::offers, number);
    offers::Offer offer;
    offer.key = "probe-angebot-" + std::to_string(number);
    offer.title = writer.words(3) + " " + std::to_string(number);
    offer.state = offers::State::published;
    offer.summary = writer.words(16) + ".";
    offer.body = writer.text(3);
    offer.how = 1 + writer.below(15);
    offer.links = "[]";
    const int kind = writer.below(20);
    const Date today = berlin_day(place.now);
    const int begin = kind < 11 ? -100 - writer.below(3000) : kind < 17 ? -writer.below(60) : 1 + writer.below(200);
    offer.permanent = kind == 16;
    offer.starts_at = offers::begin_of(add_days(today, begin));
    if (!offer.permanent)
        offer.ends_at =
            offers::end_of(add_days(today, kind < 11 ? begin + writer.below(90) : begin + 61 + writer.below(90)));
    if (writer.below(3) == 0) offer.lon = 7.3 + writer.below(3000) / 1e4, offer.lat = 51.45 + writer.below(1500) / 1e4;
    if (kind < 5) offer.results = writer.text(1);
    offer.id = offers::add(place.tx, place.tenant, offer, {}, place.now);
    place.classify(offers::ref(offer.id), writer);
    offers::index(place.tx, place.tenant, offer, place.now);
}

void add_article(const Place& place, int number) {
    auto writer = writer_of(What::news, number);
    news::Article article;
    article.key = "probe-neuigkeit-" + std::to_string(number);
    article.title = writer.words(4) + " " + std::to_string(number);
    article.state = core::State::published;
    article.lead = writer.words(25) + ".";
    article.body = writer.text(3);
    article.day = add_days(berlin_day(place.now), -writer.below(3600));
    article.id = news::add(place.tx, place.tenant, article, {}, place.now);
    place.classify(news::ref_of(article.id), writer);
    news::index(place.tx, place.tenant, article, place.now);
}

// Ten years, one of them to come; one in twenty lasts for days or weeks.
void add_event(const Place& place, int number) {
    auto writer = writer_of(What::events, number);
    calendar::Event event;
    event.key = "probe-termin-" + std::to_string(number);
    event.title = writer.words(3) + " " + std::to_string(number);
    event.state = core::State::published;
    event.summary = writer.words(15) + ".";
    event.body = writer.text(2);
    event.starts_at = place.now + hours(writer.below(10 * 8760) - 9 * 8760);
    event.ends_at = *event.starts_at + hours(writer.below(20) == 0 ? 24 * (1 + writer.below(60)) : 2);
    event.place = writer.words(2);
    event.id = calendar::add(place.tx, place.tenant, event, {}, place.now);
    place.classify(calendar::ref_of(event.id), writer);
    calendar::index(place.tx, place.tenant, event, place.now);
}

}  // namespace

void add_many(core::House& house, core::TenantId tenant, What what, int from, int to, Timestamp now) {
    constexpr int at_once = 500;
    for (int begin = from; begin < to; begin += at_once)
        house.database->write([&](db::Tx& tx) {
            const Place place{tx, tenant, now, core::terms(tx, tenant, "topic"), core::terms(tx, tenant, "district")};
            for (int i = begin; i < std::min(to, begin + at_once); ++i) {
                if (what == What::formats) add_format(place, i);
                if (what == What::offers) add_offer(place, i);
                if (what == What::news) add_article(place, i);
                if (what == What::events) add_event(place, i);
            }
        });
    for (const char* module : {"toolbox", "offers", "news", "calendar"}) house.versions.raise(tenant, module);
}

}  // namespace mitwirken::tests
