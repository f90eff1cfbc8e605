// Compression of pages and what a client takes. Whoever sends a compressed body sets Content-Encoding and
// "Vary: Accept-Encoding".
#pragma once

#include <string>
#include <string_view>

namespace mitwirken::http {

enum class Encoding { identity, gzip, brotli };

// The best encoding that Accept-Encoding allows: brotli before gzip, unless a q-value says otherwise.
Encoding negotiate(std::string_view accept_encoding);
// "br", "gzip", "".
std::string_view to_string(Encoding encoding);

// Level 1 to 9: 1 for an answer that is sent once, 6 for one that is kept.
std::string gzip(std::string_view text, int level);
// Quality 0 to 11: 2 for an answer that is sent once, 5 for one that is kept, 11 for what is made with the program.
std::string brotli(std::string_view text, int quality);

}  // namespace mitwirken::http
