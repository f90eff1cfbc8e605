// Results for the office: everything, with free texts, coding and cross tables.
#include "core/forms/forms.h"
#include "modules/surveys/desk.h"
#include "modules/surveys/pages.h"
#include "modules/surveys/results.h"
#include "platform/base/text.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

namespace v = tpl::coding;
constexpr int texts_on_a_page = 25;

}  // namespace

http::Response desk_results(Visit& visit) {
    const auto d = desk(visit, results_action);
    const auto filter = result_filter(visit.query);
    const auto all = results(visit.tx, d.activity->id, filter, false);
    html::Values values;
    values.set(tpl::desk_results::CSV, visit.url(d.path + "/export.csv"))
        .set(tpl::desk_results::CODES, visit.url(d.path + "/export.csv?werte=schluessel"))
        .set(tpl::desk_results::XLSX, visit.url(d.path + "/export.xlsx"))
        .set(tpl::desk_results::BOOK, visit.url(d.path + "/codebuch"));
    values.set(tpl::desk_results::RESULTS, results_content(visit, all,
                                                           {.staff = true,
                                                            .path = d.path + "/ergebnisse",
                                                            .below = d.path,
                                                            .filter = filter,
                                                            .activity = d.activity->id}));
    return desk_answer(visit, d, Tab::results, "", html::render_part(tpl::desk_results::file, values, visit.language));
}

http::Response desk_results_csv(Visit& visit) {
    const auto d = desk(visit, results_action);
    const auto all = results(visit.tx, d.activity->id, result_filter(visit.query), false);
    return results_table(visit, all, d.activity->key + ".csv");
}

http::Response desk_cross(Visit& visit) {
    const auto d = desk(visit, results_action);
    const auto all = results(visit.tx, d.activity->id, {}, false);
    return desk_answer(visit, d, Tab::results, visit.tr("Two questions crossed"),
                       cross_content(visit, all, d.activity->id, 0, d.path + "/kreuztabelle"));
}

// ---- coding

