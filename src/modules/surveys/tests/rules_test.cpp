// The rules of surveys: reading, checking, conditions, counting. No database, no clock.
#include <doctest/doctest.h>

#include <random>

#include "modules/surveys/counts.h"
#include "modules/surveys/edit.h"
#include "modules/surveys/export.h"

namespace mitwirken::surveys {

namespace {

Question question(Kind kind, const std::string& key = "q1") {
    Question q;
    q.key = key;
    q.kind = kind;
    q.title = Text("Frage?");
    for (const char* option : {"o1", "o2", "o3"}) q.options.push_back({option, Text(option), ""});
    return q;
}

Form sent(std::initializer_list<std::pair<std::string, std::string>> fields) {
    Form form;
    for (const auto& [name, value] : fields) form.add(name, value);
    return form;
}

Questionnaire of(std::vector<Question> questions) {
    Questionnaire all;
    all.pages.push_back({"p1", Text("Seite"), {}, {}, std::move(questions)});
    return all;
}

// "" when it may be sent so, else the English sentence.
std::string refused(const Question& q, const Form& form) {
    Problems problems;
    check_value(q, read_value(q, form), problems);
    return problems.any() ? std::string(problems.list().front().message.id) : "";
}

Condition when(const std::string& question, Condition::Test test, const std::string& value = "") {
    return {question, test, value};
}

}  // namespace

TEST_CASE("surveys: what has to be answered is asked for; what need not be may be left out") {
    for (const auto kind : all_kinds()) {
        INFO(std::string(to_word(kind)));
        Question q = question(kind);
        q.rows.push_back({"r1", Text("Zeile"), ""});
        CHECK(refused(q, {}) == "");
        q.required = true;
        CHECK(refused(q, {}) != "");
    }
}

TEST_CASE("surveys: of a choice only what is offered, as often as allowed") {
    Question one = question(Kind::single);
    CHECK(refused(one, sent({{"a-q1", "o2"}})) == "");
    CHECK(refused(one, sent({{"a-q1", "o9"}})) != "");
    CHECK(refused(one, sent({{"a-q1", "o1"}, {"a-q1", "o2"}})) == "Please choose only one answer.");
    Question many = question(Kind::multiple);
    many.least = many.most = 2;
    CHECK(refused(many, sent({{"a-q1", "o1"}})) == "Please choose at least {n} answers; you have chosen {count}.");
    CHECK(refused(many, sent({{"a-q1", "o1"}, {"a-q1", "o3"}})) == "");
    CHECK(refused(many, sent({{"a-q1", "o1"}, {"a-q1", "o2"}, {"a-q1", "o3"}})) ==
          "Please choose {n} answers at most; you have chosen {count}.");
    CHECK(refused(many, sent({{"a-q1", "o1"}, {"a-q1", "o1"}})) != "");
    CHECK(refused(many, sent({{"a-q1", "_other"}, {"a-q1", "o1"}})) != "");
}

TEST_CASE("surveys: “other” needs its words, and words need “other”") {
    Question q = question(Kind::single);
    q.other = true;
    CHECK(refused(q, sent({{"a-q1", "_other"}})) == "Please say what you mean by “Other”.");
    CHECK(refused(q, sent({{"a-q1", "o1"}, {"a-q1-other", "auch das"}})) != "");
    CHECK(refused(q, sent({{"a-q1", "_other"}, {"a-q1-other", "Roller"}})) == "");
    CHECK(refused(q, sent({{"a-q1", "_other"}, {"a-q1-other", std::string(301, 'x')}})) != "");
}

TEST_CASE("surveys: numbers and days within their limits") {
    Question n = question(Kind::number);
    n.lowest = 0;
    n.highest = 100;
    for (const char* good : {"0", "100", "12,5", " 7 "}) CHECK(refused(n, sent({{"a-q1", good}})) == "");
    for (const char* bad : {"-1", "100.1", "viel", "1e99", "nan", "inf", "12 Euro", "0x10"})
        CHECK(refused(n, sent({{"a-q1", bad}})) != "");
    n.whole = true;
    CHECK(refused(n, sent({{"a-q1", "1.5"}})) == "Please give a whole number.");
    CHECK(tidy(n, read_value(n, sent({{"a-q1", "007"}}))).text == "7");
    Question d = question(Kind::date);
    d.first_day = "2026-11-24";
    d.last_day = "2027-02-28";
    CHECK(refused(d, sent({{"a-q1", "2026-11-24"}})) == "");
    for (const char* bad : {"2026-11-23", "2027-03-01", "2027-02-29", "morgen"})
        CHECK(refused(d, sent({{"a-q1", bad}})) != "");
}

TEST_CASE("surveys: points are whole, not negative, and give the sum") {
    Question q = question(Kind::points);
    q.points = 10;
    const auto with = [&](const char* a, const char* b) { return refused(q, sent({{"a-q1-o1", a}, {"a-q1-o2", b}})); };
    CHECK(with("4", "6") == "");
    CHECK(with("4", "5") == "Please give away exactly {n} points; so far it is {sum}.");
    CHECK(with("-5", "15") != "");
    CHECK(with("5.5", "4.5") != "");
    CHECK(with("9223372036854775807", "9223372036854775807") != "");
    CHECK(refused(q, sent({{"a-q1-o9", "10"}})) == "");  // a field that is none of ours is not read
}

TEST_CASE("surveys: a ranking gives each place once, from the first on") {
    Question q = question(Kind::ranking);
    const auto with = [&](const char* a, const char* b, const char* c) {
        return refused(q, sent({{"a-q1-o1", a}, {"a-q1-o2", b}, {"a-q1-o3", c}}));
    };
    CHECK(with("2", "1", "3") == "");
    CHECK(with("1", "", "") == "");
    CHECK(with("1", "1", "2") != "");
    CHECK(with("2", "3", "") == "Please begin with place 1 and leave none out.");
    CHECK(with("0", "1", "2") != "");
    CHECK(with("4", "", "") != "");
    q.required = true;
    CHECK(with("1", "2", "") != "");
    q.most = 2;
    CHECK(with("1", "2", "") == "");
    CHECK(with("1", "2", "3") != "");
}

TEST_CASE("surveys: a table knows its rows and columns; a scale its steps; consent only yes") {
    Question m = question(Kind::matrix);
    m.rows = {{"r1", Text("Eins"), ""}, {"r2", Text("Zwei"), ""}};
    CHECK(refused(m, sent({{"a-q1-r1", "o1"}})) == "");
    CHECK(refused(m, sent({{"a-q1-r1", "o9"}})) != "");
    m.required = true;
    CHECK(refused(m, sent({{"a-q1-r1", "o1"}})) == "Please answer every row.");
    CHECK(refused(m, sent({{"a-q1-r1", "o1"}, {"a-q1-r2", "o2"}})) == "");
    Question s = question(Kind::scale);
    CHECK(refused(s, sent({{"a-q1", "5"}})) == "");
    for (const char* bad : {"0", "6", "drei"}) CHECK(refused(s, sent({{"a-q1", bad}})) != "");
    Question c = question(Kind::consent);
    CHECK(refused(c, sent({{"a-q1", "yes"}})) == "");
    CHECK(refused(c, sent({{"a-q1", "no"}})) != "");
}

TEST_CASE("surveys: a place is a position or what may be drawn, and is kept as GeoJSON") {
    Question q = question(Kind::place);
    CHECK(refused(q, sent({{"a-q1-lat", "51,51"}, {"a-q1-lon", "7.46"}})) == "");
    CHECK(refused(q, sent({{"a-q1-lat", "51.51"}})) != "");
    CHECK(refused(q, sent({{"a-q1-lat", "hier"}, {"a-q1-lon", "da"}})) != "");
    const std::string line = R"({"type":"LineString","coordinates":[[7.4,51.5],[7.5,51.5]]})";
    CHECK(refused(q, sent({{"a-q1", line}})) == "Please draw what is asked for.");
    q.shapes = "LineString Polygon";
    CHECK(refused(q, sent({{"a-q1", line}})) == "");
    const std::string crossed = R"({"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]})";
    CHECK(refused(q, sent({{"a-q1", crossed}})) != "");
    CHECK(refused(q, sent({{"a-q1", "<script>"}})) != "");
    q.shapes = "Point";
    const auto kept = tidy(q, read_value(q, sent({{"a-q1-lat", "51,51"}, {"a-q1-lon", "7.46"}})));
    CHECK(kept.cells.empty());
    CHECK(Json::parse(kept.text)["type"] == "Point");
}

