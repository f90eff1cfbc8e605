// See desk.h; and the list of a procedure's surveys.
#include "modules/surveys/desk.h"

#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/surveys/pages.h"
#include "platform/base/text.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

constexpr std::string_view screen = "/umfragen";

struct TabOf {
    Tab tab;
    std::string_view below;
    Message label;
    std::string_view action;
};
const std::vector<TabOf>& tabs() {
    static const std::vector<TabOf> list = {{Tab::questions, "/bearbeiten", tr_noop("Questions"), edit_action},
                                            {Tab::preview, "/vorschau", tr_noop("Preview"), edit_action},
                                            {Tab::results, "/ergebnisse", tr_noop("Results"), results_action},
                                            {Tab::entry, "/eingabe", tr_noop("Enter from paper"), edit_action},
                                            {Tab::invitations, "/einladungen", tr_noop("Invitations"), edit_action}};
    return list;
}

}  // namespace

Desk desk(core::Visit& visit, std::string_view action) {
    Desk d;
    d.record = core::procedure_at_desk(visit, action);
    d.plan = core::load_plan(visit.tx, d.record);
    for (const auto& activity : d.plan.activities)
        if (activity.key == visit.parameter("part") && activity.module == "surveys") d.activity = &activity;
    if (!d.activity) throw NotFound();
    d.path = core::desk_path(d.record, "/umfragen/" + escape_url(d.activity->key));
    return d;
}

http::Response desk_answer(core::Visit& visit, const Desk& d, Tab tab, const std::string& title,
                           const html::SafeHtml& content, Answered answered) {
    namespace v = tpl::desk;
    html::Values values;
    values.set(v::ALL, visit.url(core::desk_path(d.record, screen))).set(v::TITLE, d.activity->title);
    for (const auto& one : tabs())
        if (visit.may(one.action, d.record.organisation))
            values.add(v::TAB)
                .set(v::URL, visit.url(d.path + std::string(one.below)))
                .set(v::LABEL, visit.tr(one.label))
                .show_if(one.tab == tab, v::CURRENT);
    if (!title.empty()) values.add(v::HEADING).set(v::TEXT, title);
    values.set(v::CONTENT, content);
    auto framed = core::desk_frame(visit, d.record, screen, html::render_part(v::file, values, visit.language));
    const auto head = core::desk_head(d.activity->title + (title.empty() ? "" : " – " + title));
    return answered == Answered::again ? core::show_again(visit, head, framed) : visit.page(head, framed);
}

http::Response surveys_page(Visit& visit) {
    const auto record = core::procedure_at_desk(visit, results_action);
    const auto plan = core::load_plan(visit.tx, record);
    core::TableView view{.id = "surveys",
                         .caption = visit.tr("Surveys"),
                         .empty = visit.tr("There is no survey here yet. Add one under “Activities”.")};
    view.columns = {visit.tr("Title"), visit.tr("Version"), visit.tr("Answers"), visit.tr("State")};
    const bool may_edit = bool(visit.may(edit_action, record.organisation));
    for (const auto& activity : plan.activities) {
        if (activity.module != "surveys") continue;
        const auto version = current_version(visit.tx, activity.id);
        const auto draft = find_draft(visit.tx, activity.id);
        const bool changed = draft && (!version || version->content != draft->content);
        const std::string path = core::desk_path(record, "/umfragen/" + escape_url(activity.key));
        view.rows.push_back({core::link_cell(activity.title, path + (may_edit ? "/bearbeiten" : "/ergebnisse")),
                             core::text_cell(version ? std::to_string(version->number) : "–"),
                             core::number_cell(visit.language.number(activity.contributions)),
                             !version  ? core::pill_cell(visit.tr("not released yet"), "draft")
                             : changed ? core::pill_cell(visit.tr("changed, not released"), "review")
                                       : core::pill_cell(visit.tr("released"), "ok")});
    }
    html::Values values;
    values.set(tpl::surveys::LIST, core::table(visit, view));
    return core::desk_page(visit, record, screen, html::render_part(tpl::surveys::file, values, visit.language));
}

}  // namespace mitwirken::surveys
