// The piece of a text that shows why it was found, the words found between \x01 and \x02.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/search/parse.h"

namespace mitwirken::search {

// About 200 letters of the summary and the body around the most different words found; their beginning when none is.
std::string snippet(std::string_view summary, std::string_view body, const std::vector<Term>& wanted);

}  // namespace mitwirken::search
