// The rules of reports of barriers: pure functions.
#include "modules/barriers/barriers.h"

#include <algorithm>

#include "platform/base/text.h"
#include "platform/mail/mail.h"

namespace mitwirken::barriers {

namespace {

std::string limited(const Form& form, const char* name, std::size_t limit, Problems& problems) {
    const std::string value = trimmed(form[name]);
    if (letters(value) > limit)
        problems.add(name, tr_noop("Please shorten this to {limit} letters.", {{"limit", std::to_string(limit)}}));
    return value;
}

}  // namespace

Result<Report> check(const Form& form) {
    Problems problems;
    Report report;
    report.page = limited(form, "page", 500, problems);
    report.body = limited(form, "body", most_letters, problems);
    report.name = limited(form, "name", 200, problems);
    report.email = trimmed(form["email"]);
    if (report.body.empty()) problems.add("body", tr_noop("Please say what does not work."));
    if (!report.email.empty() && !mail::is_address(report.email))
        problems.add("email", tr_noop("Please give an e-mail address such as name@example.org."));
    if (problems.any()) return problems;
    return report;
}

Result<std::string> check_answer(const Form& form, const Report& report) {
    Problems problems;
    const std::string text = limited(form, "answer", most_letters, problems);
    if (text.empty() && !report.email.empty()) problems.add("answer", tr_noop("Please write the answer."));
    if (problems.any()) return problems;
    return text;
}

Timestamp keep_since(Timestamp now, std::int64_t months) {
    const Date today = berlin_day(now);
    Date day = today - std::chrono::months{months};
    if (!day.ok()) day = day.year() / day.month() / std::chrono::last;
    return start_of(day);
}

std::int64_t number_from(const std::string& setting, std::int64_t initial, std::int64_t most) {
    const auto number = to_int(trimmed(setting));
    return number && *number >= 1 ? std::min(*number, most) : initial;
}

std::string own_path(std::string_view referer, std::string_view host) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!starts_with(referer, scheme)) continue;
        const auto rest = referer.substr(scheme.size());
        const auto slash = rest.find('/');
        if (slash == std::string_view::npos || host.empty() || rest.substr(0, slash) != host) return "";
        const auto path = rest.substr(slash);
        return path.size() <= 500 && !starts_with(path, "/barriere-melden") ? clean(path) : "";
    }
    return "";
}

Message state_name(State state) { return state == State::open ? tr_noop("Open") : tr_noop("Answered"); }

}  // namespace mitwirken::barriers
