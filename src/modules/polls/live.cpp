// What everybody sees of a poll, pushed to who listens (server-sent events), and the page for the hall.
// What must stay true: an event carries the whole state and no more than everybody may see; of two states at once the
// later one stays.
#include <mutex>

#include "core/forms/forms.h"
#include "modules/polls/pages.h"
#include "platform/base/text.h"
#include "platform/pdf/pdf.h"
#include "polls/templates.h"

namespace mitwirken::polls {

namespace {

std::string channel_of(ActivityId activity, const i18n::Language& language, Shown shown) {
    return "polls:" + std::to_string(activity.value) + (shown == Shown::results ? ":" : "#:") + language.code();
}

// The number that results_part has written into the state of a channel; -1 when there is none.
std::int64_t turn_in(const std::string& html) {
    static constexpr std::string_view mark = "data-turn=\"";
    const auto at = html.find(mark);
    if (at == std::string::npos) return -1;
    const auto begin = at + mark.size();
    return to_int(html.substr(begin, html.find('"', begin) - begin)).value_or(-1);
}

void put(http::EventHub& hub, const std::string& channel, std::int64_t turn, const std::string& html) {
    static std::mutex mutex;  // looking and replacing are one step
    const std::lock_guard lock(mutex);
    if (turn >= turn_in(hub.current(channel))) hub.publish(channel, html);
}

// Are all answers to be pushed, or only how many have voted?
Shown pushed(const core::Place& place, const core::Activity& activity, const std::vector<Question>& list, bool voted) {
    for (const auto& one : list)
        if (!shows_results(place, activity, one, voted)) return Shown::count;
    return Shown::results;
}

}  // namespace

html::SafeHtml results_part(const i18n::Language& language, const std::vector<Question>& list, std::int64_t turn,
                            Shown shown) {
    namespace t = tpl::results;
    html::Values page;
    page.set(t::TURN, turn);
    for (const auto& one : list) {
        auto box = page.add(t::QUESTION).set(t::TITLE, one.title).set(t::KEY, one.key);
        box.set(t::VOTES, language.plural("{n} person has voted", "{n} people have voted", one.votes));
        if (one.closed) box.show(t::CLOSED);
        if (shown == Shown::count) continue;
        auto table = box.add(t::ANSWERS).set(t::TITLE, one.title).set(t::KEY, one.key);
        for (const auto& option : one.options)
            table.add(t::ANSWER)
                .set(t::LABEL, option.label)
                .set(t::WIDTH, share(one, option) * 4)
                .set(t::COUNT, language.number(option.count))
                .set(t::SHARE, language.number(std::int64_t(share(one, option))));
    }
    return html::render_part(t::file, page, language);
}

void tell_listeners(Visit& visit, const core::Activity& activity) {
    if (!visit.house.events) return;
    // Whoever has voted on everything may see all of it while nobody else may: they listen to the same channel.
    const bool hidden = settings_of(activity.settings).results == Settings::Results::end;
    visit.tx.after_commit([hub = visit.house.events, codes = visit.tenant.languages, id = activity.id, hidden,
                           list = questions(visit.tx, activity.id), turn = turn_of(visit.tx, activity.id)] {
        for (const auto& code : codes) {
            const auto* language = i18n::find_language(code);
            if (!language) continue;
            for (const auto shown : {Shown::count, Shown::results})
                if (shown == Shown::count || !hidden)
                    put(*hub, channel_of(id, *language, shown), turn,
                        results_part(*language, list, turn, shown).text());
        }
    });
}

http::Response live_stream(Visit& visit) {
    const auto& place = visit.place();
    const auto& activity = *place.activity;
    const auto list = questions(visit.tx, activity.id);
    const auto* self = visit.participant();
    const auto votes = self ? votes_of(visit.tx, activity.id, {self->id}) : Votes{};
    const bool all = std::all_of(list.begin(), list.end(), [&](const Question& one) {
        return shows_results(place, activity, one, votes.count(one.id) > 0);
    });
    const Shown shown = all && visit.query["nur"] != "anzahl" ? Shown::results : Shown::count;
    const auto channel = channel_of(activity.id, visit.language, shown);
    const auto turn = turn_of(visit.tx, activity.id);
    if (visit.house.events && turn_in(visit.house.events->current(channel)) < turn)
        put(*visit.house.events, channel, turn, results_part(visit.language, list, turn, shown).text());
    http::Response response;
    response.headers.set("Content-Type", "text/event-stream");
    response.event_stream = channel;
    return response;
}

http::Response wall_page(Visit& visit) {
    namespace t = tpl::wall;
    const auto& place = visit.place();
    const auto& activity = *place.activity;
    const auto list = questions(visit.tx, activity.id);
    const std::string address = visit.absolute(base_of(visit));
    const Shown shown = pushed(place, activity, list, false);
    html::Values page;
    page.set(t::PROCEDURE, place.procedure.title).set(t::TITLE, activity.title);
    page.set(t::BACK, visit.url(base_of(visit))).set(t::ADDRESS, address);
    page.set(t::CODE, html::svg_image(pdf::qr_svg(address, 300), visit.tr("Code that leads to the poll")));
    page.set(t::RESULTS, results_part(visit.language, list, turn_of(visit.tx, activity.id), shown));
    page.set(t::LIVE, visit.url(base_of(visit) + "/live") + (shown == Shown::count ? "?nur=anzahl" : ""));
    if (shown == Shown::count) page.show(t::LATER);
    return visit.page({.title = activity.title, .kind = "wall", .bare = true, .index = false}, t::file, page);
}

}  // namespace mitwirken::polls
