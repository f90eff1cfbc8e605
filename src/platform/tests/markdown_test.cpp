// Markdown: what people may write, and that nothing else gets through.
#include <doctest/doctest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "platform/html/html.h"

using namespace mitwirken;
using html::markdown;
using html::markdown_to_text;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }
std::string shown(std::string_view text) { return markdown(text).text(); }

// Every tag of the output without its attributes' values must be one of these; attributes only those of the list.
bool only_allowed_tags(const std::string& html) {
    const std::vector<std::string> allowed = {
        "p",      "/p",    "h3",     "/h3",   "h4",     "/h4",  "h5",         "/h5",         "h6",      "/h6", "ul",
        "/ul",    "ol",    "/ol",    "li",    "/li",    "em",   "/em",        "strong",      "/strong", "del", "/del",
        "a",      "/a",    "code",   "/code", "pre",    "/pre", "blockquote", "/blockquote", "hr",      "br",  "table",
        "/table", "thead", "/thead", "tbody", "/tbody", "tr",   "/tr",        "th",          "/th",     "td",  "/td"};
    for (std::size_t at = 0; (at = html.find('<', at)) != html.npos; ++at) {
        const auto end = html.find('>', at);
        if (end == html.npos) return false;
        const std::string tag = html.substr(at + 1, end - at - 1);
        if (std::find(allowed.begin(), allowed.end(), tag.substr(0, tag.find(' '))) == allowed.end()) return false;
        std::string rest = tag.find(' ') == tag.npos ? "" : tag.substr(tag.find(' ') + 1);
        while (!rest.empty() && rest != "/") {
            const auto equals = rest.find("=\"");
            const auto quote = equals == rest.npos ? rest.npos : rest.find('"', equals + 2);
            if (quote == rest.npos) return false;
            const std::string name = rest.substr(0, equals), value = rest.substr(equals + 2, quote - equals - 2);
            if (name == "href") {
                const auto scheme = value.substr(0, value.find_first_of("/?#"));
                const bool known = has(scheme, ":") == false || value.rfind("http:", 0) == 0 ||
                                   value.rfind("https:", 0) == 0 || value.rfind("mailto:", 0) == 0 ||
                                   value.rfind("tel:", 0) == 0;
                if (!known) return false;
            } else if (name != "class" && name != "rel" && name != "start") {
                return false;
            }
            rest = rest.substr(quote + 1);
            if (!rest.empty() && rest[0] == ' ') rest.erase(0, 1);
        }
    }
    return true;
}

}  // namespace

TEST_CASE("headings begin where the page wants them and leave no level out, however they were numbered") {
    const auto levels = [](std::string_view text) {
        const std::string html = markdown(text, {.first_heading = 2}).text();
        std::string found;
        for (std::size_t at = html.find("<h"); at != std::string::npos; at = html.find("<h", at + 1))
            found += html[at + 2];
        return found;
    };
    CHECK(levels("## a\n\n## b") == "22");
    CHECK(levels("# a\n\n### b\n\n###### c\n\n## d\n\n# e") == "23432");
    CHECK(levels("#### a\n\n# b\n\n## c") == "223");
    CHECK(levels("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n###### 6") == "234566");
}

TEST_CASE("people's Markdown becomes HTML with headings that fit the page") {
    CHECK(shown("# Eins\n\n## Zwei\n\n###### Sechs") == "<h3>Eins</h3>\n<h4>Zwei</h4>\n<h5>Sechs</h5>\n");
    CHECK(markdown("# Eins", {.first_heading = 2}).text() == "<h2>Eins</h2>\n");
    CHECK(shown("*a* **b** ~~c~~ `d`") == "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n");
    CHECK(shown("3. drei\n4. vier") == "<ol start=\"3\">\n<li>drei</li>\n<li>vier</li>\n</ol>\n");
    CHECK(has(shown("| a | b |\n|:-:|--:|\n| 1 | 2 |"), "<th>a</th>\n<th>b</th>"));
    CHECK(shown("") == "");
}

TEST_CASE("line breaks count in what people type into a form, not in files") {
    CHECK(shown("a\nb") == "<p>a\nb</p>\n");
    CHECK(markdown("a\nb", {.by_public = true}).text() == "<p>a<br />\nb</p>\n");
}

TEST_CASE("links say where they lead and pass no reputation on") {
    CHECK(shown("[a](/verfahren)") == "<p><a href=\"/verfahren\">a</a></p>\n");
    CHECK(shown("[a](https://example.org/?x=1&y=2)") ==
          "<p><a href=\"https://example.org/?x=1&amp;y=2\" class=\"external\" rel=\"noopener\">a</a></p>\n");
    CHECK(has(markdown("https://example.org", {.by_public = true}).text(),
              "<a href=\"https://example.org\" class=\"external\" rel=\"nofollow ugc noopener\">"));
    CHECK(has(markdown("[a](/x)", {.by_public = true}).text(), "<a href=\"/x\" rel=\"nofollow ugc noopener\">"));
    CHECK(shown("[a](mailto:a@b.de)") == "<p><a href=\"mailto:a@b.de\">a</a></p>\n");
    CHECK(shown("[a](<Plan Ä.pdf>)") == "<p>a</p>\n");
    CHECK(shown("[a](Plan%20Ä.pdf)") == "<p><a href=\"Plan%20%C3%84.pdf\">a</a></p>\n");
}

TEST_CASE("a picture becomes a link, so that no other server learns who reads") {
    CHECK(shown("![Bild](https://tracker.example/x.png)") ==
          "<p><a href=\"https://tracker.example/x.png\" class=\"external\" rel=\"noopener\">Bild</a></p>\n");
    CHECK(shown("[![Bild](https://a.example/x.png)](/y)") == "<p><a href=\"/y\">Bild</a></p>\n");
    CHECK(shown("![x](data:image/svg+xml;base64,PHN2Zz4=)") == "<p>x</p>\n");
}

