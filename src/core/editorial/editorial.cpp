// States and schedules; see editorial.h.
#include "core/editorial/editorial.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/templates.h"
#include "platform/jobs/jobs.h"

namespace mitwirken::core {

Message state_name(State state) {
    switch (state) {
        case State::draft:
            return tr_noop("Draft");
        case State::handed_in:
            return tr_noop("Handed in");
        case State::agreed:
            return tr_noop("Agreed");
        case State::published:
            return tr_noop("Published");
        case State::archived:
            return tr_noop("Archived");
    }
    return {};
}

std::string state_class(State state) {
    switch (state) {
        case State::draft:
            return "draft";
        case State::handed_in:
            return "review";
        case State::agreed:
            return "planned";
        case State::published:
            return "ok";
        case State::archived:
            return "plain";
    }
    return "plain";
}

std::string_view to_word(State state) { return db::Names<State>::words[static_cast<std::size_t>(state)]; }

std::optional<State> state_from(std::string_view word) {
    for (std::size_t i = 0; i < std::size(db::Names<State>::words); ++i)
        if (db::Names<State>::words[i] == word) return static_cast<State>(i);
    return {};
}

std::optional<State> state_after(State from, std::string_view step) {
    if (step == "hand_in" && from == State::draft) return State::handed_in;
    if (step == "return" && from != State::draft && from != State::archived) return State::draft;
    if (step == "publish" && from != State::published && from != State::archived) return State::published;
    if (step == "archive" && from != State::archived) return State::archived;
    if (step == "restore" && from == State::archived) return State::draft;
    return {};
}

bool step_needs_release(State from, std::string_view step) {
    return from == State::published || step == "publish" || step == "return" || step == "agree";
}

namespace {

bool may_change(const Visit& visit, State state, std::string_view publish_action) {
    return state != State::published || visit.may(publish_action);
}

}  // namespace

html::SafeHtml published_notice(const Visit& visit, State state, std::string_view publish_action) {
    if (may_change(visit, state, publish_action)) return {};
    return html::render_part(tpl::published::file, html::Values{}, visit.language);
}

void need_change(const Visit& visit, State state, std::string_view publish_action) {
    if (!may_change(visit, state, publish_action))
        throw NotAllowed(
            tr_noop("What is published is changed by those who may publish. Please ask them to give it back to you; "
                    "then you can change it and hand it in again."));
}

std::string state_words(const Visit& visit, const Schedule& schedule) {
    if (schedule.state == State::published && !is_public(schedule, visit.now)) {
        const bool later = schedule.publish_at && visit.now < *schedule.publish_at;
        const std::string at = visit.language.date_time(later ? *schedule.publish_at : *schedule.unpublish_at);
        return visit.tr(later ? tr_noop("Public from {at}", {{"at", at}})
                              : tr_noop("Was public until {at}", {{"at", at}}));
    }
    return visit.tr(state_name(schedule.state));
}

std::string state_class(const Schedule& schedule, Timestamp now) {
    if (schedule.state != State::published || is_public(schedule, now)) return state_class(schedule.state);
    return schedule.publish_at && now < *schedule.publish_at ? "planned" : "plain";
}

html::SafeHtml state_box(const Visit& visit, const Schedule& schedule, const std::string& action, bool may_release,
                         const std::vector<std::string_view>& without) {
    namespace t = tpl::states;
    const State state = schedule.state;
    static const std::pair<std::string_view, Message> steps[] = {{"hand_in", tr_noop("Hand in")},
                                                                 {"return", tr_noop("Give back")},
                                                                 {"publish", tr_noop("Publish")},
                                                                 {"archive", tr_noop("Archive")},
                                                                 {"restore", tr_noop("Restore")}};
    html::Values values;
    values.set(t::STATE, state_words(visit, schedule))
        .set(t::CLASS, state_class(schedule, visit.now))
        .set(t::ACTION, visit.url(action));
    std::optional<html::Values> form;  // a form without a button would be none
    for (const auto& [word, label] : steps) {
        if (!state_after(state, word) || (step_needs_release(state, word) && !may_release)) continue;
        if (std::find(without.begin(), without.end(), word) != without.end()) continue;
        if (!form) form = values.add(t::STEPS);
        form->add(t::NEXT).set(t::VALUE, word).set(t::LABEL, visit.tr(label));
    }
    values.show_if(!form, t::NO_STEPS);
    return html::render_part(t::file, values, visit.language);
}

bool is_public(const Schedule& schedule, Timestamp now) {
    return schedule.state == State::published && (!schedule.publish_at || *schedule.publish_at <= now) &&
           (!schedule.unpublish_at || now < *schedule.unpublish_at);
}

std::optional<Timestamp> next_change(const Schedule& schedule, Timestamp now) {
    if (schedule.state != State::published) return {};
    if (schedule.publish_at && now < *schedule.publish_at) return schedule.publish_at;
    if (schedule.unpublish_at && now < *schedule.unpublish_at) return schedule.unpublish_at;
    return {};
}

void plan_refresh(db::Tx& tx, TenantId tenant, const Ref& ref, const Schedule& schedule, Timestamp now) {
    if (schedule.state != State::published) return;
    const std::string kind = ref.module + ".refresh", item = std::to_string(ref.item);
    for (const auto& at : {schedule.publish_at, schedule.unpublish_at}) {
        if (!at || *at <= now) continue;
        jobs::enqueue(tx,
                      {.kind = kind,
                       .payload = item,
                       .run_at = *at,
                       .unique_key = fmt::format("{}:{}:{}", kind, item, at->time_since_epoch().count()),
                       .tenant = tenant.value},
                      now);
    }
}

void add_schedule_fields(FormView& form) {
    form.heading(tr_noop("When it is public"));
    form.date("publish_at_day", tr_noop("Public from (day)"))
        .hint(tr_noop("Empty: as soon as it is published."))
        .optional();
    form.time("publish_at_time", tr_noop("Public from (time)")).optional();
    form.date("unpublish_at_day", tr_noop("Public until (day)")).hint(tr_noop("Empty: without end.")).optional();
    form.time("unpublish_at_time", tr_noop("Public until (time)")).optional();
}

namespace {

void write_instant(Form& form, const std::string& name, const std::optional<Timestamp>& instant) {
    if (!instant) return;
    const LocalTime local = to_berlin(*instant);
    form.set(name + "_day", to_iso(local.day));
    form.set(name + "_time", fmt::format("{:02}:{:02}", local.hour, local.minute));
}

std::optional<Timestamp> read_instant(const Form& form, const std::string& name, Ambiguous choice, Problems& problems) {
    const std::string& day_text = form[name + "_day"];
    const std::string& time_text = form[name + "_time"];
    if (day_text.empty()) {
        if (!time_text.empty()) problems.add(name + "_day", tr_noop("Please give the day as well."));
        return {};
    }
    const auto day = parse_date(day_text);
    const auto minutes = time_text.empty() ? std::optional<int>(0) : parse_clock_time(time_text);
    if (!day) problems.add(name + "_day", tr_noop("Please give a day that exists, for example 2027-03-31."));
    if (!minutes) problems.add(name + "_time", tr_noop("Please give a time such as 18:30."));
    if (!day || !minutes) return {};
    return from_berlin({*day, *minutes / 60, *minutes % 60, 0}, choice);
}

}  // namespace

void write_schedule(Form& form, const Schedule& schedule) {
    write_instant(form, "publish_at", schedule.publish_at);
    write_instant(form, "unpublish_at", schedule.unpublish_at);
}

Schedule read_schedule(const Form& form, Problems& problems) {
    Schedule schedule;
    schedule.publish_at = read_instant(form, "publish_at", Ambiguous::first, problems);
    schedule.unpublish_at = read_instant(form, "unpublish_at", Ambiguous::second, problems);
    if (schedule.publish_at && schedule.unpublish_at && *schedule.unpublish_at <= *schedule.publish_at)
        problems.add("unpublish_at_day", tr_noop("The end must be after the beginning."));
    return schedule;
}

std::string when(const Visit& visit, Timestamp instant) { return visit.language.date_time(instant); }

}  // namespace mitwirken::core
