// Answering page by page: what is asked next is decided here, on the server, after every page.
#include <algorithm>

#include "core/access/throttle.h"
#include "core/forms/forms.h"
#include "core/participation/taking_part.h"
#include "core/procedures/words.h"
#include "modules/surveys/pages.h"
#include "modules/surveys/question_view.h"
#include "modules/surveys/surveys.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/http/target.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

// Guessing a code of 80 bits is hopeless anyway; who tries is slowed down all the same.
core::Throttle codes(10, std::chrono::seconds{60});
core::Throttle beginnings(60, std::chrono::seconds{5});

std::string page_path(const Visit& visit, const std::string& page) { return base_of(visit) + "/fragen?seite=" + page; }

void slow_down(Visit& visit, core::Throttle& throttle) {
    const std::string from = std::to_string(visit.tenant.id.value) + " " + http::network_of(visit.request.remote);
    const auto wait = throttle.take(from, visit.now);
    if (wait.count() > 0)
        throw TooManyRequests(tr_noop("That was a lot at once. Please try again in {seconds} seconds.",
                                      {{"seconds", std::to_string(wait.count())}}));
}

const Page* wanted_page(const Taking& t, const std::string& key) {
    const auto keys = path(t.asked, t.values);
    if (keys.empty()) return nullptr;
    const bool known = std::find(keys.begin(), keys.end(), key) != keys.end();
    return t.asked.page(known ? key : keys.front());
}

std::vector<const Question*> on_page(const Questionnaire& asked, const Page& page, const Values& values) {
    const auto visible = shown(asked, values);
    std::vector<const Question*> list;
    for (const auto& q : page.questions)
        if (visible.questions.contains(q.key)) list.push_back(&q);
    return list;
}

struct Showing {
    const Form* typed = nullptr;  // a form that came back; else what is kept
    Problems problems;
    std::vector<Message> changed;
};

void add_where(Visit& visit, html::Values& view, const Taking& t, const Page& page) {
    namespace v = tpl::questions;
    const auto keys = path(t.asked, t.values);
    const auto number = std::find(keys.begin(), keys.end(), page.key) - keys.begin() + 1;
    view.add(v::WHERE)
        .set(v::TEXT, visit.tr(tr_noop("Page {number} of {all}",
                                       {{"number", std::to_string(number)}, {"all", std::to_string(keys.size())}})))
        .set(v::NUMBER, number)
        .set(v::ALL, std::int64_t(keys.size()));
    if (number > 1) view.show(v::BACK);
}

void add_hidden(html::Values& view, const std::string& name, const std::string& value) {
    namespace v = tpl::questions;
    view.add(v::HIDDEN).set(v::NAME, name).set(v::VALUE, value);
}

http::Response show_page(Visit& visit, const Taking& t, const Page& page, const Showing& showing) {
    namespace v = tpl::questions;
    const std::string title = visit.place().activity->title;
    const auto questions = on_page(t.asked, page, t.values);
    Form kept;
    for (const auto* q : questions)
        if (const auto at = t.values.find(q->key); at != t.values.end()) write_value(*q, at->second, kept);
    html::Values view;
    view.set(v::HEAD, core::page_head(visit, {.title = title, .crumbs = crumbs_of(visit, false)}));
    if (!showing.changed.empty()) {
        auto box = view.add(v::CHANGED);
        for (const auto& words : showing.changed) box.add(v::CHANGE).set(v::TEXT, visit.tr(words));
    }
    add_where(visit, view, t, page);
    view.set(v::SUMMARY, core::error_summary(visit, showing.problems)).set(v::METHOD, "post");
    view.set(v::ACTION, visit.url(base_of(visit) + "/fragen"));
    const bool files = std::any_of(questions.begin(), questions.end(), [](auto* q) { return q->kind == Kind::file; });
    view.show_if(files, v::FILES).show(v::LATER);
    add_hidden(view, "_survey", std::to_string(t.version.number));
    add_hidden(view, "_page", page.key);
    for (const auto* q : questions) add_hidden(view, "_asked", q->key);
    const std::string language = visit.language.code();
    if (!page.title.empty()) view.add(v::TITLE).set(v::TEXT, page.title.in(language));
    if (!page.text.empty()) view.add(v::INTRO).set(v::PROSE, html::markdown(page.text.in(language)));
    view.set(v::FIELDS, fields(visit, questions,
                               {.values = showing.typed ? showing.typed : &kept,
                                .answers = &t.values,
                                .problems = &showing.problems,
                                .seed = t.seed}));
    const core::PageHead head{.title = title + " – " + visit.place().procedure.title, .kind = "form", .index = false};
    auto content = html::render_part(v::file, view, visit.language);
    const bool again = showing.typed != nullptr;
    return again ? core::show_again(visit, head, content) : visit.page(head, content);
}