TEST_CASE("surveys: long text has an end") {
    Question q = question(Kind::long_text);
    CHECK(refused(q, sent({{"a-q1", std::string(5000, 'x')}})) == "");
    CHECK(refused(q, sent({{"a-q1", std::string(5001, 'x')}})) != "");
}

TEST_CASE("surveys: conditions show what was earned, and nothing that hangs on something hidden") {
    using Test = Condition::Test;
    Question a = question(Kind::single, "a"), b = question(Kind::multiple, "b"), c = question(Kind::number, "c"),
             d = question(Kind::text, "d");
    b.show_if = {false, {when("a", Test::is, "o1")}};
    c.show_if = {false, {when("b", Test::contains, "o2")}};
    d.show_if = {true, {when("c", Test::at_least, "18"), when("a", Test::is_not, "o1")}};
    const auto all = of({a, b, c, d});
    const auto seen = [&](const Values& values) {
        std::string keys;
        for (const auto& key : shown(all, values).questions) keys += key;
        return keys;
    };
    CHECK(seen({}) == "ad");
    CHECK(seen({{"a", {{"o1"}}}}) == "ab");
    CHECK(seen({{"a", {{"o1"}}}, {"b", {{"o1", "o2"}}}}) == "abc");
    CHECK(seen({{"a", {{"o1"}}}, {"b", {{"o2"}}}, {"c", {{}, "18"}}}) == "abcd");
    CHECK(seen({{"a", {{"o1"}}}, {"b", {{"o2"}}}, {"c", {{}, "17.5"}}}) == "abc");
    // b was answered, then a changed: neither b nor what hangs on it counts.
    CHECK(seen({{"a", {{"o2"}}}, {"b", {{"o2"}}}, {"c", {{}, "18"}}}) == "ad");
    CHECK(kept(all, {{"a", {{"o2"}}}, {"b", {{"o2"}}}, {"d", {{}, "x"}}}).size() == 2);
    CHECK(check_all(all, {{"a", {{"o2"}}}, {"b", {{"o9"}}}}).any() == false);
}

