// What becomes of the contributions of somebody who is erased: they stay without a trace of the person, or go.
#pragma once

namespace mitwirken::core {

enum class Keep { anonymous, nothing };

}  // namespace mitwirken::core