// What somebody who may not go on from here is told; the start page says what to do.
std::optional<http::Response> turned_away(Visit& visit, const Taking& t) {
    if (needs_code(visit, t)) return visit.go(base_of(visit));
    const bool done = t.sent && !t.settings.many && !(t.sitting && t.sitting->changes == t.sent->id);
    if (done)
        return visit.go(base_of(visit), tr_noop("Your answer is here already. You can change it as long as the "
                                                "survey is open."));
    if (!t.sitting && !core::needs_of(visit, "contribute").open) return visit.go(base_of(visit));
    return {};
}

// Files that are to go, then those that came with the form.
bool read_files(Visit& visit, const Question& q, SittingId sitting, Value& value, Problems& problems) {
    bool taken = false;
    const std::string field = field_of(q);
    for (const auto& text : visit.form.all(field + "-remove")) {
        const auto id = to_int(text);
        const auto at =
            std::find_if(value.files.begin(), value.files.end(), [&](auto& f) { return id && f.id == *id; });
        if (at == value.files.end()) continue;
        core::detach(visit.tx, visit.tenant.id, core::AttachmentId{at->id}, visit.now);
        value.files.erase(at);
    }
    const auto* came = visit.prepared<TakenAnswers>();
    if (!came) return false;
    if (const auto* problem = came->problems.of(field)) problems.add(field, problem->message);
    for (const auto& [name, file] : came->files) {
        if (name != field) continue;
        if (q.pictures_only && !starts_with(file.stored.type, "image/")) {
            problems.add(field, tr_noop("Please send a picture (JPG, PNG or WebP)."));
            continue;
        }
        if (int(value.files.size()) >= std::max(1, q.most)) {
            problems.add(field,
                         tr_noop("Please send {n} files at most.", {{"n", std::to_string(std::max(1, q.most))}}));
            continue;
        }
        core::NewAttachment kept = file;
        kept.role = q.key;
        const auto id = core::attach(visit.tx, visit.tenant.id, {"surveys", files_of_sitting(sitting)}, kept,
                                     visit.actor.account, visit.now);
        value.files.push_back({id.value, kept.name});
        taken = true;
    }
    return taken;
}

bool brings_files(Visit& visit) {
    const auto* came = visit.prepared<TakenAnswers>();
    return came && !came->files.empty();
}

// The sitting of this person, made now when there is none.
Sitting& need_sitting(Visit& visit, Taking& t) {
    if (t.sitting) return *t.sitting;
    slow_down(visit, beginnings);
    Sitting sitting;
    sitting.activity = visit.place().activity->id;
    sitting.participant = visit.need_participant().id;
    sitting.version = t.version.id;
    sitting.started_at = sitting.changed_at = visit.now;
    sitting.id = add_sitting(visit.tx, visit.tenant.id, sitting);
    t.sitting = sitting;
    return *t.sitting;
}

Problems too_long(const std::vector<const Question*>& questions, const Values& values) {
    Problems problems;
    for (const auto* q : questions)
        if (const auto at = values.find(q->key); at != values.end()) {
            std::size_t size = letters(at->second.text);
            for (const auto& [part, text] : at->second.cells) size = std::max(size, letters(text));
            for (const auto& key : at->second.chosen) size = std::max(size, letters(key));
            if (size > 5000)
                problems.add(field_of(*q), tr_noop("Please shorten the text to {limit} letters.", {{"limit", "5000"}}));
        }
    return problems;
}

http::Response go_on(Visit& visit, const Taking& t, const std::string& from, bool back) {
    const auto keys = path(t.asked, t.values);
    // Of the pages in their order the next one that is shown, also when this one is not any more.
    std::string before, after;
    bool passed = false;
    for (const auto& page : t.asked.pages) {
        if (page.key == from) {
            passed = true;
            continue;
        }
        if (std::find(keys.begin(), keys.end(), page.key) == keys.end()) continue;
        if (!passed) before = page.key;
        if (passed && after.empty()) after = page.key;
    }
    const std::string& next = back ? before : after;
    if (!next.empty()) return visit.go(page_path(visit, next));
    return visit.go(back ? base_of(visit) : base_of(visit) + "/pruefen");
}

}  // namespace

