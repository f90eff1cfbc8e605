// Answers from paper, telephone and hall: the whole questionnaire as one form, by the same fields and the same checks
// as online; only nothing has to be answered, because paper cannot be sent back.
#include "core/forms/forms.h"
#include "core/participation/taking_part.h"
#include "modules/surveys/desk.h"
#include "modules/surveys/pages.h"
#include "modules/surveys/question_view.h"
#include "modules/surveys/results.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

namespace v = tpl::entry;

struct Entry {
    Desk desk;
    Version version;
    Questionnaire asked;  // nothing required
};

Entry entry_of(Visit& visit) {
    Entry e{desk(visit, edit_action), {}, {}};
    const auto number = to_int(visit.form["_survey"]);
    auto version = number ? find_version_number(visit.tx, e.desk.activity->id, *number) : std::nullopt;
    if (!version) version = current_version(visit.tx, e.desk.activity->id);
    if (!version) return e;
    e.version = std::move(*version);
    e.asked = parse_questionnaire(e.version.content);
    for (auto& page : e.asked.pages)
        for (auto& q : page.questions) {
            q.required = false;
            q.least = 0;
        }
    return e;
}

http::Response show_entry(Visit& visit, const Entry& e, const Problems& problems) {
    if (e.asked.pages.empty())
        return visit.go(e.desk.path + "/bearbeiten", tr_noop("Please release the questionnaire first."));
    html::Values page;
    page.set(v::ACTION, visit.url(e.desk.path + "/eingabe")).set(v::SUMMARY, core::error_summary(visit, problems));
    page.set(v::KEY, crypto::random_token()).set(v::VERSION, e.version.number);
    const std::string chosen = visit.tx.writes() ? visit.form["channel"] : visit.query["kanal"];
    for (int i = int(core::Channel::hearing); i >= 0; --i) {
        const auto channel = core::Channel(i);
        if (channel == core::Channel::online || channel == core::Channel::live) continue;
        page.add(v::CHANNEL)
            .set(v::VALUE, channel_word(channel))
            .set(v::LABEL, visit.tr(channel_name(channel)))
            .show_if(chosen.empty() ? channel == core::Channel::paper : chosen == channel_word(channel), v::CHOSEN);
    }
    if (const auto* problem = problems.of("channel"))
        page.show(v::CHANNEL_WRONG).add(v::CHANNEL_ERROR).set(v::TEXT, visit.tr(problem->message));
    for (const auto& one : e.asked.pages) {
        std::vector<const Question*> questions;
        for (const auto& q : one.questions)
            if (q.kind != Kind::file) questions.push_back(&q);
        if (questions.empty()) continue;
        auto part = page.add(v::PAGE);
        if (!one.title.empty()) part.add(v::TITLE).set(v::TEXT, one.title.in(visit.language.code()));
        part.set(v::FIELDS,
                 fields(visit, questions, {.values = &visit.form, .problems = &problems, .all_optional = true}));
    }
    return desk_answer(visit, e.desk, Tab::entry, visit.tr("Enter from paper"),
                       html::render_part(v::file, page, visit.language),
                       problems.any() ? Answered::again : Answered::page);
}

}  // namespace

http::Response entry_page(Visit& visit) { return show_entry(visit, entry_of(visit), {}); }

http::Response enter_answer(Visit& visit) {
    const auto e = entry_of(visit);
    Problems problems;
    const auto channel = channel_from(visit.form["channel"]);
    if (!channel || *channel == core::Channel::online) problems.add("channel", tr_noop("Please choose one of these."));
    Values values;
    for (const auto& page : e.asked.pages)
        for (const auto& q : page.questions)
            if (auto value = read_value(q, visit.form); !value.empty()) values[q.key] = std::move(value);
    problems.append(check_all(e.asked, values));
    values = kept(e.asked, values);
    if (!problems.any() && values.empty())
        problems.add("", tr_noop("Nothing is filled in. An empty sheet is not counted."));
    if (problems.any() || e.asked.pages.empty()) return show_entry(visit, e, problems);
    for (auto& [key, value] : values) value = tidy(*e.asked.find(key), value);
    visit.set_place(core::open_place(visit, e.desk.record, e.desk.activity->key));
    core::NewContribution head{.module = "surveys", .kind = std::string(kind)};
    head.channel = *channel;
    head.original = Json{{"version", e.version.number}}.dump();
    const auto taken = core::take_for(visit, head);
    add_answer(visit.tx, visit.tenant.id, e.desk.activity->id,
               {taken.id, e.version.id, *channel, write_values(values).dump(), true, visit.now}, e.asked);
    settle(visit.tx, visit.tenant.id, e.desk.activity->id);
    visit.touch(e.desk.record.scope());
    return visit.go(e.desk.path + "/eingabe?kanal=" + channel_word(*channel),
                    tr_noop("Saved as number {n}. Now the next one.", {{"n", std::to_string(taken.id.value)}}));
}

}  // namespace mitwirken::surveys
