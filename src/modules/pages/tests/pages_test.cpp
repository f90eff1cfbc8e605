// Standing pages, on the example.
#include <doctest/doctest.h>

#include "support/test_house.h"

using namespace mitwirken::tests;

TEST_CASE("standing pages are found by their German words and by their key") {
    TestHouse house;
    for (const char* path : {"/ueber", "/so-funktionierts", "/impressum", "/datenschutz", "/barrierefreiheit",
                             "/netiquette", "/seiten/documentation"})
        CHECK_MESSAGE(house.visitor().get(path).status == 200, path);
    CHECK(house.visitor().get("/en/ueber").has("About MitWIRken"));
    CHECK(house.visitor().get("/seiten/gibt-es-nicht").status == 404);
}
