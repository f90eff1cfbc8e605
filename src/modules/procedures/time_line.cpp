// The time line of the administration: one row of bars a track, months below, today's line; server-drawn SVG. Steps
// that are dated in words stand behind the last date with a dashed edge.
#include <fmt/format.h>

#include <algorithm>

#include "modules/procedures/editing.h"
#include "procedures/templates.h"

namespace mitwirken::procedures {

namespace {

using core::Visit;
// In units of the drawing.
constexpr int left = 10, dated_right = 820, right = 990, row_height = 56, bar_height = 26, rough_width = 46;

struct Scale {
    Date first, last;  // last: exclusive
    int days() const { return std::max(1, days_between(first, last)); }
    int x(Date day) const {
        const auto at = std::clamp<std::int64_t>(days_between(first, day), 0, days());
        return int(left + at * (dated_right - left) / days());
    }
};

// First day and the day after the last one; nothing for a step in words.
std::optional<std::pair<Date, std::optional<Date>>> days_of(const core::Step& step) {
    const auto period = core::period(step);
    if (!period.from) return {};
    std::optional<Date> end;
    if (period.until) end = add_days(berlin_day(*period.until - std::chrono::milliseconds{1}), 1);
    return {{berlin_day(*period.from), end}};
}

std::optional<Scale> scale_of(const core::Procedure& plan) {
    std::optional<Scale> scale;
    for (const auto& track : plan.tracks)
        for (const auto& step : track.steps) {
            const auto days = days_of(step);
            if (!days) continue;
            const Date end = days->second.value_or(add_days(days->first, 60));
            if (!scale) scale = Scale{days->first, end};
            scale->first = std::min(scale->first, days->first);
            scale->last = std::max(scale->last, end);
        }
    return scale;
}

// At most a dozen marks: every month, quarter, year …
void add_marks(const Visit& visit, html::Values& drawing, const Scale& scale, int bottom) {
    namespace t = tpl::time_line;
    using std::chrono::months;
    const int span = scale.days() / 30 + 1;
    const int every = span <= 12 ? 1 : span <= 36 ? 3 : span <= 144 ? 12 : (span / 144 + 1) * 12;
    Date mark{scale.first.year() / scale.first.month() / 1};
    if (every >= 12) mark = scale.first.year() / std::chrono::January / 1;
    for (int n = 0; n < 60 && mark < scale.last; ++n, mark = mark + months{every}) {
        if (mark < scale.first) continue;
        drawing.add(t::MARK)
            .set(t::X, scale.x(mark))
            .set(t::BOTTOM, bottom)
            .set(t::TEXT_Y, bottom + 16)
            .set(t::TEXT, visit.language.date_short(mark));
    }
}

void add_bar(html::Values& drawing, const Visit& visit, const core::Step& step, int number, int x, int width, int y,
             bool rough) {
    namespace t = tpl::time_line;
    drawing.add(t::BAR)
        .set(t::X, x)
        .set(t::Y, y)
        .set(t::WIDTH, std::max(width, 4))
        .set(t::HEIGHT, bar_height)
        .set(t::TEXT_X, x + std::max(width, 4) / 2)
        .set(t::TEXT_Y, y + 18)
        .set(t::NUMBER, number)
        .set(t::TITLE, step.label + ": " + dates_in_words(visit, step.dates))
        .show_if(rough, t::ROUGH)
        .show_if(step.silent, t::SILENT);
}

void add_track(html::Values& drawing, const Visit& visit, const core::Track& track, const std::optional<Scale>& scale,
               int top) {
    namespace t = tpl::time_line;
    drawing.add(t::ROW).set(t::X, left).set(t::Y, top + 14).set(t::TEXT, track.label);
    int number = 0, rough_x = dated_right + 10;
    for (const auto& step : track.steps) {
        ++number;
        const auto days = days_of(step);
        if (days && scale) {
            const int x = scale->x(days->first), end = scale->x(days->second.value_or(scale->last));
            add_bar(drawing, visit, step, number, x, end - x - 2, top + 20, false);
        } else if (rough_x + rough_width <= right) {
            add_bar(drawing, visit, step, number, rough_x, rough_width, top + 20, true);
            rough_x += rough_width + 6;
        }
    }
}

}  // namespace

html::SafeHtml time_line(const Visit& visit, const core::Procedure& plan) {
    namespace t = tpl::time_line;
    const bool any =
        std::any_of(plan.tracks.begin(), plan.tracks.end(), [](const auto& track) { return !track.steps.empty(); });
    if (!any) return {};
    const auto scale = scale_of(plan);
    const int bottom = int(plan.tracks.size()) * row_height + 4;
    html::Values page;
    auto drawing = page.add(t::DRAWING).set(t::TOTAL, bottom + 22);
    if (scale) add_marks(visit, drawing, *scale, bottom);
    int top = 0;
    for (const auto& track : plan.tracks) {
        add_track(drawing, visit, track, scale, top);
        top += row_height;
    }
    const Date today = berlin_day(visit.now);
    if (scale && today >= scale->first && today < scale->last)
        drawing.add(t::TODAY).set(t::X, scale->x(today)).set(t::BOTTOM, bottom);
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::procedures
