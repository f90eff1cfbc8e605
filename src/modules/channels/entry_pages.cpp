// The fast form: activity and way once, then one contribution after the other; what was typed last can be taken back.
#include "channels/templates.h"
#include "core/forms/forms.h"
#include "core/forms/table.h"
#include "core/participation/leaving.h"
#include "core/procedures/words.h"
#include "modules/channels/pages.h"
#include "platform/base/text.h"

namespace mitwirken::channels {

namespace {

using core::Visit;
constexpr int last_shown = 10;

std::string number_of(const core::Contribution& c) { return std::to_string(c.id.value); }

// What is kept from one contribution to the next.
std::string next_path(const Desk& desk, const Form& form, Date day) {
    return desk.path + "?kanal=" + escape_url(form["channel"]) + "&eingang=" + to_iso(day);
}

std::vector<core::Option> channel_options(const Visit& visit) {
    std::vector<core::Option> options;
    for (const auto channel : entered_channels)
        options.push_back({channel_word(channel), visit.tr(channel_name(channel))});
    return options;
}

html::SafeHtml entry_form(Visit& visit, const Desk& desk, const Checker& checker, const Form& values,
                          const Problems& problems) {
    core::FormView form(visit, values, problems);
    form.radios("channel", tr_noop("How it came"), channel_options(visit));
    form.date("day", tr_noop("Day on which it came in"))
        .hint(tr_noop("It has to lie in a step in which contributions could be handed in."));
    form.text("title", tr_noop("Title")).hint(tr_noop("What it is about, in a few words. Enter saves.")).limit(120);
    form.area("body", tr_noop("Text")).hint(tr_noop("As it was written or said.")).limit(checker.most_letters());
    if (checker.with_topics() && !checker.topics().empty()) {
        std::vector<core::Option> options;
        for (const auto& term : checker.topics()) options.push_back({term.key, term.name_in(visit.language.code())});
        form.choices("topics", tr_noop("Topics"), options).optional();
    }
    if (checker.with_places())
        form.text("place", tr_noop("Place"))
            .optional()
            .limit(200)
            .hint(tr_noop("Street and number, or a position such as 51.5136, 7.4653."));
    form.text("name", tr_noop("Name that is shown"))
        .optional()
        .limit(80)
        .hint(tr_noop("Only if the person wants it. Left empty it stands there anonymously."));
    form.text("number", tr_noop("Your own number"))
        .optional()
        .limit(40)
        .hint(tr_noop("Such as the one you stamp on the sheet; each only once."));
    return form.html({.action = desk.path, .submit = tr_noop("Save and next one"), .keep_draft = true});
}

html::SafeHtml last_table(Visit& visit, const Desk& desk, const std::vector<core::Contribution>& last) {
    core::TableView view{.id = "last",
                         .caption = visit.tr("What you entered last"),
                         .empty = visit.tr("Nothing yet. What you save stands here and can be taken back.")};
    view.columns = {visit.tr("Number"), visit.tr("Title"), visit.tr("How it came"), visit.tr("Came in"), ""};
    for (const auto& c : last)
        view.rows.push_back({core::text_cell(number_of(c)), core::link_cell(c.title, core::path_of(visit, c)),
                             core::text_cell(visit.tr(channel_name(c.channel))),
                             core::text_cell(visit.language.date_short(berlin_day(c.created_at))),
                             core::Cell{.text = visit.tr("Take back"),
                                        .post_to = desk.path + "/" + number_of(c) + "/zuruecknehmen",
                                        .spoken = c.title}});
    return core::table(visit, view);
}

// Why nothing can be entered at all; "" when something can.
std::string refusal(Visit& visit) {
    const auto& place = visit.place();
    if (place.procedure.state == core::ProcedureState::draft)
        return visit.tr("The procedure is a draft. Contributions can be entered once it is published.");
    if (place.procedure.state == core::ProcedureState::paused)
        return visit.tr("The procedure is paused. Contributions can be entered once it goes on.");
    return "";
}

http::Response show_form(Visit& visit, const Desk& desk, const Form& values, const Problems& problems) {
    namespace t = tpl::entry;
    const auto& place = visit.place();
    const Checker checker(visit, place, desk.kind);
    html::Values page;
    page.set(t::ALL_URL, visit.url(core::desk_path(desk.record, screen))).set(t::TITLE, place.activity->title);
    page.set(t::IMPORT_URL, visit.url(desk.path + "/einlesen"));
    if (visit.house.module(place.activity->module).activity->paper_form)
        page.add(t::PAPER).set(
            t::URL, visit.url("/verfahren/" + desk.record.key + "/papier/" + escape_url(place.activity->key)));
    if (const std::string why = refusal(visit); !why.empty()) {
        page.add(t::REFUSED).set(t::TEXT, why);
    } else {
        const auto answer = place.grid.ask(place.grid.everybody(), place.activity->key, "contribute", visit.now);
        if (!answer.allowed())
            page.add(t::CLOSED).set(t::REASON, core::reason_in_words(visit.language, place.plan, answer,
                                                                     place.activity->key, "contribute", visit.now));
        page.add(t::FORM_PART).set(t::FORM, entry_form(visit, desk, checker, values, problems));
    }
    page.set(t::LAST, last_table(visit, desk,
                                 entered_since(visit.tx, visit.tenant.id, place.activity->id, visit.actor.account,
                                               visit.now - undo_time, last_shown)));
    return desk_answer(visit, desk, html::render_part(t::file, page, visit.language), problems.any());
}

// Today when contributions can be handed in today, else nothing: then the day has to be typed.
std::string usual_day(Visit& visit) {
    const auto today = berlin_day(visit.now);
    return received_on(visit.place(), today, visit.language, visit.now) ? to_iso(today) : "";
}

}  // namespace

Desk desk_of(Visit& visit) {
    Desk desk{core::procedure_at_desk(visit, enter_action), "", ""};
    visit.set_place(core::open_place(visit, desk.record, visit.parameter("part")));
    const auto& activity = *visit.place().activity;
    const auto kind = kind_of_texts(visit.house.module(activity.module));
    if (!kind) throw NotFound();
    desk.kind = *kind;
    desk.path = core::desk_path(desk.record, std::string(screen) + "/" + escape_url(activity.key));
    return desk;
}

http::Response desk_answer(Visit& visit, const Desk& desk, const html::SafeHtml& content, bool again) {
    const auto framed = core::desk_frame(visit, desk.record, screen, content);
    const auto head = core::desk_head(visit.place().activity->title + " – " + visit.tr("Enter contributions"));
    return again ? core::show_again(visit, head, framed) : visit.page(head, framed);
}

void complete(Visit& visit, const Checked& checked, core::ContributionId id, bool imported) {
    const auto stored = *core::find_contribution(visit.tx, visit.tenant.id, id);
    core::classify(visit.tx, visit.tenant.id, stored.ref(), checked.topics);
    core::index_contribution(visit, stored, core::path_of(visit, stored));
    add_entry(visit.tx, visit.tenant.id, stored.procedure,
              {id, stored.activity, checked.own_number, checked.day, imported, visit.actor.account, visit.now});
}

http::Response choose_page(Visit& visit) {
    namespace t = tpl::choose;
    const auto record = core::procedure_at_desk(visit, enter_action);
    const auto plan = core::load_plan(visit.tx, record);
    html::Values page;
    bool any = false;
    for (const auto& activity : plan.activities) {
        const auto& block = visit.house.module(activity.module);
        const bool texts = kind_of_texts(block).has_value();
        const std::string own = own_entry_path(block, record, activity);
        if (!texts && own.empty()) continue;
        any = true;
        const std::string path = core::desk_path(record, std::string(screen) + "/" + escape_url(activity.key));
        auto line = page.add(t::ACTIVITY).set(t::TITLE, activity.title).set(t::BLOCK, visit.tr(block.activity->title));
        line.set(t::NUMBER, short_number(activity.id));
        if (!texts) line.add(t::OWN).set(t::URL, visit.url(own));
        for (const auto channel : entered_channels)
            if (texts)
                line.add(t::WAY)
                    .set(t::URL, visit.url(path + "?kanal=" + channel_word(channel)))
                    .set(t::LABEL, visit.tr(channel_name(channel)));
        if (texts) line.add(t::IMPORT).set(t::URL, visit.url(path + "/einlesen"));
        if (block.activity->paper_form)
            line.add(t::PAPER).set(t::URL,
                                   visit.url("/verfahren/" + record.key + "/papier/" + escape_url(activity.key)));
    }
    page.show_if(!any, t::NOTHING);
    return core::desk_page(visit, record, screen, html::render_part(t::file, page, visit.language));
}

http::Response entry_page(Visit& visit) {
    const auto desk = desk_of(visit);
    Form values;
    const auto channel = entered_channel(visit.query["kanal"]);
    values.add("channel", channel_word(channel.value_or(core::Channel::paper)));
    const auto day = parse_date(visit.query["eingang"]);
    values.add("day", day ? to_iso(*day) : usual_day(visit));
    return show_form(visit, desk, values, {});
}

http::Response enter(Visit& visit) {
    const auto desk = desk_of(visit);
    if (const std::string why = refusal(visit); !why.empty()) throw NotAllowed(tr_noop("{reason}", {{"reason", why}}));
    const Checker checker(visit, visit.place(), desk.kind);
    const auto checked = checker.check(visit.form);
    Problems problems = checked ? Problems{} : checked.problems();
    if (checked && !checked->own_number.empty())
        for (const auto& one : numbered(visit.tx, visit.place().activity->id))
            if (one.own_number == checked->own_number)
                problems.add("number", tr_noop("This number is there already: contribution {id}.",
                                               {{"id", std::to_string(one.id.value)}}));
    if (problems.any()) return show_form(visit, desk, visit.form, problems);
    const auto taken = core::take_for(visit, checked->head, checked->received);
    complete(visit, *checked, taken.id, false);
    visit.touch(desk.record.scope());
    visit.record("channels.entered", {visit.place().activity->module, taken.id.value});
    return visit.go(next_path(desk, visit.form, checked->day),
                    tr_noop("Saved as number {n}. Now the next one.", {{"n", std::to_string(taken.id.value)}}));
}

http::Response take_back(Visit& visit) {
    const auto desk = desk_of(visit);
    const auto id = visit.id_parameter<core::ContributionId>("id");
    const auto entry = find_entry(visit.tx, visit.tenant.id, id);
    const auto found = core::find_contribution(visit.tx, visit.tenant.id, id);
    if (!entry || !found || found->activity != visit.place().activity->id) throw NotFound();
    if (entry->by != visit.actor.account || entry->at < visit.now - undo_time)
        throw NotAllowed(
            tr_noop("Only what you entered yourself in the last hours can be taken back here. For "
                    "everything else there is the desk."));
    if (!found->is_public() || found->merged_into || found->supports > 0 || found->comments > 0)
        throw NotAllowed(
            tr_noop("Others have already reacted to this contribution, or the desk has dealt with it. It "
                    "cannot simply be taken back any more."));
    core::withdraw(visit, *found);
    visit.record("channels.taken_back", found->ref());
    return visit.go(desk.path + "?kanal=" + channel_word(found->channel) + "&eingang=" + to_iso(entry->received),
                    tr_noop("Number {n} is taken back.", {{"n", std::to_string(id.value)}}));
}

}  // namespace mitwirken::channels
