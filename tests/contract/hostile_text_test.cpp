// Text that wants to run, to break out of its place or to be a formula: typed into every form of every module, then
// looked for on every page, feed and file that anybody can get.
#include <doctest/doctest.h>

#include <libxml/parser.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "platform/base/text.h"
#include "platform/tables/csv.h"
#include "support/filled_forms.h"

using namespace mitwirken;
using namespace mitwirken::tests;
using core::Role;

namespace {

// A formula, an element that runs, a script, SQL, a template's marker, a Markdown link that runs; short enough for
// every field. The last word shows that it has arrived.
const std::string hostile = "=1+1\"><img src=x onerror=a()><script>a()</script>'--{{X}}[k](javascript:a()) Feindwort";

bool is_xml(const std::string& text) {
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlReadMemory(text.data(), int(text.size()), "feed.xml", nullptr,
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
        &xmlFreeDoc);
    return document != nullptr;
}

// Whatever the answer is, nothing in it may run where it is opened.
void check_harmless(const Answer& answer) {
    CHECK(answer.status < 500);
    if (answer.status != 200) return;
    CHECK(is_utf8(answer.body));
    const std::string type = answer.type();
    CHECK(answer.headers["X-Content-Type-Options"] == "nosniff");
    if (starts_with(type, "text/html")) {
        const ParsedPage page(answer.body);
        for (const auto& found : page.executable()) FAIL_CHECK(found);
        const std::string policy(answer.headers["Content-Security-Policy"]);
        CHECK(policy.find("script-src 'self';") != std::string::npos);
        CHECK(policy.find("unsafe") == std::string::npos);
    } else if (type.find("xml") != std::string::npos || type.find("rss") != std::string::npos) {
        CHECK(is_xml(answer.body));
    } else if (type.find("json") != std::string::npos) {
        CHECK(nlohmann::json::accept(answer.body));
    } else if (starts_with(type, "text/csv")) {
        const auto table = tables::read_csv(answer.body);
        REQUIRE(table);
        for (const auto& row : table->rows)
            for (const auto& cell : row)
                CHECK((cell.empty() || std::string_view("=+-@\t\r").find(cell[0]) == std::string_view::npos));
    } else if (starts_with(type, "text/calendar")) {
        for (const auto& line : split(answer.body, '\n'))
            CHECK((line.empty() || line.back() == '\r'));  // a line end that somebody typed would stand alone
    }
}

// Every address that takes no parameter, for this client.
std::vector<std::string> fixed_addresses(TestHouse& house) {
    std::vector<std::string> paths;
    for (const auto& entry : house.program().router().entries())
        if (entry.route->method == http::Method::get && entry.route->pattern.find('{') == std::string_view::npos)
            paths.emplace_back(entry.route->pattern);
    return paths;
}

// One thing of every kind, with this text wherever people write, as far towards publication as the office can take it.
std::vector<std::string> make_things(Client& office, const std::vector<std::string>& pages, const std::string& text) {
    std::vector<std::string> made;
    for (const auto& path : pages) {
        const auto filled = fill_and_send(office, path, text);
        INFO(path, " ", ParsedPage(filled.answer.body).text());
        REQUIRE(filled.answer.status == 303);
        made.push_back(filled.answer.location());
    }
    return made;
}

}  // namespace

TEST_CASE("hostile text in every field of every form is shown as text, to staff and to the public") {
    TestHouse house;
    auto office = house.as(Role::admin);
    const auto staff = staff_pages(house, office);
    const auto made = make_things(office, only_new(staff), hostile);
    // What sends its maker back to the list is found there.
    for (const auto& path : staff_pages(house, office)) publish(office, path);
    for (const auto& path : made) publish(office, path);
    house.run_jobs();

    auto visitor = house.visitor();
    int with_words = 0;
    std::vector<std::string> open = addresses_of_site_map(visitor);
    for (auto& path : fixed_addresses(house)) open.push_back(path);
    open.push_back("/suche?q=Feindwort");
    for (const auto& path : open)
        for (const char* language : {"", "/en"}) {
            INFO(language, path);
            const auto answer = visitor.get(language + path);
            check_harmless(answer);
            with_words += answer.has("Feindwort");
        }
    CHECK(with_words >= 10);  // it did get there
    for (const auto& path : staff_pages(house, office)) {
        INFO(path);
        check_harmless(office.get(path));
    }
    for (const auto& path : made) {
        INFO(path);
        check_harmless(office.get(path));
        check_harmless(office.get(path + "/vorschau"));
        check_harmless(office.get(path + "/versionen"));
        check_harmless(office.get(path + "/versionen?von=1&bis=1"));
    }
}

