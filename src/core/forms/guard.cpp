// The guard of public forms; see guard.h. The time stands in the form as "milliseconds.signature", so that nobody can
// make one up; it stays the same while the form is shown again with its errors.
#include "core/forms/guard.h"

#include "core/templates.h"
#include "platform/crypto/crypto.h"
#include "platform/http/target.h"

namespace mitwirken::core {

namespace {

constexpr std::string_view purpose = "form-shown";
constexpr const char* time_field = "_shown";
constexpr const char* trap_field = "homepage";

std::optional<Timestamp> shown_at(const Visit& visit) {
    const std::string& mark = visit.form[time_field];
    const auto dot = mark.find('.');
    if (dot == std::string::npos) return {};
    const auto number = to_int(mark.substr(0, dot));
    if (!number || !crypto::verify(visit.house.key, purpose, mark.substr(0, dot), mark.substr(dot + 1))) return {};
    return Timestamp{std::chrono::milliseconds{*number}};
}

bool is_too_old(const Visit& visit, Timestamp shown, const FormGuard& guard) {
    return shown > visit.now || visit.now - shown > guard.most;
}

}  // namespace

void add_guard(FormView& form, Visit& visit, std::optional<Timestamp> since) {
    visit.do_not_cache();
    const auto before = shown_at(visit);
    if (before && !is_too_old(visit, *before, {})) {
        form.hidden(time_field, visit.form[time_field]);
    } else {
        const std::string number = std::to_string(since.value_or(visit.now).time_since_epoch().count());
        form.hidden(time_field, number + "." + crypto::sign(visit.house.key, purpose, number));
    }
    html::Values values;
    values.set(tpl::honey::NAME, trap_field);
    form.part(html::render_part(tpl::honey::file, values, visit.language));
}

Problems check_guard(const Visit& visit, const FormGuard& guard) {
    Problems problems;
    if (!trimmed(visit.form[trap_field]).empty())
        problems.add("",
                     tr_noop("Something stood in a field that people do not see. It is empty again: please look over "
                             "your entries and send them once more."));
    const auto shown = shown_at(visit);
    if (!shown || is_too_old(visit, *shown, guard))
        problems.add("", tr_noop("This form is no longer fresh. Your entries are still here: please send it again."));
    else if (visit.now - *shown < guard.least)
        problems.add("", tr_noop("That was very quick, as only machines are. Please look over your entries and send "
                                 "them again."));
    return problems;
}

Problems check_throttle(const Visit& visit, Throttle& throttle) {
    Problems problems;
    const std::string from = http::network_of(visit.request.remote);
    const auto pause = throttle.take(std::to_string(visit.tenant.id.value) + " " + from, visit.now);
    if (pause.count() > 0)
        problems.add("", tr_noop("A lot has come from your connection already. Please send it again in {n} minutes; "
                                 "your entries stay here as long as this page is open.",
                                 {{"n", std::to_string(pause.count() / 60 + 1)}}));
    return problems;
}

}  // namespace mitwirken::core