TEST_CASE("surveys: a page with nothing on it is left out, also the first") {
    Question a = question(Kind::single, "a"), b = question(Kind::text, "b");
    b.show_if = {false, {when("a", Condition::Test::is, "o2")}};
    Questionnaire all;
    all.pages.push_back({"p1", {}, {}, {}, {a}});
    all.pages.push_back({"p2", {}, {}, {}, {b}});
    all.pages.push_back({"p3", Text("Danke"), {}, {false, {when("a", Condition::Test::answered)}}, {}});
    CHECK(path(all, {}) == std::vector<std::string>{"p1"});
    CHECK(path(all, {{"a", {{"o1"}}}}) == std::vector<std::string>{"p1", "p3"});
    CHECK(path(all, {{"a", {{"o2"}}}}) == std::vector<std::string>{"p1", "p2", "p3"});
}

TEST_CASE("surveys: whatever values come, what is kept is shown, and keeping it again changes nothing") {
    std::mt19937 random(7);
    const auto pick = [&](int n) { return int(random() % unsigned(n)); };
    for (int round = 0; round < 300; ++round) {
        std::vector<Question> questions;
        for (int i = 0; i < 8; ++i) {
            Question q = question(pick(2) ? Kind::single : Kind::multiple, "q" + std::to_string(i));
            for (int k = 0; i > 0 && k < pick(3); ++k)
                q.show_if.conditions.push_back(when("q" + std::to_string(pick(i)), Condition::Test(pick(7)),
                                                    pick(2) ? "o" + std::to_string(1 + pick(3)) : "1"));
            q.show_if.any = pick(2);
            questions.push_back(q);
        }
        const auto all = of(questions);
        Values values;
        for (const auto& q : questions)
            if (pick(3)) values[q.key].chosen = {"o" + std::to_string(1 + pick(3))};
        const auto once = kept(all, values);
        CHECK(kept(all, once) == once);
        CHECK(shown(all, once).questions == shown(all, values).questions);
        for (const auto& [key, value] : once) CHECK(shown(all, values).questions.contains(key));
        CHECK(parse_values(write_values(values).dump()) == values);
    }
}

