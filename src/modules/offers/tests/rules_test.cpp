// Rules of offers: what the clock makes of them, and what a form may say.
#include <doctest/doctest.h>

#include "core/domain_events.h"
#include "modules/offers/offers.h"

using namespace mitwirken;
using namespace mitwirken::offers;

namespace {

Timestamp at(const char* text) { return *parse_instant(text); }

Offer between(const char* first, const char* last) {
    Offer offer;
    offer.starts_at = begin_of(parse_date(first));
    offer.ends_at = end_of(parse_date(last));
    return offer;
}

Form entry(const std::vector<std::pair<std::string, std::string>>& more = {}) {
    Form form{{{"title", "Park am Fluss"}, {"summary", "Was fehlt?"}, {"how", "online"}}};
    for (const auto& [name, value] : more) form.set(name, value);
    return form;
}

}  // namespace

TEST_CASE("an offer is planned, runs and is past at midnight in Berlin, also on the days the clocks change") {
    const Offer summer = between("2026-06-01", "2026-06-30");
    CHECK(kind_of(summer, at("2026-05-31T21:59:59Z")) == Kind::planned);
    CHECK(kind_of(summer, at("2026-05-31T22:00:00Z")) == Kind::running);
    CHECK(kind_of(summer, at("2026-06-30T21:59:59Z")) == Kind::running);
    CHECK(kind_of(summer, at("2026-06-30T22:00:00Z")) == Kind::past);
    const Offer change = between("2026-10-25", "2026-10-25");  // a day of 25 hours
    CHECK(kind_of(change, at("2026-10-24T22:00:00Z")) == Kind::running);
    CHECK(kind_of(change, at("2026-10-25T22:59:59Z")) == Kind::running);
    CHECK(kind_of(change, at("2026-10-25T23:00:00Z")) == Kind::past);
}

TEST_CASE("without days an offer runs, and what is permanent says so") {
    Offer offer;
    CHECK(kind_of(offer, at("2026-11-23T09:00:00Z")) == Kind::running);
    CHECK_FALSE(days_left(offer, at("2026-11-23T09:00:00Z")));
    offer.permanent = true;
    CHECK(kind_of(offer, at("2026-11-23T09:00:00Z")) == Kind::permanent);
    offer.starts_at = begin_of(parse_date("2026-12-01"));
    CHECK(kind_of(offer, at("2026-11-23T09:00:00Z")) == Kind::planned);
}

TEST_CASE("the last day counts: it has none left, the day before has one") {
    const Offer offer = between("2026-11-01", "2026-11-24");
    CHECK(days_left(offer, at("2026-11-24T22:00:00Z")) == 0);
    CHECK(days_left(offer, at("2026-11-23T09:00:00Z")) == 1);
    CHECK_FALSE(days_left(offer, at("2026-11-24T23:00:00Z")));
    CHECK(to_iso(*offer.starts()) == "2026-11-01");
    CHECK(to_iso(*offer.ends()) == "2026-11-24");
}

TEST_CASE("only what is published, and only within its time, is visible") {
    Offer offer;
    const auto now = at("2026-11-23T09:00:00Z");
    for (const State state : {State::draft, State::handed_in, State::archived}) {
        offer.state = state;
        CHECK_FALSE(is_visible(offer, now));
    }
    offer.state = State::published;
    CHECK(is_visible(offer, now));
    offer.publish_at = now + std::chrono::milliseconds{1};
    CHECK_FALSE(is_visible(offer, now));
    offer.publish_at = now;
    CHECK(is_visible(offer, now));
    offer.unpublish_at = now;
    CHECK_FALSE(is_visible(offer, now));
}

