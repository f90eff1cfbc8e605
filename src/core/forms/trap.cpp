// See trap.h.
#include "core/forms/trap.h"

#include "core/templates.h"
#include "platform/crypto/crypto.h"

namespace mitwirken::core {

namespace {

constexpr std::string_view purpose = "form.opened";

std::optional<Timestamp> opened_at(const Visit& visit, const std::string& note) {
    const auto dot = note.find('.');
    if (dot == std::string::npos) return {};
    const auto at = to_int(note.substr(0, dot));
    if (!at || !crypto::verify(visit.house.key, purpose, note.substr(0, dot), note.substr(dot + 1))) return {};
    return Timestamp{std::chrono::milliseconds{*at}};
}

}  // namespace

void add_trap(Visit& visit, FormView& form) {
    visit.do_not_cache();
    std::string note = visit.form["_opened"];
    if (!opened_at(visit, note)) {
        const std::string now = std::to_string(visit.now.time_since_epoch().count());
        note = now + "." + crypto::sign(visit.house.key, purpose, now);
    }
    form.hidden("_opened", note);
    form.part(html::render_part(tpl::trap::file, html::Values{}, visit.language));
}

Problems check_trap(const Visit& visit) {
    Problems problems;
    const auto opened = opened_at(visit, visit.form["_opened"]);
    if (!visit.form["website"].empty())
        problems.add("", tr_noop("A field that must stay empty was filled in. Please send the form again."));
    else if (!opened)
        problems.add("", tr_noop("Please send the form again; it was not opened on this site."));
    else if (visit.now < *opened + shortest_reading)
        problems.add("", tr_noop("That was very fast. Please wait a few seconds and send the form again."));
    return problems;
}

}  // namespace mitwirken::core
