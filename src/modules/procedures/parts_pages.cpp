// Goals of a procedure and questions with their answers: two screens of short lists. Each form has one empty part more
// than there are; an emptied part is deleted.
#include <fmt/format.h>

#include "core/procedures/parts.h"
#include "modules/procedures/editing.h"
#include "modules/procedures/pages.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
constexpr int most_goals = 12, most_questions = 40;
constexpr std::int64_t most_number = 10'000'000;

std::string field(const char* part, int number, const char* name) {
    return fmt::format("{}-{}-{}", part, number, name);
}

// The highest number that the form mentions, at least one more than `least`.
int parts_in(const Form& form, const char* part, const char* name, int least, int most) {
    int last = 0;
    for (int n = 1; n <= most; ++n)
        if (form.has(field(part, n, name))) last = n;
    return std::min(most, std::max(last, least));
}

// ---- goals

Form goals_form_of(const std::vector<core::Goal>& goals) {
    Form form;
    int n = 0;
    for (const auto& goal : goals) {
        ++n;
        form.set(field("goal", n, "text"), goal.text);
        form.set(field("goal", n, "indicator"), std::string(core::to_word(goal.indicator)));
        form.set(field("goal", n, "target"), std::to_string(goal.target));
        if (goal.reached) form.set(field("goal", n, "reached"), std::to_string(*goal.reached));
    }
    return form;
}

html::SafeHtml goals_content(Visit& visit, const Editing& e, const Form& values, const Problems& problems,
                             const html::SafeHtml& notice) {
    namespace t = tpl::parts;
    const auto progress = core::progress_of_goals(visit.tx, visit.tenant.id, e.record.id);
    std::vector<core::Option> options;
    for (const auto indicator : core::all_indicators)
        options.push_back({std::string(core::to_word(indicator)), visit.tr(core::indicator_name(indicator))});
    core::FormView form(visit, values, problems);
    form.hidden("_version", version_of(visit, e));
    const int count = parts_in(values, "goal", "text", int(progress.size()) + 1, most_goals);
    for (int n = 1; n <= count; ++n) {
        form.heading(tr_noop("Goal {n}", {{"n", std::to_string(n)}}));
        auto& text = form.text(field("goal", n, "text"), tr_noop("What is to be reached")).limit(300).optional();
        if (n <= int(progress.size())) {
            const auto& one = progress[std::size_t(n - 1)];
            text.hint_with(one.reached ? visit.tr(tr_noop("So far: {n} of {target}",
                                                          {{"n", visit.language.number(*one.reached)},
                                                           {"target", visit.language.number(one.goal.target)}}))
                                       : visit.tr("Nobody has counted yet."));
        }
        form.select(field("goal", n, "indicator"), tr_noop("What is counted"), options);
        form.number(field("goal", n, "target"), tr_noop("Target number")).optional();
        form.number(field("goal", n, "reached"), tr_noop("Reached (only when it is counted by hand)")).optional();
    }
    html::Values page;
    page.set(t::NOTICE, notice);
    page.add(t::LEAD_BOX)
        .set(t::LEAD, visit.tr("A few goals that can be measured, such as “200 people of the quarter take part”. The "
                               "statistics say how far you are."));
    page.set(t::FORM, form.html({.action = e.address("/ziele"), .cancel = e.address(), .keep_draft = true}));
    return html::render_part(t::file, page, visit.language);
}

std::int64_t number_in(const Form& form, const std::string& name, std::int64_t least, Problems& problems) {
    const auto number = to_int(trimmed(form[name]));
    if (number && *number >= least && *number <= most_number) return *number;
    problems.add(name, tr_noop("Please give a whole number."));
    return 0;
}

std::vector<core::Goal> goals_typed(Visit& visit, const std::vector<core::Goal>& before, Problems& problems) {
    const Form& form = visit.form;
    std::vector<core::Goal> goals;
    for (int n = 1; n <= most_goals; ++n) {
        core::Goal goal;
        goal.text = trimmed(form[field("goal", n, "text")]);
        const bool empty = goal.text.empty() && trimmed(form[field("goal", n, "target")]).empty();
        if (empty || !form.has(field("goal", n, "text"))) continue;
        if (goal.text.empty()) problems.add(field("goal", n, "text"), tr_noop("Please say what is to be reached."));
        core::need_short(problems, field("goal", n, "text"), goal.text, 300);
        const auto indicator = core::indicator_from(form[field("goal", n, "indicator")]);
        if (!indicator) problems.add(field("goal", n, "indicator"), tr_noop("Please choose what is counted."));
        goal.indicator = indicator.value_or(core::Indicator::own);
        goal.target = number_in(form, field("goal", n, "target"), 1, problems);
        const std::string reached = field("goal", n, "reached");
        if (goal.indicator == core::Indicator::own && !trimmed(form[reached]).empty())
            goal.reached = number_in(form, reached, 0, problems);
        if (n <= int(before.size())) goal.extra = before[std::size_t(n - 1)].extra;
        goals.push_back(std::move(goal));
    }
    return goals;
}