TEST_CASE("a form says for each field what is missing or cannot be") {
    const auto empty = check(Form{});
    REQUIRE_FALSE(empty);
    for (const char* field : {"title", "summary", "how"}) CHECK(empty.problems().of(field) != nullptr);
    const auto wrong = [](const std::vector<std::pair<std::string, std::string>>& more, const char* field) {
        const auto checked = check(entry(more));
        INFO(field);
        REQUIRE_FALSE(checked);
        CHECK(checked.problems().of(field) != nullptr);
    };
    wrong({{"starts", "2026-02-30"}}, "starts");
    wrong({{"starts", "2026-03-02"}, {"ends", "2026-03-01"}}, "ends");
    wrong({{"permanent", "on"}, {"ends", "2026-03-01"}}, "ends");
    wrong({{"publish_on", "2026-03-02"}, {"unpublish_on", "2026-03-02"}}, "unpublish_on");
    wrong({{"external_url", "javascript:alert(1)"}}, "external_url");
    wrong({{"external_url", "//elsewhere.example"}}, "external_url");
    wrong({{"contact_email", "mitwirken"}}, "contact_email");
    wrong({{"lat", "0"}, {"lon", "0"}}, "lat");
    wrong({{"lat", "51.5"}}, "lat");
    wrong({{"related-1-title", "Ohne Adresse"}}, "related");
    wrong({{"documents-1-url", "https://example.org/plan.pdf"}}, "documents");
    wrong({{"title", std::string(201, 'a')}}, "title");
}

TEST_CASE("what a form stores comes back into the form unchanged") {
    const Form typed = entry({{"title_en", "Riverside park"},
                              {"body", "Ein *Text*."},
                              {"starts", "2026-11-01"},
                              {"ends", "2026-11-30"},
                              {"when_text", "im November"},
                              {"place", "Am Fluss 1"},
                              {"lat", "51.51360"},
                              {"lon", "7.46530"},
                              {"contact_email", "amt@example.org"},
                              {"documents-1-title", "Plan"},
                              {"documents-1-url", ""},
                              {"related-1-title", "Spaziergang"},
                              {"related-1-url", "/termine/spaziergang"},
                              {"publish_on", "2026-10-25"}});
    const auto offer = check(typed);
    REQUIRE(offer);
    const Form again = to_form(*offer);
    for (const auto& [name, value] : typed.fields()) {
        INFO(name);
        CHECK(again[name] == value);
    }
    const auto links = links_of(offer->links);
    REQUIRE(links.size() == 2);
    CHECK(links[0] == Link{"document", "Plan", ""});
    CHECK(links[1] == Link{"event", "Spaziergang", "/termine/spaziergang"});
}

TEST_CASE("an offer goes from draft by hand-in and release to the public, and back from the archive as a draft") {
    CHECK(next_state(State::draft, "hand_in") == State::handed_in);
    CHECK(next_state(State::handed_in, "publish") == State::published);
    CHECK(next_state(State::published, "return") == State::draft);
    CHECK(next_state(State::published, "archive") == State::archived);
    CHECK(next_state(State::archived, "restore") == State::draft);
    CHECK_FALSE(next_state(State::archived, "publish"));
    CHECK_FALSE(next_state(State::published, "hand_in"));
    CHECK_FALSE(next_state(State::draft, "delete"));
}

TEST_CASE("an announcement without a last day is permanent, and keeps what it was published at") {
    Offer offer;
    const auto now = at("2026-11-23T09:00:00Z");
    take_over(
        offer,
        {{"procedures", 3}, "Plan", "Kurz.", "/verfahren/plan", parse_date("2026-12-01"), {}, {"online", "paper"}, {}},
        now);
    CHECK(offer.permanent);
    CHECK(kind_of(offer, now) == Kind::planned);
    CHECK(how_words(offer.how) == std::vector<std::string>{"online", "paper"});
    CHECK(offer.publish_at == now);
    take_over(offer,
              {{"procedures", 3}, "Plan", "Kurz.", "/verfahren/plan", {}, parse_date("2026-12-24"), {"phone"}, {}},
              now + std::chrono::hours{1});
    CHECK_FALSE(offer.permanent);
    CHECK(offer.publish_at == now);
}

TEST_CASE("broken links in the database show none instead of failing") {
    CHECK(links_of("").empty());
    CHECK(links_of("{\"a\":1}").empty());
    CHECK(links_of("[[\"document\",\"nur zwei\"]]").empty());
}
