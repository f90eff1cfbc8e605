// Asks clamd about a file over its socket (INSTREAM, see clamd(8)). The file travels over the socket, so clamd needs no
// right to read our folder and may run on another machine.
#pragma once

#include <string>

namespace mitwirken::files {

enum class Scan { clean, infected, too_large, unavailable };

// `socket`: "unix:/run/clamav/clamd.ctl" or "host:port". Never throws: whatever goes wrong is `unavailable` (logged),
// and the caller lets nothing in that is not `clean`.
Scan scan(const std::string& socket, const std::string& path, int timeout_seconds);

}  // namespace mitwirken::files