TEST_CASE("HTML that people type is shown as they typed it") {
    CHECK(shown("a <b onclick=x>b</b>") == "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
    CHECK(shown("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    CHECK(shown("3 < 4 & 5 > 2") == "<p>3 &lt; 4 &amp; 5 &gt; 2</p>\n");
}

TEST_CASE("nothing that runs gets through Markdown") {
    for (const char* text : {"<script>alert(1)</script>",
                             "<img src=x onerror=alert(1)>",
                             "<svg/onload=alert(1)>",
                             "<iframe srcdoc='x'>",
                             "[a](javascript:alert(1))",
                             "[a](JaVaScRiPt:alert(1))",
                             "[a](javascript&colon;alert(1))",
                             "[a](java&#x0a;script:alert(1))",
                             "[a](&#x6A;avascript:alert(1))",
                             "[a](\\javascript:alert(1))",
                             "[a](data:text/html;base64,PHNjcmlwdD4=)",
                             "[a](vbscript:x)",
                             "[a](<javascript:alert(1)>)",
                             "[a](x \"\" onmouseover=\"alert(1)\")",
                             "[a](/x \"t\\\" onmouseover=alert(1)\")",
                             "[a]: javascript:alert(1)\n\n[a]",
                             "<javascript:alert(1)>",
                             "<https://x\" onmouseover=\"alert(1)>",
                             "![a](javascript:alert(1))",
                             "![a\"onerror=\"alert(1)](x)",
                             "`<script>`",
                             "```html\"onclick=\"x\n<script>\n```",
                             "    <script>",
                             "> > <div onclick=x>\n> > [a](javascript:x)",
                             "| <b> | [a](javascript:x) |\n|--|--|\n| ![](data:x) | </td> |",
                             "~~<del onclick=x>~~",
                             "**[<img src=x onerror=x>](javascript:x)**",
                             "[![a](javascript:x)](javascript:y)",
                             "<!-- --><script>x</script>",
                             "<![CDATA[<script>]]>",
                             "<?php x ?>",
                             "&lt;script&gt;",
                             "&#60;script&#62;",
                             "[a](//evil.example)",
                             "[a](\\\\evil.example)",
                             "[a](/\\evil.example)",
                             "www.evil.example\"onclick=x",
                             "http://x.de/<script>",
                             "- [ ] <input autofocus onfocus=x>",
                             "[^1]\n\n[^1]: <b>",
                             "\x01<b\x02>",
                             "[a](\x01javascript:x)",
                             "<a href=\"x\" style=\"x\">y</a>",
                             "[a](javascript://%0aalert(1))",
                             "\xc3\x28<b>",
                             "<b\n\nonclick=x>"}) {
        for (const bool by_public : {false, true}) {
            const std::string result = markdown(text, {.by_public = by_public}).text();
            CAPTURE(text);
            CAPTURE(result);
            CHECK(only_allowed_tags(result));
            CHECK_FALSE(has(result, "//evil.example\""));
        }
    }
}

TEST_CASE("hostile depth and length end in time") {
    const auto repeated = [](std::string_view part, std::size_t bytes) {
        std::string text;
        while (text.size() < bytes) text += part;
        return text;
    };
    for (const char* part : {"[",    "![", "*", "_a", "> ",   "- ", "<",       "<a",       "`a", "|",
                             "[a](", "~",  "&", "\\", "www.", "a@", "http://", "[a]: x\n", "|a", "* *\n"}) {
        CAPTURE(part);
        const auto begin = std::chrono::steady_clock::now();
        CHECK(only_allowed_tags(markdown(repeated(part, 20'000), {.by_public = true}).text()));
        CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{5});
    }
    const std::string nested = repeated("[![", 3000) + repeated("](x)", 8000);
    CHECK(only_allowed_tags(markdown(nested).text()));
    const std::string huge = repeated("<b>", 300'000);
    CHECK(only_allowed_tags(markdown(huge).text()));
    CHECK(markdown_to_text(huge) == huge);
}

TEST_CASE("without mark-up only the words remain") {
    CHECK(markdown_to_text("# Titel\n\nEin *Text* mit\n[Link](https://x.de) & <b>Tag</b>.\n\n- eins\n- zwei") ==
          "Titel\nEin Text mit Link & <b>Tag</b>.\neins\nzwei");
    CHECK(markdown_to_text("| a | b |\n|---|---|\n| 1 | 2 |") == "a b\n1 2");
    CHECK(markdown_to_text("![Bild](x)\n***\n`code`") == "Bild\ncode");
    CHECK(markdown_to_text("") == "");
}

TEST_CASE("many threads may use Markdown at once") {
    std::vector<std::thread> threads;
    std::array<int, 4> equal{};
    for (auto& count : equal) {
        threads.emplace_back([&count] {
            for (int i = 0; i < 200; ++i)
                count += shown("~~a~~ https://x.de") == shown("~~a~~ https://x.de") && has(shown("~~a~~"), "<del>");
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(equal == std::array<int, 4>{200, 200, 200, 200});
}

TEST_CASE("a data block cannot be ended by what stands in it") {
    const auto block = html::json_script({{"name", "</script><script>alert(1)</script>"}, {"broken", "\xff"}}).text();
    CHECK(block ==
          "<script type=\"application/ld+json\">{\"broken\":\"\xef\xbf\xbd\",\"name\":"
          "\"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)\\u003c/script\\u003e\"}</script>");
}
