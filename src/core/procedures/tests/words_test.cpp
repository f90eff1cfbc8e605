// What people read when something is open or not.
#include "core/procedures/words.h"

#include <doctest/doctest.h>

#include "sample.h"

using namespace mitwirken;
using namespace mitwirken::core;
using namespace mitwirken::core::sample;

namespace {

std::string words(const i18n::Language& language, const Procedure& procedure, const std::vector<std::string>& tracks,
                  const char* activity, const char* interaction, const char* at) {
    const Timestamp now = local(at);
    const Answer answer = ask(procedure, tracks, activity, interaction, now);
    return reason_in_words(language, procedure, answer, activity, interaction, now);
}

std::string german(const Procedure& procedure, const char* activity, const char* interaction, const char* at,
                   const std::vector<std::string>& tracks = {"everyone"}) {
    return words(i18n::german(), procedure, tracks, activity, interaction, at);
}

}  // namespace

TEST_CASE("the reason is said in German as people say it") {
    Procedure p = park();
    CHECK(german(p, "ideas", "comment", "2027-04-01T12:00") == "noch nicht – ab 5. April");
    CHECK(german(p, "ideas", "comment", "2026-12-31T12:00") == "noch nicht – ab 1. März 2027");
    CHECK(german(p, "ideas", "comment", "2027-03-10T12:00") == "offen bis 28. März, 24 Uhr");
    CHECK(german(p, "survey", "answer", "2027-04-26T00:00") == "geschlossen seit 25. April, 24 Uhr");
    CHECK(german(p, "survey", "answer", "2028-01-01T00:00") == "geschlossen seit 25. April 2027, 24 Uhr");
    CHECK(german(p, "ideas", "answer", "2027-04-26T00:00") == "Termin steht noch nicht fest: Herbst 2027");
    CHECK(german(p, "survey", "comment", "2027-04-13T00:00") == "hier nicht vorgesehen");
    CHECK(german(p, "map", "comment", "2027-04-13T00:00") == "zurzeit nicht Teil dieses Verfahrens");
    p.state = ProcedureState::paused;
    CHECK(german(p, "ideas", "comment", "2027-03-10T12:00") == "ruht zurzeit");
    p.state = ProcedureState::draft;
    CHECK(german(p, "ideas", "comment", "2027-03-10T12:00") == "noch nicht veröffentlicht");
}

TEST_CASE("whom something is for is said in the procedure's own words") {
    Procedure p = plan();
    CHECK(german(p, "ideas", "support", "2026-10-20T19:00") == "nur für die Nachbarschaft");
    CHECK(german(p, "survey", "answer", "2026-10-20T19:00", {"neighbours"}) ==
          "nur für die Öffentlichkeit und Behörden");
    CHECK(german(p, "survey", "comment", "2026-10-20T19:00", {"neighbours"}) == "nur für Behörden");
    CHECK(german(p, "survey", "dance", "2026-10-20T19:00", {}) == "nur für die Öffentlichkeit und Behörden");
    p.tracks[2].for_whom.clear();
    CHECK(german(p, "ideas", "support", "2026-10-20T19:00") == "nur für: Nachbarschaft");
}

TEST_CASE("times of day are said, midnight is the end of the day before") {
    const Procedure p = plan();
    const std::vector<std::string> near = {"neighbours"};
    CHECK(german(p, "ideas", "support", "2026-10-01T19:00", near) == "noch nicht – ab 20. Oktober, 18:30 Uhr");
    CHECK(german(p, "ideas", "support", "2026-10-20T19:00", near) == "offen bis 20. Oktober, 21:00 Uhr");
    CHECK(german(p, "survey", "comment", "2027-03-01T00:00", {"agencies"}) == "offen, ohne Enddatum");
    const Timestamp now = local("2027-06-01T12:00");
    CHECK(end_in_words(i18n::german(), local("2027-01-01T00:00"), now) == "31. Dezember 2026, 24 Uhr");
    CHECK(end_in_words(i18n::german(), local("2027-03-01T23:59:59"), now) == "1. März, 23:59:59");
    CHECK(beginning_in_words(i18n::german(), local("2027-03-01T00:00"), now) == "1. März");
}

TEST_CASE("the hour that exists twice says which one it is") {
    const Timestamp now = local("2026-10-01T12:00");
    CHECK(beginning_in_words(i18n::german(), utc("2026-10-25T00:30:00Z"), now) ==
          "25. Oktober, 02:30 Uhr (Sommerzeit)");
    CHECK(end_in_words(i18n::german(), utc("2026-10-25T01:30:00Z"), now) == "25. Oktober, 02:30 Uhr (Winterzeit)");
    CHECK(end_in_words(i18n::german(), utc("2026-10-25T02:00:00Z"), now) == "25. Oktober, 03:00 Uhr");
}

TEST_CASE("the reason is said in English, too") {
    const Procedure p = park();
    const auto english = [&](const char* interaction, const char* at) {
        return words(i18n::english(), p, {"everyone"}, "ideas", interaction, at);
    };
    CHECK(english("comment", "2027-04-01T12:00") == "not yet – from 5 April");
    CHECK(english("comment", "2027-03-10T12:00") == "open until 28 March, 24:00");
    CHECK(english("answer", "2027-05-10T12:00") == "The date is not fixed yet: Herbst 2027");
    CHECK(words(i18n::english(), plan(), {}, "ideas", "support", "2026-10-20T19:00") == "only for die Nachbarschaft");
}