TEST_CASE("surveys: an older version is taken for an hour after it was replaced") {
    const Timestamp now{std::chrono::hours{1000}};
    CHECK(accepts(true, {}, now));
    CHECK(accepts(false, now - std::chrono::minutes{60}, now));
    CHECK_FALSE(accepts(false, now - std::chrono::minutes{60} - std::chrono::milliseconds{1}, now));
    CHECK_FALSE(accepts(false, {}, now));
}

TEST_CASE("surveys: a shuffled order is the same for one person and holds every option") {
    Question q = question(Kind::single);
    q.shuffled = true;
    std::set<std::string> orders;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        std::string order;
        for (const auto* option : in_order(q, seed)) order += option->key;
        CHECK(order.size() == 6);
        std::string again;
        for (const auto* option : in_order(q, seed)) again += option->key;
        CHECK(order == again);
        orders.insert(order);
    }
    CHECK(orders.size() >= 4);
}

// ---- counting

TEST_CASE("surveys: counts give bars, means, medians, Borda and first places") {
    Question one = question(Kind::single, "a"), n = question(Kind::number, "n"), r = question(Kind::ranking, "r"),
             p = question(Kind::points, "p"), m = question(Kind::matrix, "m");
    m.rows = {{"r1", Text("Eins"), ""}};
    const auto all = of({one, n, r, p, m});
    Counts counts;
    const auto say = [&](const Values& values) { add(counts, cells_of(all, values), 1); };
    say({{"a", {{"o1"}}}, {"n", {{}, "10"}}, {"r", {{}, "", {{"o1", "1"}, {"o2", "2"}, {"o3", "3"}}}}});
    say({{"a", {{"o1"}}}, {"n", {{}, "20"}}, {"r", {{}, "", {{"o2", "1"}, {"o1", "2"}}}}});
    say({{"a", {{"o2"}}}, {"n", {{}, "2.5"}}, {"p", {{}, "", {{"o1", "7"}, {"o2", "3"}}}}});
    say({{"n", {{}, "40"}}, {"p", {{}, "", {{"o1", "1"}, {"o3", "9"}}}}, {"m", {{}, "", {{"r1", "o3"}}}}});
    const auto bars = summary_of(all.pages[0].questions[0], counts);
    CHECK(bars.answered == 3);
    CHECK(bars.bars[0].count == 2);
    CHECK(bars.bars[0].share == doctest::Approx(2.0 / 3));
    CHECK(bars.bars[2].count == 0);
    const auto figures = *summary_of(all.pages[0].questions[1], counts).figures;
    CHECK(figures.mean == doctest::Approx(18.125));
    CHECK(figures.median == doctest::Approx(15));
    CHECK(figures.lowest == 2.5);
    CHECK(figures.highest == 40);
    const auto ranks = summary_of(all.pages[0].questions[2], counts).ranks;
    CHECK(ranks[0].borda == 3);  // o1: 2 + 1, o2: 1 + 2; of equals the first
    CHECK(ranks[0].key == "o1");
    CHECK(ranks[1].first == 1);
    CHECK(ranks[2].borda == 0);
    CHECK(ranks[1].mean == doctest::Approx(1.5));
    const auto points = summary_of(all.pages[0].questions[3], counts).points;
    CHECK(points[0].key == "o3");
    CHECK(points[0].sum == 9);
    CHECK(points[1].mean == doctest::Approx(4));
    CHECK(summary_of(all.pages[0].questions[4], counts).rows[0].counts == std::vector<std::int64_t>{0, 0, 1});
}

TEST_CASE("surveys: counting an answer and taking it out again leaves nothing") {
    std::mt19937 random(3);
    const auto all = of({question(Kind::single, "a"), question(Kind::multiple, "b"), question(Kind::number, "c")});
    Counts counts;
    std::vector<Values> said;
    for (int i = 0; i < 200; ++i) {
        Values values{{"a", {{"o" + std::to_string(1 + random() % 3)}}},
                      {"b", {{"o1", "o3"}}},
                      {"c", {{}, std::to_string(random() % 50)}}};
        add(counts, cells_of(all, values), 1);
        said.push_back(values);
    }
    CHECK(summary_of(all.pages[0].questions[0], counts).answered == 200);
    for (const auto& values : said) add(counts, cells_of(all, values), -1);
    for (const auto& [cell, n] : counts) CHECK(n == 0);
}

