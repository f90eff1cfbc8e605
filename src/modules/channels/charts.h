// Charts drawn by the server as SVG: bars that lie, columns over time, a line that grows. Each is a picture with a
// title and a description; the table with the same numbers stands beside it and is the page's own business.
#pragma once

#include <string>
#include <vector>

#include "core/visit.h"

namespace mitwirken::channels {

struct Bar {
    std::string label;
    std::int64_t count = 0;
};
struct Chart {
    std::string id, title, words;  // words: what it shows, for those who do not see it
};
html::SafeHtml bar_chart(core::Visit& visit, const Chart& chart, const std::vector<Bar>& bars);

struct Stack {
    std::int64_t lower = 0, upper = 0;  // stacked
};
struct TimeAxis {
    std::string first, last;  // below the first and the last column
};
html::SafeHtml column_chart(core::Visit& visit, const Chart& chart, const std::vector<Stack>& stacks,
                            const TimeAxis& axis);
// What has come together until then.
html::SafeHtml line_chart(core::Visit& visit, const Chart& chart, const std::vector<std::int64_t>& values,
                          const TimeAxis& axis);

}  // namespace mitwirken::channels