http::Response questions_page(Visit& visit) {
    visit.do_not_cache();
    const auto t = taking(visit);
    if (auto away = turned_away(visit, t)) return std::move(*away);
    const auto* page = wanted_page(t, visit.query["seite"]);
    if (!page) return visit.go(base_of(visit));
    Showing showing;
    showing.changed = t.changed;
    // After a page with files came back: what is wrong is said here, because the files are kept already.
    if (visit.query["pruefen"] == "ja")
        for (const auto* q : on_page(t.asked, *page, t.values)) {
            const auto at = t.values.find(q->key);
            check_value(*q, at == t.values.end() ? Value{} : at->second, showing.problems);
        }
    return show_page(visit, t, *page, showing);
}

http::Response answer_questions(Visit& visit) {
    auto t = taking(visit, to_int(visit.form["_survey"]).value_or(0));
    if (auto away = turned_away(visit, t)) return std::move(*away);
    const auto* page = t.asked.page(visit.form["_page"]);
    if (!page) page = wanted_page(t, "");
    if (!page) return visit.go(base_of(visit));
    const std::string wish = visit.form["do"];
    Showing showing{&visit.form, {}, t.changed};
    if (!showing.changed.empty()) return show_page(visit, t, *page, showing);

    std::vector<const Question*> asked;
    for (const auto& q : page->questions)
        if (visit.form.has("_asked", q.key)) asked.push_back(&q);
    const Values before = t.values;
    for (const auto* q : asked) {
        const auto files = t.values[q->key].files;
        t.values[q->key] = read_value(*q, visit.form);
        t.values[q->key].files = files;
    }
    if (showing.problems = too_long(asked, t.values); showing.problems.any()) {
        t.values = before;
        return show_page(visit, t, *page, showing);
    }
    bool files_kept = false;
    if (brings_files(visit)) need_sitting(visit, t);
    for (const auto* q : asked)
        if (q->kind == Kind::file && (t.sitting || visit.prepared<TakenAnswers>()))
            files_kept |=
                read_files(visit, *q, t.sitting ? t.sitting->id : SittingId{}, t.values[q->key], showing.problems);
    const auto visible = shown(t.asked, t.values);
    for (const auto* q : asked)
        if (wish != "back" && wish != "later" && visible.questions.contains(q->key)) {
            Problems found;
            check_value(*q, t.values[q->key], found);
            if (!found.any()) t.values[q->key] = tidy(*q, t.values[q->key]);
            if (!showing.problems.of(field_of(*q))) showing.problems.append(found);
        }
    if (showing.problems.any() && !files_kept) return show_page(visit, t, *page, showing);
    save_sitting(visit.tx, need_sitting(visit, t).id, t.version.id, t.values, visit.now);
    if (wish == "later") return visit.go(base_of(visit) + "/spaeter");
    if (showing.problems.any()) return visit.go(page_path(visit, page->key) + "&pruefen=ja#errors");
    if (wish == "back") return go_on(visit, t, page->key, true);
    // What an answer on this page made appear on this page is asked first.
    for (const auto* q : on_page(t.asked, *page, t.values))
        if (!visit.form.has("_asked", q->key)) return visit.go(page_path(visit, page->key) + "#f-" + field_of(*q));
    return go_on(visit, t, page->key, false);
}

// ---- before the first question