TEST_CASE("hostile text that is refused comes back as text in its field") {
    TestHouse house;
    auto office = house.as(Role::admin);
    for (const auto& path : staff_pages(house, office)) {
        const auto form = main_form(ParsedPage(office.get(path).body));
        if (!form || form->action.find("/abmelden") != std::string::npos) continue;
        // Dates and addresses as well: that is refused for sure where there are any.
        const auto answer = send(office, *form, form->sent_with(hostile, [](const auto& f) { return f.is_typed(); }));
        INFO(path);
        CHECK(answer.status < 500);
        check_harmless(answer);
        for (const auto& found : ParsedPage(answer.body).executable()) FAIL_CHECK(found);
        if (answer.status != 422) continue;
        const auto again = form_to(ParsedPage(answer.body), form->action);
        if (!again) continue;
        for (const auto& field : again->fields)
            if (field.is_typed() && field.type != "password" && form->field(field.name)) {
                INFO(field.name);
                CHECK(field.value == hostile);
            }
    }
}

TEST_CASE("hostile parameters of every address are shown as text and never fail") {
    TestHouse house;
    auto visitor = house.visitor();
    auto office = house.as(Role::admin);
    const std::string long_text(12000, 'a');
    std::vector<std::string> names;
    for (const auto& path : pages_reached(house, visitor, {"/"}, "/"))
        for (const auto& form : ParsedPage(visitor.get(path).body).forms())
            for (const auto& field : form.fields)
                if (std::find(names.begin(), names.end(), field.name) == names.end()) names.push_back(field.name);
    for (const char* name : {"nach", "vor", "ab", "seite", "stand", "bereich", "von", "bis", "after", "before", "id"})
        names.emplace_back(name);
    std::string numbers, words, broken, huge;
    for (const auto& name : names) {
        words += escape_url(name) + "=" + escape_url(hostile) + "&";
        numbers += escape_url(name) + "=9223372036854775807&";
        broken += escape_url(name) + "=%FF%00%C3%28&" + escape_url(name) + "=%zz&";
    }
    for (int i = 0; i < 1500; ++i) huge += "q=" + std::to_string(i) + "&";
    for (const auto& path : fixed_addresses(house))
        for (const auto& query :
             {words, numbers, broken, huge, "q=" + long_text, std::string("nach=-9223372036854775808"),
              std::string("vor=18446744073709551616.99999999999999999999")}) {
            INFO(path, "?", query.substr(0, 200));
            check_harmless(visitor.get(path + "?" + query));
            if (starts_with(path, "/verwaltung")) check_harmless(office.get(path + "?" + query));
        }
}

TEST_CASE("hostile words in the parameters of a path lead nowhere") {
    TestHouse house;
    auto office = house.as(Role::admin);
    for (const auto& entry : house.program().router().entries()) {
        const auto& route = *entry.route;
        if (route.pattern.find('{') == std::string_view::npos) continue;
        for (const auto& word :
             {hostile, std::string("9223372036854775808"), std::string("-1"), std::string("0"), std::string("1 OR 1=1"),
              std::string(3000, 'x'), std::string("%00"), std::string("..%2f..%2fetc%2fpasswd")}) {
            std::string path(route.pattern);
            for (auto at = path.find('{'); at != std::string::npos; at = path.find('{'))
                path.replace(at, path.find('}', at) - at + 1, escape_url(word));
            INFO(std::string(to_string(route.method)), " ", path.substr(0, 200));
            const auto answer = route.method == http::Method::get ? office.get(path) : office.post(path);
            CHECK(answer.status != 200);
            CHECK(answer.status < 500);
            for (const auto& found : ParsedPage(answer.body).executable()) FAIL_CHECK(found);
        }
    }
}
