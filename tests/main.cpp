// The test program of core, app and the modules.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "platform/base/log.h"
#include "platform/crypto/crypto.h"

namespace {
// Before any test: hashes are needed everywhere, and the log of expected errors would hide the results.
const bool ready = [] {
    mitwirken::crypto::init();
    mitwirken::log::set_level(mitwirken::log::Level::error);
    return true;
}();
}  // namespace