namespace {

void add_asked(Visit& visit, html::Values& view, const Taking& t) {
    namespace v = tpl::start;
    const auto in = [&](const Text& text) { return text.in(visit.language.code()); };
    auto asked = view.add(v::ASKED);
    for (const auto& page : t.asked.pages)
        for (const auto& q : page.questions) {
            auto line = asked.add(v::QUESTION).set(v::TITLE, in(q.title));
            if (const auto rule = rule_of(visit, q); !rule.empty()) line.add(v::RULE).set(v::TEXT, rule);
            if (!q.has_options()) continue;
            auto answers = line.add(v::ANSWERS);
            for (const auto& option : q.options) answers.add(v::ANSWER).set(v::LABEL, in(option.label));
        }
}

void add_facts(Visit& visit, html::Values& view, const Taking& t) {
    namespace v = tpl::start;
    const auto& place = visit.place();
    if (results_are_public(place, *place.activity))
        view.add(v::SEE).set(v::URL, visit.url(base_of(visit) + "/ergebnisse"));
    // When it is over nobody needs to know how long it takes, but what was asked.
    if (place.ask("contribute").because == core::Reason::closed) return add_asked(visit, view, t);
    auto facts = view.add(v::FACTS);
    facts.set(v::QUESTIONS, visit.language.number(std::int64_t(t.asked.count())));
    facts.set(v::MINUTES, visit.language.plural("{n} minute", "{n} minutes", minutes(t.asked)));
    const auto answer = place.ask("contribute");
    if (answer.allowed() && answer.period.until)
        facts.add(v::UNTIL).set(v::TEXT, core::end_in_words(visit.language, *answer.period.until, visit.now));
    facts.set(v::OFTEN, t.settings.many ? visit.tr("As often as you like")
                                        : visit.tr("Once; you can change your answer while it is open"));
    using Results = Settings::Results;
    facts.set(v::RESULTS, t.settings.results == Results::live  ? visit.tr("For everybody, at once")
                          : t.settings.results == Results::end ? visit.tr("For everybody, when it is over")
                                                               : visit.tr("For the office only"));
}

http::Response show_start(Visit& visit, const Taking& t, const Problems& problems) {
    namespace v = tpl::start;
    const auto& place = visit.place();
    html::Values view;
    view.set(v::HEAD, core::page_head(visit, {.title = place.activity->title, .crumbs = crumbs_of(visit, false)}));
    if (!place.activity->intro.empty()) view.add(v::INTRO).set(v::PROSE, html::markdown(place.activity->intro));
    add_facts(visit, view, t);
    const auto needs = core::needs_of(visit, "contribute");
    const bool open = place.ask("contribute").allowed() || place.preview;
    const bool token = place.activity->who == core::Who::token;
    view.set(v::SUMMARY, core::error_summary(visit, problems));
    if (t.sent) view.add(v::ANSWERED).set(v::URL, visit.url(base_of(visit) + "/" + std::to_string(t.sent->id.value)));
    if (!(open && token)) view.set(v::NEEDS, needs.notice);
    const bool may_begin = open && (!t.sent || t.settings.many) && (token || needs.open);
    if (may_begin && needs_code(visit, t)) {
        auto code = view.add(v::CODE).set(v::ACTION, visit.url(base_of(visit) + "/beginnen"));
        code.set(v::VALUE, visit.tx.writes() ? visit.form["code"] : visit.query["code"]);
        if (const auto* problem = problems.of("code"))
            code.show(v::ERROR_CLASS).add(v::ERROR).set(v::TEXT, visit.tr(problem->message));
    } else if (may_begin || (open && t.sitting)) {
        if (t.sitting) view.show(v::BEGUN);
        view.add(v::BEGIN)
            .set(v::URL, visit.url(base_of(visit) + "/fragen"))
            .set(v::LABEL, t.sitting ? visit.tr("Go on") : visit.tr("Begin"));
    }
    const core::PageHead head{.title = place.activity->title + " – " + place.procedure.title,
                              .description = first_letters(html::markdown_to_text(place.activity->intro), 200)};
    auto content = html::render_part(v::file, view, visit.language);
    return problems.any() ? core::show_again(visit, head, content) : visit.page(head, content);
}

http::Response begin_with_code(Visit& visit, Taking& t) {
    slow_down(visit, codes);
    const std::string code = plain_code(visit.form["code"]);
    const auto invitation =
        code.empty() ? std::nullopt : find_invitation(visit.tx, visit.place().activity->id, crypto::token_hash(code));
    if (!invitation) {
        Problems problems;
        problems.add("code", tr_noop("This code is not valid here, or it was used already. Please look at your "
                                     "invitation again."));
        return show_start(visit, t, problems);
    }
    if (t.sitting) drop_with_files(visit.tx, visit.tenant.id, t.sitting->id, visit.now);
    Sitting sitting;
    sitting.activity = visit.place().activity->id;
    sitting.participant = visit.need_participant().id;
    sitting.version = t.version.id;
    sitting.invitation = *invitation;
    sitting.answers = write_values(t.values).dump();
    sitting.started_at = sitting.changed_at = visit.now;
    add_sitting(visit.tx, visit.tenant.id, sitting);
    return visit.go(base_of(visit) + "/fragen");
}

// The answer that was sent comes back into the form; it stays as it is until the changed one is sent.
http::Response begin_change(Visit& visit, Taking& t) {
    if (!t.sent || t.settings.many) return visit.go(base_of(visit));
    if (t.sitting) return visit.go(base_of(visit) + "/fragen");
    Sitting sitting;
    sitting.activity = visit.place().activity->id;
    sitting.participant = visit.need_participant().id;
    sitting.version = t.version.id;
    sitting.changes = t.sent->id;
    sitting.answers = t.sent->answers;
    sitting.started_at = sitting.changed_at = visit.now;
    add_sitting(visit.tx, visit.tenant.id, sitting);
    return visit.go(base_of(visit) + "/fragen");
}

}  // namespace

http::Response start_page(Visit& visit) { return show_start(visit, taking(visit), {}); }

http::Response begin(Visit& visit) {
    auto t = taking(visit);
    if (visit.form["was"] == "aendern") return begin_change(visit, t);
    if (visit.place().activity->who == core::Who::token) return begin_with_code(visit, t);
    return visit.go(base_of(visit) + "/fragen");
}

}  // namespace mitwirken::surveys
