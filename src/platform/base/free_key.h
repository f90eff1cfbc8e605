// Keys of things that people name: "world-cafe", and when somebody has that already "world-cafe-2".
#pragma once

#include <string>

#include "platform/base/text.h"

namespace mitwirken {

// `otherwise` is for names without a letter or digit; `taken` says whether a key is gone. The number of tries is that
// of the things of the same name.
template <class Taken>
std::string free_key(const std::string& name, const std::string& otherwise, const Taken& taken) {
    std::string base = slug(name);
    if (base.empty()) base = otherwise;
    std::string key = base;
    for (int number = 2; taken(key); ++number) key = base + "-" + std::to_string(number);
    return key;
}

}  // namespace mitwirken
