// A request inside a procedure: what the address names, who the person is there, and whether the grid lets them do it.
#include "core/procedures/words.h"
#include "core/visit.h"

namespace mitwirken::core {

namespace {

// The tracks of this person: the public ones, those they were invited to, and those of the office.
Grid::Audience audience_of(Visit& visit, const Procedure& plan, const Grid& grid) {
    std::vector<TrackId> joined;
    if (const auto* participant = visit.participant()) joined = tracks_of(visit.tx, participant->id);
    std::vector<std::string> keys;
    for (const auto& track : plan.tracks) {
        const bool invited = std::find(joined.begin(), joined.end(), track.id) != joined.end();
        const bool staff = track.audience == Audience::staff && visit.may(edit_procedures_action);
        if (track.audience == Audience::anyone || invited || staff) keys.push_back(track.key);
    }
    return grid.audience(keys);
}

// "?am=2027-03-14": what will be seen on that day, for those who may look ahead. At noon: days begin at midnight.
Timestamp looked_at(const Visit& visit, bool staff) {
    const auto day = staff ? parse_date(visit.query["am"]) : std::nullopt;
    return day ? from_berlin({*day, 12, 0, 0}) : visit.now;
}

}  // namespace

Place open_place(Visit& visit, ProcedureRecord record, std::string_view activity) {
    const bool staff = visit.may(edit_procedures_action, record.organisation).allowed;
    if (record.state == ProcedureState::draft && !staff) throw NotFound();
    Procedure plan = load_plan(visit.tx, record);
    // Staff see a draft as it will be; the grid itself shows nothing of one.
    Procedure shown = plan;
    if (staff && record.state == ProcedureState::draft) shown.state = ProcedureState::published;
    Grid grid(shown);
    Place place{std::move(record), std::move(plan), std::move(grid), {}, nullptr, {}, false};
    place.audience = audience_of(visit, place.plan, place.grid);
    if (const std::string track = visit.query["strang"]; staff && !track.empty())
        place.audience = place.grid.audience({track});
    place.at = looked_at(visit, staff);
    place.preview = staff && (place.at != visit.now || place.procedure.state == ProcedureState::draft);
    if (const auto change = place.grid.next_change(visit.now)) visit.right_until(*change);
    visit.reads(place.procedure.scope());
    if (activity.empty()) return place;
    for (const auto& known : place.plan.activities)
        if (known.key == activity) place.activity = &known;
    if (!place.activity) throw NotFound();
    return place;
}

void enter_place(Visit& visit, std::string_view module) {
    auto record = find_procedure(visit.tx, visit.tenant.id, visit.parameter("procedure"));
    if (!record) throw NotFound();
    visit.set_place(open_place(visit, std::move(*record), visit.parameter("activity")));
    const Place& place = visit.place();
    if (place.activity->module != module && !visit.route.of_any_block) throw NotFound();
    const bool staff = visit.may(edit_procedures_action, place.procedure.organisation).allowed;
    if (!place.visible(*place.activity) && !staff) throw NotFound();
    if (visit.route.interaction.empty()) return;
    const Answer answer = place.ask(visit.route.interaction);
    if (place.preview && visit.tx.writes()) throw NotAllowed(tr_noop("This is a preview: nothing is handed in."));
    if (!answer.allowed() && !place.preview)
        throw NotAllowed(
            tr_noop("{reason}", {{"reason", reason_in_words(visit.language, place.plan, answer, place.activity->key,
                                                            visit.route.interaction, visit.now)}}));
}

// ---- what a Visit knows of it

const Place& Visit::place() const {
    if (!place_) throw std::logic_error("this route has no place in a procedure");
    return *place_;
}

void Visit::set_place(Place place) {
    const std::string key = place.activity ? place.activity->key : "";
    place_ = std::make_shared<Place>(std::move(place));
    for (const auto& activity : place_->plan.activities)
        if (activity.key == key) place_->activity = &activity;  // it lies in the plan, which has moved
}

const Participant* Visit::participant() {
    if (!participant_sought_) {
        participant_sought_ = true;
        const std::string token = request.cookie(participant_cookie);
        if (!token.empty() || actor.signed_in()) participant_ = find_participant(tx, tenant.id, token, actor.account);
        if (participant_) do_not_cache();
    }
    return participant_ ? &*participant_ : nullptr;
}

const Participant& Visit::need_participant() {
    if (participant()) return *participant_;
    auto made = add_participant(tx, tenant.id, actor.account, now);
    participant_ = std::move(made.participant);
    new_cookie_ = std::string(participant_cookie) + "=" + made.token +
                  "; Path=/; Max-Age=" + std::to_string(std::chrono::seconds(participant_cookie_age).count()) +
                  "; HttpOnly; SameSite=Lax" + (request.scheme == "https" ? "; Secure" : "");
    return *participant_;
}

Occasion Visit::occasion(std::string_view interaction) const {
    const auto* step = place().step(place().ask(interaction));
    return {tenant.id, place().procedure.id, place().activity->id, step ? step->id : StepId{}};
}

}  // namespace mitwirken::core
