// See charts.h. The drawings are narrow (420 units), so that their letters can be read on a telephone, too.
#include "modules/channels/charts.h"

#include <fmt/format.h>

#include <algorithm>

#include "channels/templates.h"
#include "platform/base/text.h"

namespace mitwirken::channels {

namespace {

constexpr double width = 420, height = 190, left = 44, top = 14, bottom = 30;
constexpr int row_height = 46, bar_height = 14;
constexpr double number_width = 64;
constexpr std::size_t most_label = 44;

std::string px(double value) { return fmt::format("{:.1f}", value); }

std::string shortened(const std::string& label) {
    return letters(label) <= most_label ? label : first_letters(label, most_label - 1) + "…";
}

// The next round number above: 1, 2, 5, 10, 20, 50 …
std::int64_t round_top(std::int64_t most) {
    for (std::int64_t power = 1;; power *= 10)
        for (const std::int64_t step : {1, 2, 5})
            if (power * step >= most) return power * step;
}

void describe(html::Values& page, const Chart& chart) {
    namespace t = tpl::chart_time;
    page.set(t::ID, chart.id).set(t::TITLE, chart.title).set(t::WORDS, chart.words);
}

struct Frame {
    std::int64_t most = 1;
    double x(std::size_t i, std::size_t n) const { return left + (width - left) * double(i) / double(n); }
    double y(std::int64_t value) const { return height - bottom - scaled(value); }
    double scaled(std::int64_t value) const { return (height - top - bottom) * double(value) / double(most); }
};

void add_axes(core::Visit& visit, html::Values& page, const Frame& frame, const TimeAxis& axis) {
    namespace t = tpl::chart_time;
    page.set(t::FIRST, axis.first).set(t::LAST, axis.first == axis.last ? "" : axis.last);
    std::vector<std::int64_t> lines{0, frame.most};
    if (frame.most % 2 == 0) lines.push_back(frame.most / 2);
    for (const auto value : lines)
        page.add(t::GRID)
            .set(t::Y, px(frame.y(value)))
            .set(t::TEXT_Y, px(frame.y(value) + 5))
            .set(t::TEXT, visit.language.number(value));
}

}  // namespace

html::SafeHtml bar_chart(core::Visit& visit, const Chart& chart, const std::vector<Bar>& bars) {
    namespace t = tpl::chart_bars;
    std::int64_t most = 1;
    for (const auto& bar : bars) most = std::max(most, bar.count);
    html::Values page;
    page.set(t::ID, chart.id).set(t::TITLE, chart.title).set(t::WORDS, chart.words);
    page.set(t::HEIGHT, std::int64_t(bars.size()) * row_height);
    int at = 0;
    for (const auto& bar : bars) {
        const double long_ = (width - number_width) * double(bar.count) / double(most);
        page.add(t::BAR)
            .set(t::LABEL, shortened(bar.label))
            .set(t::LABEL_Y, at + 16)
            .set(t::Y, at + 23)
            .set(t::BAR_WIDTH, px(std::max(long_, bar.count > 0 ? 2.0 : 0.0)))
            .set(t::BAR_HEIGHT, bar_height)
            .set(t::NUMBER_X, px(long_ + 8))
            .set(t::NUMBER_Y, at + 36)
            .set(t::NUMBER, visit.language.number(bar.count));
        at += row_height;
    }
    return html::render_part(t::file, page, visit.language);
}

html::SafeHtml column_chart(core::Visit& visit, const Chart& chart, const std::vector<Stack>& stacks,
                            const TimeAxis& axis) {
    namespace t = tpl::chart_time;
    Frame frame;
    for (const auto& stack : stacks) frame.most = std::max(frame.most, stack.lower + stack.upper);
    frame.most = round_top(frame.most);
    html::Values page;
    describe(page, chart);
    add_axes(visit, page, frame, axis);
    const double step = (width - left) / double(std::max<std::size_t>(stacks.size(), 1));
    const double wide = std::min(step * 0.8, 28.0);
    const auto draw = [&](std::size_t i, std::int64_t from, std::int64_t count, bool second) {
        if (count == 0) return;
        auto bar = page.add(t::COLUMN);
        bar.set(t::X, px(frame.x(i, stacks.size()) + (step - wide) / 2)).set(t::Y, px(frame.y(from + count)));
        bar.set(t::COLUMN_WIDTH, px(wide)).set(t::COLUMN_HEIGHT, px(frame.scaled(count)));
        bar.set(t::KIND, second ? "bar--2" : "bar");
    };
    for (std::size_t i = 0; i < stacks.size(); ++i) {
        draw(i, 0, stacks[i].lower, false);
        draw(i, stacks[i].lower, stacks[i].upper, true);
    }
    return html::render_part(t::file, page, visit.language);
}

html::SafeHtml line_chart(core::Visit& visit, const Chart& chart, const std::vector<std::int64_t>& values,
                          const TimeAxis& axis) {
    namespace t = tpl::chart_time;
    Frame frame;
    for (const auto value : values) frame.most = std::max(frame.most, value);
    frame.most = round_top(frame.most);
    html::Values page;
    describe(page, chart);
    add_axes(visit, page, frame, axis);
    std::string points;
    for (std::size_t i = 0; i < values.size(); ++i)
        points += px(frame.x(i + 1, values.size())) + "," + px(frame.y(values[i])) + " ";
    page.add(t::LINE).set(t::POINTS, px(left) + "," + px(frame.y(0)) + " " + points);
    return html::render_part(t::file, page, visit.language);
}

}  // namespace mitwirken::channels