namespace {

struct Coded {
    Desk desk;
    Question question;
    std::string path;  // of this page, with the question
};

Coded coded(Visit& visit, std::string_view action) {
    Coded c{desk(visit, action), {}, ""};
    const std::string key = visit.query["frage"].empty() ? visit.form["frage"] : visit.query["frage"];
    std::vector<Questionnaire> contents;
    for (const auto& version : versions(visit.tx, c.desk.activity->id))
        contents.push_back(parse_questionnaire(version.content));
    bool found = false;
    for (auto& q : merged(contents)) {
        const bool free = q.kind == Kind::text || q.kind == Kind::long_text || q.kind == Kind::place || q.other;
        if (q.key != key && !(key.empty() && free && !found)) continue;
        c.question = q;
        found = true;
        if (q.key == key) break;
    }
    if (!found) throw NotFound();
    c.path = c.desk.path + "/texte?frage=" + c.question.key;
    return c;
}

void add_tags(Visit& visit, html::Values& page, const Coded& c, const std::vector<Tag>& list) {
    if (list.empty()) return;
    auto box = page.add(v::TAGS);
    for (const auto& tag : list)
        box.add(v::TAG)
            .set(v::NAME, tag.name)
            .set(v::COUNT, visit.language.number(tag.texts))
            .set(v::ID, tag.id.value)
            .set(v::ACTION, visit.url(c.path))
            .set(v::URL, visit.url(c.path + "&stichwort=" + std::to_string(tag.id.value)));
}

http::Response show_coding(Visit& visit, const Coded& c, const Problems& problems) {
    const auto activity = c.desk.activity->id;
    const TagId only{to_int(visit.query["stichwort"]).value_or(0)};
    const core::ContributionId after{to_int(visit.query["ab"]).value_or(0)};
    auto texts = free_texts(visit.tx, activity, c.question.key, only, after, texts_on_a_page + 1);
    std::string next;
    if (int(texts.size()) > texts_on_a_page) {
        texts.pop_back();
        next = visit.with("ab", std::to_string(texts.back().id.value));
    }
    const auto list = tags(visit.tx, activity, c.question.key);
    html::Values page;
    page.set(v::BACK, visit.url(c.desk.path + "/ergebnisse"));
    add_tags(visit, page, c, list);
    for (const auto& tag : list)
        if (tag.id == only) page.add(v::CHOSEN).set(v::NAME, tag.name).set(v::URL, visit.url(c.path));
    core::FormView form(visit, visit.form, problems);
    form.text("name", tr_noop("New tag")).limit(80);
    page.set(v::ADD, form.html({.action = c.path, .submit = tr_noop("Add the tag"), .small_submit = true}));
    if (texts.empty()) page.show(v::NONE);
    if (!texts.empty()) {
        std::set<std::pair<std::int64_t, std::int64_t>> coded;
        for (const auto& one : codings(visit.tx, activity, c.question.key, after, texts.back().id))
            coded.insert({one.id.value, one.tag.value});
        auto box = page.add(v::LIST).set(v::ACTION, visit.url(visit.with("ab", visit.query["ab"])));
        for (const auto& text : texts) {
            auto line = box.add(v::TEXT).set(v::ID, text.id.value).set(v::WORDS, text.text);
            line.show_if(text.released, v::RELEASED);
            for (const auto& tag : list)
                line.add(v::BOX)
                    .set(v::TAG_ID, tag.id.value)
                    .set(v::NAME, tag.name)
                    .show_if(coded.contains({text.id.value, tag.id.value}), v::CHECKED);
        }
    }
    page.set(v::PAGER, core::pager(visit, "", next, ""));
    return desk_answer(visit, c.desk, Tab::results, c.question.title.in(visit.language.code()),
                       html::render_part(v::file, page, visit.language),
                       problems.any() ? Answered::again : Answered::page);
}

void keep_codes(Visit& visit, const Coded& c) {
    const auto activity = c.desk.activity->id;
    const auto list = tags(visit.tx, activity, c.question.key);
    for (const auto& id : visit.form.all("text")) {
        const auto number = to_int(id);
        const auto sent = number ? find_answer(visit.tx, core::ContributionId{*number}) : std::nullopt;
        const auto head = sent ? core::find_contribution(visit.tx, visit.tenant.id, sent->id) : std::nullopt;
        if (!head || head->activity != activity) continue;
        for (const auto& tag : list)
            set_coding(visit.tx, visit.tenant.id, sent->id, tag.id,
                       visit.form.has("tag-" + id, std::to_string(tag.id.value)));
        release_text(visit.tx, activity, c.question.key, sent->id, visit.form["released-" + id] == "on");
    }
}

}  // namespace

http::Response coding_page(Visit& visit) { return show_coding(visit, coded(visit, results_action), {}); }

http::Response code_texts(Visit& visit) {
    const auto c = coded(visit, results_action);
    const auto activity = c.desk.activity->id;
    settle(visit.tx, visit.tenant.id, activity);
    visit.touch(c.desk.record.scope());
    if (visit.form["do"] == "code") {
        keep_codes(visit, c);
        visit.record("surveys.coded", {"procedures", c.desk.record.id.value}, c.desk.activity->key);
        return visit.go(c.path + (visit.query["ab"].empty() ? "" : "&ab=" + escape_url(visit.query["ab"])),
                        tr_noop("Saved."));
    }
    if (const auto id = to_int(visit.form["drop"])) {
        drop_tag(visit.tx, activity, TagId{*id});
        return visit.go(c.path, tr_noop("The tag is deleted."));
    }
    const std::string name = trimmed(visit.form["name"]);
    Problems problems;
    if (name.empty()) problems.add("name", tr_noop("Please give the tag a name."));
    core::need_short(problems, "name", name, 80);
    if (tags(visit.tx, activity, c.question.key).size() >= 60)
        problems.add("name", tr_noop("There are as many as there may be."));
    if (problems.any()) return show_coding(visit, c, problems);
    need_tag(visit.tx, visit.tenant.id, activity, c.question.key, name);
    return visit.go(c.path, tr_noop("The tag is added."));
}

}  // namespace mitwirken::surveys
