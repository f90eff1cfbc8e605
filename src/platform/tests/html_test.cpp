// Templates: escaping in every place, translation, partials, what is refused. Markdown stands in markdown_test.cpp.
#include <doctest/doctest.h>

#include <stdexcept>
#include <thread>

#include "platform/html/html.h"
#include "platform/html/loader.h"
#include "test/templates.h"

using namespace mitwirken;
namespace tpl = mitwirken::test::tpl;

namespace {

const std::string hostile = "javascript:alert(1)//\"'><script>x</script>&amp;\n{{URL}}";

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

html::Values card_list(int cards) {
    html::Values page;
    page.set(tpl::list::COUNT, cards);
    for (int i = 0; i < cards; ++i) {
        auto item = page.add(tpl::list::ITEM);
        item.set(tpl::list::ID, i).set(tpl::list::URL, "/verfahren/marktplatz").set(tpl::list::TITLE, "Bänke & Bäume");
        item.set(tpl::list::TEXT,
                 "Mehr Schatten auf dem Marktplatz, damit ältere Menschen im Sommer verweilen können.");
        item.set(tpl::list::AUTHOR, "Ada").set(tpl::list::DATE, "23. November 2026");
        item.show_if(i % 2 == 0, tpl::list::NEW);
        for (const char* tag : {"Grün", "Platz"}) item.add(tpl::list::TAG).set(tpl::list::NAME, tag);
    }
    return page;
}

html::Surroundings english() {
    return {[](const std::string&, const std::string& name) -> std::optional<std::string_view> {
                if (name == "one.html") return "<i class=\"$name\">{{INNER}}</i>";
                if (name == "bad.html") return "<i>\n{{X:none}}</i>";
                if (name == "loop.html") return "[[>m/loop.html]]";
                return {};
            },
            [](std::string_view name) { return "/assets/" + std::string(name); },
            [](std::string_view text) { return std::string(text == "Lost {{NAME}}" ? "Verloren" : text); }};
}

std::string prepared(std::string_view file, std::string_view source) {
    const auto surroundings = english();
    return html::prepare(file, html::expand(file, source, surroundings), surroundings);
}

std::string refusal(std::string_view source, std::string_view file = "m/templates/a.html") {
    try {
        prepared(file, source);
    } catch (const std::logic_error& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("a list is filled in German with markers in the German order") {
    const std::string text = html::render(tpl::list::file, card_list(2), i18n::german());
    CHECK(has(text, "<h1>2 Formate gefunden</h1>"));
    CHECK(has(text, "<li id=\"item-0\" class=\"card card-new\">"));
    CHECK(has(text, "<li id=\"item-1\" class=\"card\">"));
    CHECK(has(text, "Bänke &amp; Bäume</a>"));
    CHECK(has(text, "<p>Am 23. November 2026 von Ada</p>"));
    CHECK(has(text, "<span>Grün</span>, <span>Platz</span>"));
    CHECK_FALSE(has(text, "Nothing here"));
    CHECK_FALSE(has(text, "comment"));
    CHECK_FALSE(has(text, "\n "));
}

TEST_CASE("a partial takes its arguments, even a translated one, and asset addresses") {
    const std::string text = html::render(tpl::list::file, card_list(1), i18n::german());
    CHECK(has(text, "aria-label=\"Ort &lt;&amp;&gt; &quot;hier&quot;\"><use href=\"icons.svg#pin\"/>"));
}

TEST_CASE("an include brings its own values and does not see those around it") {
    html::Values page = card_list(0);
    page.set(tpl::list::URL, "/outside");
    page.show(tpl::list::EMPTY).include(tpl::list::PAGER, tpl::pager::file).set(tpl::pager::URL, "?seite=2");
    CHECK(has(html::render(tpl::list::file, page, i18n::english()),
              "<nav><a href=\"?seite=2\" rel=\"next\">Next</a></nav>"));
    html::Values empty = card_list(0);
    empty.set(tpl::list::URL, "/outside").include(tpl::list::PAGER, tpl::pager::file);
    CHECK_FALSE(has(html::render(tpl::list::file, empty, i18n::english()), "/outside"));
}

TEST_CASE("a missing translation falls back, Leichte Sprache to German, Arabic to English") {
    html::Values page = card_list(1);
    page.include(tpl::list::PAGER, tpl::pager::file);
    const std::string easy = html::render(tpl::list::file, page, *i18n::find_language("de-easy"));
    CHECK(has(easy, "1 Formate gefunden"));
    CHECK(has(easy, ">Nächste Seite<"));
    const std::string arabic = html::render(tpl::list::file, page, *i18n::find_language("ar"));
    CHECK(has(arabic, "Found 1 formats"));
    CHECK(has(arabic, ">التالي<"));
}

TEST_CASE("hostile text stays text in every place") {
    html::Values page;
    page.set(tpl::places::VALUE, hostile).set(tpl::places::BODY, html::markdown("**fett**"));
    const std::string text = html::render(tpl::places::file, page, i18n::german());
    CAPTURE(text);
    CHECK_FALSE(has(text, "<script"));
    CHECK_FALSE(has(text, "\"'>"));
    CHECK(has(text, "<a href=\"#\">1</a>"));
    CHECK(has(text, "<button formaction=\"#\">4</button>"));
    CHECK(has(text, "<img src=\"#\" alt=\"Suchen\">"));
    CHECK(has(text, "<a href=\"/x?q=javascript%3Aalert(1)//%22%27%3E%3Cscript"));
    CHECK_FALSE(has(text, "color:javascript:"));
    CHECK(has(text, "<div><p><strong>fett</strong></p>\n</div>"));
    CHECK(has(text, "placeholder=\"Say &quot;hello&quot; &amp; more\""));
    CHECK(has(text, "{{URL}}"));
}

TEST_CASE("line breaks that people typed survive in fields, white space in pre stays") {
    html::Values page;
    page.set(tpl::places::VALUE, "a\n\tb");
    const std::string text = html::render(tpl::places::file, page, i18n::german());
    CHECK(has(text, "<textarea>\n  a\n\tb\n</textarea>"));
    CHECK(has(text, "<input value=\"a\n\tb\""));
    CHECK(has(text, "<pre>\n    two\n</pre>"));
}

TEST_CASE("an address may be http, https or a path of this site, nothing that runs") {
    for (const char* address : {"javascript:x", "JaVaScRiPt:x", " javascript:x", "java\nscript:x", "data:text/html,x",
                                "vbscript:x", "\x01javascript:x"}) {
        html::Values page;
        page.set(tpl::pager::URL, address);
        CAPTURE(address);
        CHECK(has(html::render(tpl::pager::file, page, i18n::english()), "<a href=\"#\" rel"));
    }
    for (const char* address : {"/a?b=c", "?seite=2", "#top", "https://example.org/x", "bilder/a.png"}) {
        html::Values page;
        page.set(tpl::pager::URL, address);
        CHECK(
            has(html::render(tpl::pager::file, page, i18n::english()), "<a href=\"" + std::string(address) + "\" rel"));
    }
}

TEST_CASE("mail text is not HTML and lines with nothing but sections leave no gap") {
    html::Values mail;
    mail.set(tpl::mail::NAME, "Ada & Bob");
    for (const char* title : {"<Eins>", "Zwei"}) {
        mail.add(tpl::mail::ITEM).set(tpl::mail::TITLE, title).set(tpl::mail::URL, "https://a.de/?x=1&y=2");
    }
    CHECK(
        html::render(tpl::mail::file, mail, i18n::english()) ==
        "Hello Ada & Bob,\n* <Eins> <https://a.de/?x=1&y=2>\n* Zwei <https://a.de/?x=1&y=2>\n\nSay \"hello\" & more\n");
}

TEST_CASE("a feed is escaped as XML") {
    html::Values feed;
    feed.set(tpl::feed::COUNT, 1).add(tpl::feed::ITEM).set(tpl::feed::TITLE, "<b>A & B</b>");
    const std::string text = html::render(tpl::feed::file, feed, i18n::german());
    CHECK(has(text, "<title>1 Formate gefunden</title>"));
    CHECK(has(text, "<item><title>&lt;b&gt;A &amp; B&lt;/b&gt;</title></item>"));
}

TEST_CASE("a plain string never reaches a place for safe HTML, whatever its constant is called") {
    html::Values page;
    page.set(html::Var{"BODY"}, "<b>x</b>");
    CHECK(has(html::render(tpl::places::file, page, i18n::english()), "<div></div>"));
}

TEST_CASE("a template that does not exist is a bug and says so") {
    CHECK_THROWS_AS(html::render({"test/none.html"}, html::Values(), i18n::german()), std::logic_error);
    html::Values page = card_list(0);
    page.include(tpl::list::PAGER, {"test/none.html"});
    CHECK_THROWS_AS(html::render(tpl::list::file, page, i18n::german()), std::logic_error);
}

TEST_CASE("whatever would switch escaping off is refused with file and line") {
    CHECK(refusal("<p>\n{{X:none}}</p>") == "m/templates/a.html:2: the modifier :none is not allowed");
    CHECK(has(refusal("<p>{{X:raw}}</p>"), ":raw is not allowed"));
    CHECK(has(refusal("<p>{{X:h:none}}</p>"), ":none is not allowed"));
    CHECK(has(refusal("<p>{{X:H=snippet}}</p>"), "is not allowed"));
    CHECK(has(refusal("<p>{{X:x-safe-html:h}}</p>"), "is not allowed"));
    CHECK(has(refusal("{{%AUTOESCAPE context=\"MANUAL\"}}"), "no {{%pragmas}}"));
    CHECK(has(refusal("<a title=\"{{X:x-safe-html}}\">"), "between tags only"));
    CHECK(has(refusal("{{X:x-safe-html}}", "m/templates/a.txt"), ".html only"));
    CHECK(has(refusal("<p>{{X__SAFE}}</p>"), "single _"));
}

TEST_CASE("variables are refused where nothing could make them safe") {
    CHECK(has(refusal("<a {{X}}>"), "would name an attribute"));
    CHECK(has(refusal("<{{X}}>"), "cannot name a tag"));
    CHECK(has(refusal("<h{{X}}>"), "cannot name a tag"));
    CHECK(has(refusal("<a href={{X}}>"), "in quotes"));
    CHECK(has(refusal("<a onclick=\"f({{X}})\">"), "no variables in onclick"));
    CHECK(has(refusal("<iframe srcdoc=\"{{X}}\">"), "no variables in srcdoc"));
    CHECK(has(refusal("<script>let a = {{X}};</script>"), "no variables in script"));
    CHECK(has(refusal("<style>{{X}}</style>"), "no variables in script and style"));
    CHECK(has(refusal("<a title=\"{{>X}}\">"), "between tags only"));
    CHECK(has(refusal("<a href=\"{{A}}{{B}}\">"), "two variables"));
    CHECK(has(refusal("<a href=\"{{#S}}/x{{/S}}{{B}}\">"), "two variables"));
    CHECK(has(refusal("{{#S}}<a href=\"{{/S}}x\">"), "another place"));
    CHECK(refusal("<a href=\"{{A}}/x/{{B}}\">x</a>") == "accepted");
    CHECK(refusal("<option value=\"{{A}}\"{{#S}} selected{{/S}}>") == "accepted");
}

TEST_CASE("what is not well-formed is refused with file and line") {
    CHECK(refusal("\n\n{{#A}}") == "m/templates/a.html:3: {{#A}} is never closed");
    CHECK(has(refusal("{{#A}}{{#B}}{{/A}}{{/B}}"), "{{/A}} closes nothing"));
    CHECK(has(refusal("{{title}}"), "upper-case"));
    CHECK(has(refusal("{{A"), "never closed"));
    CHECK(has(refusal("<p title=\"a"), "not finished"));
    CHECK(has(refusal("[[Read <b>this</b>]]"), "mark-up inside [[text]]"));
    CHECK(has(refusal("[[ ]]"), "empty [[text]]"));
    CHECK(has(refusal("[[open"), "never closed"));
    CHECK(has(refusal("[[Lost {{NAME}}]]"), "other {{markers}}"));
    CHECK(has(refusal("a < b"), "&lt;"));
}

TEST_CASE("a partial that is missing, misused or bad is refused where it is") {
    CHECK(has(refusal("\n[[>m/none.html]]"), "a.html:2: there is no m/templates/partials/none.html"));
    CHECK(has(refusal("[[>m/one.html]]"), "$name is missing"));
    CHECK(has(refusal("[[>m/one.html name=a other=b]]"), "$other is unknown"));
    CHECK(has(refusal("[[>m/one.html name=]]"), "[[>module") == false);
    CHECK(has(refusal("[[>m/one.html name=\"a]]"), "write [[>module/file.html"));
    CHECK(has(refusal("[[>one.html]]"), "write [[>module/file.html"));
    CHECK(has(refusal("[[>m/loop.html]]"), "include each other"));
    CHECK(refusal("<p>\n\n[[>m/bad.html]]</p>") ==
          "m/templates/partials/bad.html:2: the modifier :none is not allowed");
    CHECK(refusal("[[>m/partials/one.html name=a]]\n{{#A}}") == "m/templates/a.html:2: {{#A}} is never closed");
    CHECK(has(prepared("m/templates/a.html", "[[>m/one.html name=\"a b\"]]"), "<i class=\"a b\">{{INNER:p}}</i>"));
}

TEST_CASE("many threads render the same templates") {
    const std::string expected = html::render(tpl::list::file, card_list(20), i18n::german());
    std::vector<std::thread> threads;
    std::array<int, 4> equal{};
    for (auto& count : equal) {
        threads.emplace_back([&count, &expected] {
            for (int i = 0; i < 50; ++i)
                count += html::render(tpl::list::file, card_list(20), i18n::german()) == expected;
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(equal == std::array<int, 4>{50, 50, 50, 50});
}

// Figures for a change: platform_tests --no-skip -tc="bench*" in a release build.
TEST_CASE("bench: expansions of a list of 20 cards" * doctest::skip()) {
    html::load_templates();
    const auto begin = std::chrono::steady_clock::now();
    std::size_t bytes = 0, rounds = 0;
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    for (; seconds() < 2; ++rounds) bytes += html::render(tpl::list::file, card_list(20), i18n::german()).size();
    const double filled = double(rounds) / seconds();
    const html::Values page = card_list(20);
    const double before = seconds();
    std::size_t again = 0;
    for (; seconds() < before + 2; ++again) bytes += html::render(tpl::list::file, page, i18n::german()).size();
    MESSAGE("filled and rendered: " << filled << "/s; rendered only: " << double(again) / 2 << "/s; page of "
                                    << bytes / (rounds + again) << " bytes");
    CHECK(filled > 0);
}

TEST_CASE("bench: dates and numbers" * doctest::skip()) {
    const auto& words = i18n::german();
    const auto now = *parse_instant("2026-11-23T17:30:00Z");
    const auto measure = [](const char* what, auto run) {
        const auto begin = std::chrono::steady_clock::now();
        std::size_t bytes = 0;
        for (int i = 0; i < 200'000; ++i) bytes += run(i).size();
        const auto spent = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
        MESSAGE(what << ": " << spent / 200'000 << " ns");
        CHECK(bytes > 0);
    };
    measure("date", [&](int) {
        return words.date(Date{std::chrono::year{2026}, std::chrono::month{3}, std::chrono::day{5}});
    });
    measure("date_time", [&](int i) { return words.date_time(now + std::chrono::hours{i % 9000}); });
    measure("number", [&](int i) { return words.number(std::int64_t{i}); });
    measure("number with decimals", [&](int i) { return words.number(i / 7.0, 1); });
    measure("ago", [&](int i) { return words.ago(now - std::chrono::hours{i % 900}, now); });
    measure("tr", [&](int) { return words.tr("Next"); });
    measure("plural", [&](int i) {
        return words.plural("{n} idea in {place}", "{n} ideas in {place}", i, {{"place", "A"}});
    });
    measure("sort_key", [&](int) { return words.sort_key("Uferpromenade"); });
    measure("markdown", [&](int) { return html::markdown("Ein *Text* mit [Link](https://x.de).").text(); });
}
