// The screen of the import: choose a file; see what would happen or what is wrong, row by row; confirm. Between the
// second and the third the file waits (core/attachments/waiting_file.h).
#include "channels/templates.h"
#include "core/attachments/sent_file.h"
#include "core/attachments/waiting_file.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "modules/channels/import.h"
#include "modules/channels/pages.h"
#include "platform/base/text.h"
#include "platform/tables/xlsx.h"

namespace mitwirken::channels {

namespace {

using core::Visit;
constexpr std::uint64_t most_bytes = 20'000'000;
constexpr std::size_t shown_problems = 200, shown_rows = 10;

// What the route's prepare function found in the file.
struct SentTable {
    std::string token;  // of the waiting file, when it was confirmed
    std::string bytes;
    std::optional<Result<tables::Table>> table;
    std::optional<Message> refused;
};

std::string place_words(const Visit& visit, const std::string& place) {
    if (starts_with(place, "line ")) return visit.tr(tr_noop("Line {n}", {{"n", place.substr(5)}}));
    return visit.tr("File");
}

html::SafeHtml problem_table(const Visit& visit, const std::vector<core::ImportReport::Line>& problems) {
    core::TableView view{.id = "problems", .caption = visit.tr("What has to be put right")};
    view.columns = {visit.tr("Where in the file"), visit.tr("Column"), visit.tr("What is wrong")};
    for (const auto& line : problems) {
        if (view.rows.size() >= shown_problems) break;
        view.rows.push_back({core::text_cell(place_words(visit, line.place)), core::text_cell(line.column),
                             core::text_cell(visit.tr(line.message))});
    }
    return core::table(visit, view);
}

html::SafeHtml row_table(const Visit& visit, const Plan& plan) {
    core::TableView view{.id = "rows", .caption = visit.tr("The first rows, as they will be taken over")};
    view.columns = {visit.tr("Title"), visit.tr("How it came"), visit.tr("Came in"), visit.tr("Name"),
                    visit.tr("What")};
    const auto add = [&](const Checked& c, const Message& what, const char* pill) {
        if (view.rows.size() >= shown_rows) return;
        view.rows.push_back({core::text_cell(c.head.title), core::text_cell(visit.tr(channel_name(c.head.channel))),
                             core::text_cell(visit.language.date_short(c.day)), core::text_cell(c.head.author_name),
                             core::pill_cell(visit.tr(what), pill)});
    };
    for (const auto& one : plan.fresh) add(one, tr_noop("new"), "ok");
    for (const auto& [id, one] : plan.changed) add(one, tr_noop("changed"), "review");
    return core::table(visit, view);
}

std::string summary_of(const Visit& visit, const Plan& plan) {
    const auto number = [&](std::size_t n) { return visit.language.number(std::int64_t(n)); };
    return visit.tr(tr_noop(
        "{new} new, {changed} changed, {same} there already",
        {{"new", number(plan.fresh.size())}, {"changed", number(plan.changed.size())}, {"same", number(plan.same)}}));
}

html::SafeHtml upload_form(Visit& visit, const Desk& desk, const Problems& problems) {
    core::FormView form(visit, visit.form, problems);
    form.file("file", tr_noop("File")).takes(".csv,.xlsx").hint(tr_noop("CSV or Excel, at most 5,000 rows and 20 MB."));
    std::vector<core::Option> ways;
    for (const auto channel : entered_channels)
        ways.push_back({channel_word(channel), visit.tr(channel_name(channel))});
    form.select("channel", tr_noop("How it came"), ways).hint(tr_noop("Where a row says nothing."));
    form.date("day", tr_noop("Day on which it came in")).optional().hint(tr_noop("Where a row says nothing."));
    form.radios("known", tr_noop("Rows whose own number is there already"),
                {{"ignore", visit.tr("stay as they are")},
                 {"update", visit.tr("get title, text, topics and place of the file")}});
    return form.html({.action = desk.path + "/einlesen",
                      .submit = tr_noop("Show what would happen"),
                      .has_files = true,
                      .once = false});
}

void add_plan(Visit& visit, const Desk& desk, html::Values& page, const Plan& plan, const std::string& token) {
    namespace t = tpl::import_page;
    auto box = page.add(t::PLAN).set(t::WORDS, summary_of(visit, plan));
    if (plan.fresh.empty() && plan.changed.empty()) return void(box.show(t::NOTHING));
    box.set(t::TABLE, row_table(visit, plan));
    box.add(t::CONFIRM)
        .set(t::ACTION, visit.url(desk.path + "/einlesen"))
        .set(t::TOKEN, token)
        .set(t::CHANNEL, visit.form["channel"])
        .set(t::DAY, visit.form["day"])
        .set(t::KNOWN, visit.form["known"])
        .set(t::NUMBER, visit.language.number(std::int64_t(plan.fresh.size() + plan.changed.size())));
}

struct Shown {
    const Plan* plan = nullptr;
    std::string token;
    Problems problems;
};
http::Response show(Visit& visit, const Desk& desk, const Shown& shown) {
    namespace t = tpl::import_page;
    html::Values page;
    page.set(t::BACK_URL, visit.url(desk.path)).set(t::TITLE, visit.place().activity->title);
    const bool wrong = shown.plan && !shown.plan->problems.empty();
    if (wrong) {
        const auto number = std::int64_t(shown.plan->problems.size());
        auto box =
            page.add(t::PROBLEMS)
                .set(t::WORDS, visit.language.plural("One thing has to be put right. Nothing was changed.",
                                                     "{n} things have to be put right. Nothing was changed.", number))
                .set(t::TABLE, problem_table(visit, shown.plan->problems));
        if (number > std::int64_t(shown_problems))
            box.add(t::MORE).set(t::NUMBER, visit.language.number(number - std::int64_t(shown_problems)));
    } else if (shown.plan) {
        add_plan(visit, desk, page, *shown.plan, shown.token);
    }
    page.set(t::CSV_URL, visit.url(desk.path + "/vorlage.csv"))
        .set(t::XLSX_URL, visit.url(desk.path + "/vorlage.xlsx"));
    for (const auto& column : columns())
        page.add(t::COLUMN).set(t::NAME, column.name).set(t::WORDS, visit.tr(column.words));
    page.set(t::FORM, upload_form(visit, desk, shown.problems));
    return desk_answer(visit, desk, html::render_part(t::file, page, visit.language), wrong || shown.problems.any());
}

// As core::take_for does it for one; but five thousand at once are not told to followers one by one.
void add_fresh(Visit& visit, const Checked& checked) {
    const auto& place = visit.place();
    core::NewContribution head = checked.head;
    head.participant = core::add_participant_without_browser(visit.tx, visit.tenant.id, visit.now);
    head.entered_by = visit.actor.account;
    const core::Occasion occasion{visit.tenant.id, place.procedure.id, place.activity->id, checked.received.step};
    complete(visit, checked, core::hand_in(visit.tx, occasion, head, checked.received.at), true);
}

void change(Visit& visit, core::ContributionId id, const Checked& checked) {
    const auto stored = *core::find_contribution(visit.tx, visit.tenant.id, id);
    const auto& h = checked.head;
    core::reword(visit.tx, stored, {h.title, h.body, h.place, h.lon, h.lat, h.original}, visit.now);
    core::classify(visit.tx, visit.tenant.id, stored.ref(), checked.topics);
    const auto changed = *core::find_contribution(visit.tx, visit.tenant.id, id);
    core::index_contribution(visit, changed, core::path_of(visit, changed));
}

http::Response carry_out(Visit& visit, const Desk& desk, const Plan& plan, const std::string& token) {
    for (const auto& one : plan.fresh) add_fresh(visit, one);
    for (const auto& [id, one] : plan.changed) change(visit, id, one);
    visit.touch(desk.record.scope());
    visit.record("channels.imported", desk.record.ref(), std::to_string(plan.fresh.size() + plan.changed.size()));
    visit.tx.after_commit(
        [&house = visit.house, account = visit.actor.account, token] { core::stop_waiting(house, account, token); });
    return visit.go(desk.path, tr_noop("The list is taken over: {words}.", {{"words", summary_of(visit, plan)}}));
}

http::Response as_file(std::string bytes, const char* type, const std::string& name) {
    http::Response response;
    response.headers.set("Content-Type", type);
    response.headers.set("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.body = std::move(bytes);
    return response;
}

std::vector<std::string> headings() {
    std::vector<std::string> names;
    for (const auto& column : columns()) names.emplace_back(column.name);
    return names;
}

}  // namespace

void read_upload(core::Preparation& p) {
    SentTable sent;
    if (p.form.has("token")) {
        sent.token = p.form["token"];
        auto waiting = core::waiting_bytes(p.house, p.actor.account, sent.token);
        if (waiting)
            sent.bytes = std::move(*waiting);
        else
            sent.refused = tr_noop("The file is no longer here: it waits for an hour. Please choose it again.");
    } else {
        auto file = core::sent_file(p, most_bytes);
        if (!file || (file->bytes.empty() && !file->too_large))
            sent.refused = tr_noop("Please choose a file.");
        else if (file->too_large)
            sent.refused = tr_noop("The file is larger than 20 MB. Please divide it.");
        else
            sent.bytes = std::move(file->bytes);
    }
    if (!sent.refused) sent.table = read_table(sent.bytes);
    p.result = std::move(sent);
}

http::Response import_page(Visit& visit) {
    const auto desk = desk_of(visit);
    visit.form.set("channel", channel_word(core::Channel::paper));
    visit.form.set("known", "ignore");
    return show(visit, desk, {});
}

http::Response import_file(Visit& visit) {
    const auto desk = desk_of(visit);
    const auto& place = visit.place();
    const auto* sent = visit.prepared<SentTable>();
    Shown shown;
    if (!sent || sent->refused) {
        shown.problems.add("file", sent ? *sent->refused : tr_noop("Please choose a file."));
        return show(visit, desk, shown);
    }
    if (place.procedure.state != core::ProcedureState::published) {
        shown.problems.add("",
                           tr_noop("Contributions can be entered while the procedure is published and not paused."));
        return show(visit, desk, shown);
    }
    Plan plan;
    const auto& table = *sent->table;
    if (table) {
        const Checker checker(visit, place, desk.kind);
        const auto known = visit.form["known"] == "update" ? Known::update : Known::ignore;
        plan = plan_of(visit, checker, read_rows(*table, visit.form["channel"], visit.form["day"]), known);
    } else {
        for (const auto& problem : table.problems().list())
            plan.problems.push_back({problem.field, "", problem.message});
    }
    const bool right = plan.problems.empty();
    if (right && !sent->token.empty()) return carry_out(visit, desk, plan, sent->token);
    shown.plan = &plan;
    if (right) shown.token = core::let_wait(visit.house, visit.actor.account, sent->bytes);
    return show(visit, desk, shown);
}

http::Response template_csv(Visit& visit) {
    desk_of(visit);
    tables::CsvWriter csv;
    csv.row(headings());
    return as_file(csv.take(), "text/csv; charset=utf-8", "vorlage-beitraege.csv");
}

http::Response template_xlsx(Visit& visit) {
    desk_of(visit);
    tables::XlsxWriter xlsx(visit.now);
    xlsx.sheet(visit.tr("Contributions"), headings());
    xlsx.sheet(visit.tr("What belongs where"), {visit.tr("Column"), visit.tr("What belongs into it")});
    for (const auto& column : columns()) xlsx.row({std::string(column.name), visit.tr(column.words)});
    return as_file(xlsx.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                   "vorlage-beitraege.xlsx");
}

}  // namespace mitwirken::channels