TEST_CASE("surveys: small numbers of a cross table are hidden, and cannot be worked out") {
    const auto table = [](std::vector<std::vector<std::int64_t>> counts) {
        Cross cross;
        cross.counts = std::move(counts);
        cross.hidden.assign(cross.counts.size(), std::vector<bool>(cross.counts[0].size()));
        return cross;
    };
    auto cross = table({{10, 3, 20}, {8, 9, 30}, {40, 50, 60}});
    hide_small(cross, 5);
    CHECK(cross.hidden[0][1]);
    std::mt19937 random(5);
    for (int round = 0; round < 200; ++round) {
        const std::size_t rows = 2 + random() % 4, columns = 2 + random() % 4;
        std::vector<std::vector<std::int64_t>> counts(rows, std::vector<std::int64_t>(columns));
        for (auto& row : counts)
            for (auto& n : row) n = std::int64_t(random() % 30);
        auto any = table(counts);
        hide_small(any, 5);
        for (std::size_t r = 0; r < rows; ++r) {
            CHECK(std::count(any.hidden[r].begin(), any.hidden[r].end(), true) != 1);
            for (std::size_t c = 0; c < columns; ++c) CHECK((any.hidden[r][c] || any.counts[r][c] >= 5));
        }
        for (std::size_t c = 0; c < columns; ++c) {
            int hidden = 0;
            for (std::size_t r = 0; r < rows; ++r) hidden += any.hidden[r][c];
            CHECK(hidden != 1);
        }
    }
}

TEST_CASE("surveys: results of all versions hold what any of them asked, the newest wording first") {
    Question first = question(Kind::single, "a"), gone = question(Kind::text, "b");
    Question later = first;
    later.title = Text("Neu?");
    later.options = {{"o1", Text("Eins"), ""}, {"o4", Text("Vier"), ""}};
    const auto all = merged({of({first, gone}), of({later})});
    REQUIRE(all.size() == 2);
    CHECK(all[0].title.german() == "Neu?");
    CHECK(all[0].options.size() == 4);
    CHECK(all[1].key == "b");
}

TEST_CASE("surveys: a newer version says what it changed") {
    const auto before = of({question(Kind::single, "a"), question(Kind::text, "b")});
    Question a = question(Kind::single, "a");
    a.options.pop_back();
    const auto after = of({a, question(Kind::date, "c")});
    const auto list = changes(before, after);
    REQUIRE(list.size() == 3);
    CHECK(list[0].id == "“{title}” offers other answers.");
    CHECK(list[1].id == "New question: “{title}”.");
    CHECK(list[2].id == "No longer asked: “{title}”.");
    CHECK(changes(before, before).empty());
    CHECK(changes(before, of({question(Kind::text, "b"), question(Kind::single, "a")})).size() == 1);
}

// ---- files and the builder

TEST_CASE("surveys: a questionnaire survives being written and read") {
    Questionnaire all = of({});
    for (const auto kind : all_kinds()) {
        Question q = question(kind, "q" + std::to_string(all.pages[0].questions.size()));
        q.title.words["en"] = "Question?";
        q.help = Text("Hilfe");
        q.required = true;
        if (kind == Kind::number) q.lowest = 0.5;
        if (kind == Kind::matrix) q.rows = {{"r1", Text("Zeile"), ""}};
        if (!all.pages[0].questions.empty())
            q.show_if = {true, {when("q0", Condition::Test::contains, "x"), when("q0", Condition::Test::answered)}};
        all.pages[0].questions.push_back(q);
    }
    const auto again = read_questionnaire(write_questionnaire(all));
    REQUIRE(again);
    CHECK(*again == all);
    CHECK(parse_questionnaire(write_questionnaire(all).dump()) == all);
}

