// What tests of this module's pages share.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "modules/toolbox/pages.h"
#include "support/test_house.h"

namespace mitwirken::toolbox::tests {

using namespace mitwirken::tests;

// The value of the hidden field of this name.
inline std::string hidden_value(const Answer& page, const std::string& name) {
    const std::string begin = "name=\"" + name + "\" value=\"";
    const auto at = page.body.find(begin);
    REQUIRE_MESSAGE(at != std::string::npos, name);
    const auto from = at + begin.size();
    return page.body.substr(from, page.body.find('"', from) - from);
}

// The first address in a text that begins so.
inline std::string address_in(const std::string& text, const std::string& begin) {
    const auto at = text.find(begin);
    REQUIRE_MESSAGE(at != std::string::npos, begin);
    return text.substr(at, text.find_first_of(" \n\r\"<", at) - at);
}

inline std::size_t times(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
    return count;
}

inline std::string id_of(TestHouse& house, const std::string& key) {
    std::string id;
    house.read([&](db::Tx& tx) { id = std::to_string(find_format(tx, house.tenant(), key)->id.value); });
    return id;
}

// Every public way to words of the toolbox; `extra` are further ones.
inline std::vector<std::string> public_ways(std::vector<std::string> extra = {}) {
    std::vector<std::string> ways{"/instrumente",
                                  "/instrumente?ansicht=tabelle",
                                  "/instrumente/world-cafe",
                                  "/instrumente/world-cafe/drucken",
                                  "/instrumente/vergleich?f=world-cafe&f=barcamp",
                                  "/instrumente/broschuere?f=world-cafe",
                                  "/instrumente.json",
                                  "/instrumente.csv",
                                  "/instrumente.rss",
                                  "/api/v1/toolbox/formats",
                                  "/api/v1/toolbox/formats/world-cafe",
                                  "/einbetten/instrumente",
                                  "/sitemap.xml",
                                  "/"};
    ways.insert(ways.end(), extra.begin(), extra.end());
    return ways;
}

}  // namespace mitwirken::toolbox::tests
