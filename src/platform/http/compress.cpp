// zlib and brotli; see compress.h.
#include "platform/http/compress.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "platform/base/text.h"

namespace mitwirken::http {

namespace {

// "gzip;q=0.5" -> 0.5; 1 without a value, 0 when it is no number.
double quality_of(std::string_view entry) {
    const auto semicolon = entry.find(';');
    if (semicolon == std::string_view::npos) return 1;
    const auto value = lower_ascii(trimmed(entry.substr(semicolon + 1)));
    return value.starts_with("q=") ? std::strtod(value.c_str() + 2, nullptr) : 0;
}

std::string_view without_spaces(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool is_word(std::string_view text, std::string_view lower) {
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

}  // namespace

Encoding negotiate(std::string_view accept_encoding) {
    double gzip = -1, brotli = -1, others = 0;
    // Asked for every request, also for those that come from the page cache: nothing is copied.
    while (!accept_encoding.empty()) {
        const auto comma = std::min(accept_encoding.find(','), accept_encoding.size());
        const auto entry = accept_encoding.substr(0, comma);
        accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
        const auto name = without_spaces(entry.substr(0, entry.find(';')));
        if (is_word(name, "gzip") || is_word(name, "x-gzip"))
            gzip = quality_of(entry);
        else if (is_word(name, "br"))
            brotli = quality_of(entry);
        else if (name == "*")
            others = quality_of(entry);
    }
    if (gzip < 0) gzip = others;
    if (brotli < 0) brotli = others;
    if (brotli > 0 && brotli >= gzip) return Encoding::brotli;
    return gzip > 0 ? Encoding::gzip : Encoding::identity;
}

std::string_view to_string(Encoding encoding) {
    switch (encoding) {
        case Encoding::gzip:
            return "gzip";
        case Encoding::brotli:
            return "br";
        case Encoding::identity:
            break;
    }
    return "";
}

std::string gzip(std::string_view text, int level) {
    z_stream stream{};
    constexpr int window_with_gzip_header = 15 + 16;
    if (deflateInit2(&stream, level, Z_DEFLATED, window_with_gzip_header, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);  // cannot run out of room: deflateBound
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string brotli(std::string_view text, int quality) {
    std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
    std::string packed(size, '\0');
    const auto done = BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.size(),
                                            reinterpret_cast<const uint8_t*>(text.data()), &size,
                                            reinterpret_cast<uint8_t*>(packed.data()));
    if (done != BROTLI_TRUE) throw std::bad_alloc();
    packed.resize(size);
    return packed;
}

}  // namespace mitwirken::http