TEST_CASE("surveys: files with nonsense are refused with its place") {
    for (const char* bad :
         {"[]", "{}", R"({"pages":{}})", R"({"pages":[{"key":"A B"}]})", R"({"pages":[{"key":"p1"},{"key":"p1"}]})",
          R"({"pages":[{"key":"p1","questions":[{"key":"q1","kind":"quatsch"}]}]})",
          R"({"pages":[{"key":"p1","questions":[{"key":"q1","kind":"text","title":7}]}]})",
          R"({"pages":[{"key":"p1","questions":[{"key":"q1","kind":"text","most":-1}]}]})",
          R"({"pages":[{"key":"p1","questions":[{"key":"p1","kind":"text"}]}]})",
          R"({"pages":[{"key":"p1","questions":[{"key":"q1","kind":"date","first_day":"2026-02-30"}]}]})",
          R"({"pages":[{"key":"p1","questions":[{"key":"q1","kind":"single","options":[{"key":"_other"}]}]}]})",
          R"({"pages":[{"key":"p1","questions":[{"key":"q1","kind":"place","shapes":"Circle"}]}]})"}) {
        INFO(std::string(bad));
        CHECK_FALSE(read_questionnaire(Json::parse(bad)));
    }
}

TEST_CASE("surveys: what is missing is found") {
    CHECK(missing({}).size() == 1);
    CHECK(missing(of({question(Kind::text)})).empty());
    Question few = question(Kind::single);
    few.options.resize(1);
    CHECK(missing(of({few})).size() == 1);
    Question late = question(Kind::text, "b");
    late.show_if = {false, {when("c", Condition::Test::answered)}};
    CHECK(missing(of({question(Kind::text, "a"), late, question(Kind::text, "c")})).size() == 1);
    late.show_if = {false, {when("a", Condition::Test::is, "o7")}};
    CHECK(missing(of({question(Kind::single, "a"), late})).size() == 1);
    Question many = question(Kind::multiple);
    many.least = 3;
    many.most = 2;
    CHECK(missing(of({many})).size() == 1);
    Question scale = question(Kind::scale);
    scale.lowest = 5;
    scale.highest = 5;
    CHECK(missing(of({scale})).size() == 1);
}

TEST_CASE("surveys: the builder adds, moves, copies and removes, and never gives a key twice") {
    Questionnaire all;
    std::set<std::string> used{"q1"};
    const auto page = add_page(all, "Eins", used);
    const auto a = add_question(all, page, Kind::single, "A?", used);
    CHECK(a == "q2");
    const auto b = add_question(all, page, Kind::text, "B?", used);
    const auto next = add_page(all, "Zwei", used);
    CHECK(move(all, b, Direction::up));
    CHECK(all.pages[0].questions[0].key == b);
    CHECK_FALSE(move(all, b, Direction::up));
    CHECK(move(all, a, Direction::down));
    CHECK(all.pages[1].questions[0].key == a);
    CHECK(move(all, next, Direction::up));
    CHECK(all.pages[0].key == next);
    const auto copy = duplicate(all, a, used);
    CHECK(all.pages[0].questions[1].key == copy);
    CHECK(copy != a);
    CHECK(remove(all, a));
    CHECK_FALSE(remove(all, a));
    CHECK(duplicate(all, "gibt-es-nicht", used).empty());
    CHECK(keys_of(all).size() == 4);
}

TEST_CASE("surveys: an option keeps its key when it is reworded or moved, a new one gets one that was never used") {
    Question q = question(Kind::single);
    Form form = to_form(q);
    form.set("options-1-label", "Neu formuliert");
    form.set("options-2-label", "");
    form.set("options-2-label_en", "");
    form.set("options-4-label", "Dazugekommen");
    const auto changed = question_from(form, q, {"q1.o4"});
    REQUIRE(changed);
    REQUIRE(changed->options.size() == 3);
    CHECK(changed->options[0].key == "o1");
    CHECK(changed->options[0].label.german() == "Neu formuliert");
    CHECK(changed->options[1].key == "o3");
    CHECK(changed->options[2].key == "o5");
    CHECK(*question_from(to_form(q), q, {}) == q);
}

TEST_CASE("surveys: columns of the export and their codebook") {
    Question many = question(Kind::multiple, "a"), one = question(Kind::single, "b");
    many.other = one.other = true;
    const std::vector<Question> questions{many, one};
    const auto columns = columns_of(questions);
    REQUIRE(columns.size() == 7);
    const Values values{{"a", {{"o1", "_other"}, "Roller"}}, {"b", {{"o2"}}}};
    std::string line;
    for (const auto& column : columns) line += cell_of(column, values, Cells::keys) + "|";
    CHECK(line == "1|0|0|1|Roller|o2||");
    CHECK(codebook(columns).size() == 4 * 2 + 1 + 4 + 1);
}

}  // namespace mitwirken::surveys