// ---- questions

Form faq_form_of(const std::vector<core::Faq>& faq) {
    Form form;
    int n = 0;
    for (const auto& one : faq) {
        ++n;
        form.set(field("faq", n, "question"), one.question);
        form.set(field("faq", n, "answer"), one.answer);
        form.set(field("faq", n, "order"), std::to_string(n));
    }
    return form;
}

html::SafeHtml faq_content(Visit& visit, const Editing& e, const Form& values, const Problems& problems,
                           const html::SafeHtml& notice) {
    namespace t = tpl::parts;
    const auto there = core::faq_of(visit.tx, visit.tenant.id, e.record.id);
    core::FormView form(visit, values, problems);
    form.hidden("_version", version_of(visit, e));
    const int count = parts_in(values, "faq", "question", int(there.size()) + 1, most_questions);
    for (int n = 1; n <= count; ++n) {
        form.heading(tr_noop("Question {n}", {{"n", std::to_string(n)}}));
        form.text(field("faq", n, "question"), tr_noop("Question")).limit(300).optional();
        form.markdown(field("faq", n, "answer"), tr_noop("Answer")).optional();
        form.number(field("faq", n, "order"), tr_noop("Place in the order")).optional();
    }
    html::Values page;
    page.set(t::NOTICE, notice);
    page.add(t::LEAD_BOX)
        .set(t::LEAD, visit.tr("What people ask again and again stands on the public page, with your answer."));
    page.set(t::FORM, form.html({.action = e.address("/fragen"), .cancel = e.address(), .keep_draft = true}));
    return html::render_part(t::file, page, visit.language);
}

std::vector<core::Faq> faq_typed(Visit& visit, const std::vector<core::Faq>& before, Problems& problems) {
    const Form& form = visit.form;
    std::vector<std::pair<std::int64_t, core::Faq>> list;
    for (int n = 1; n <= most_questions; ++n) {
        core::Faq one{0, trimmed(form[field("faq", n, "question")]), trimmed(form[field("faq", n, "answer")]), ""};
        if (one.question.empty() && one.answer.empty()) continue;
        if (one.question.empty()) problems.add(field("faq", n, "question"), tr_noop("Please write the question."));
        if (one.answer.empty()) problems.add(field("faq", n, "answer"), tr_noop("Please write the answer."));
        core::need_short(problems, field("faq", n, "question"), one.question, 300);
        core::need_short(problems, field("faq", n, "answer"), one.answer, 10'000);
        const std::string order = trimmed(form[field("faq", n, "order")]);
        const auto place = order.empty() ? std::optional<std::int64_t>(n) : to_int(order);
        if (!place) problems.add(field("faq", n, "order"), tr_noop("Please give a whole number."));
        if (n <= int(before.size())) one.extra = before[std::size_t(n - 1)].extra;
        list.emplace_back(place.value_or(n), std::move(one));
    }
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<core::Faq> faq;
    for (auto& [order, one] : list) faq.push_back(std::move(one));
    return faq;
}

}  // namespace

http::Response goals_page(Visit& visit) {
    const auto e = editing(visit);
    const auto goals = core::goals_of(visit.tx, visit.tenant.id, e.record.id);
    return show(visit, e, Screen::goals, goals_content(visit, e, goals_form_of(goals), {}, {}));
}

http::Response save_goals(Visit& visit) {
    const auto e = editing(visit);
    Problems problems;
    const auto goals = goals_typed(visit, core::goals_of(visit.tx, visit.tenant.id, e.record.id), problems);
    if (problems.any()) return show_again(visit, e, Screen::goals, goals_content(visit, e, visit.form, problems, {}));
    if (changed_meanwhile(visit, e))
        return show_again(visit, e, Screen::goals, goals_content(visit, e, visit.form, {}, meanwhile(visit, e)));
    keep_parts(visit, e, [&] { core::set_goals(visit.tx, visit.tenant.id, e.record.id, goals); });
    return visit.go(e.address("/ziele"), tr_noop("Saved."));
}

http::Response faq_page(Visit& visit) {
    const auto e = editing(visit);
    const auto faq = core::faq_of(visit.tx, visit.tenant.id, e.record.id);
    return show(visit, e, Screen::faq, faq_content(visit, e, faq_form_of(faq), {}, {}));
}

http::Response save_faq(Visit& visit) {
    const auto e = editing(visit);
    Problems problems;
    const auto faq = faq_typed(visit, core::faq_of(visit.tx, visit.tenant.id, e.record.id), problems);
    if (problems.any()) return show_again(visit, e, Screen::faq, faq_content(visit, e, visit.form, problems, {}));
    if (changed_meanwhile(visit, e))
        return show_again(visit, e, Screen::faq, faq_content(visit, e, visit.form, {}, meanwhile(visit, e)));
    keep_parts(visit, e, [&] { core::set_faq(visit.tx, visit.tenant.id, e.record.id, faq); });
    return visit.go(e.address("/fragen"), tr_noop("Saved."));
}

}  // namespace mitwirken::procedures
