// QR codes by libqrencode as SVG; see pdf.h. Dark modules that stand side by side in a row are one rectangle of the
// path.
#include <fmt/format.h>
#include <qrencode.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "platform/pdf/pdf.h"

namespace mitwirken::pdf {

namespace {

constexpr int quiet_zone = 4;  // modules, ISO/IEC 18004
constexpr unsigned eci_utf8 = 26;

using Code = std::unique_ptr<QRcode, decltype(&QRcode_free)>;

Code encoded(const std::string& text) {
    const std::unique_ptr<QRinput, decltype(&QRinput_free)> input(QRinput_new2(0, QR_ECLEVEL_Q), &QRinput_free);
    if (!input || text.empty()) return {nullptr, &QRcode_free};
    // Without being told, readers guess the encoding, and guess umlauts wrong.
    const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
    if (!ascii && QRinput_appendECIheader(input.get(), eci_utf8) != 0) return {nullptr, &QRcode_free};
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (QRinput_append(input.get(), QR_MODE_8, int(text.size()), bytes) != 0) return {nullptr, &QRcode_free};
    return {QRcode_encodeInput(input.get()), &QRcode_free};
}

}  // namespace

std::string qr_svg(const std::string& text, int pixel_size) {
    const Code code = encoded(text);
    if (!code) throw std::runtime_error("qr: the text is empty or too long for a code");
    const int width = code->width;
    const auto dark = [&](int x, int y) { return x < width && (code->data[y * width + x] & 1) != 0; };
    std::string path;
    for (int y = 0; y < width; ++y) {
        for (int x = 0; x < width; ++x) {
            if (!dark(x, y)) continue;
            const int begin = x;
            while (dark(x + 1, y)) ++x;
            const int run = x - begin + 1;
            fmt::format_to(std::back_inserter(path), "M{} {}h{}v1h-{}z", begin + quiet_zone, y + quiet_zone, run, run);
        }
    }
    return fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}" viewBox="0 0 {1} {1}" )"
                       R"(shape-rendering="crispEdges"><rect width="{1}" height="{1}" fill="#fff"/>)"
                       R"(<path fill="#000" d="{2}"/></svg>)",
                       pixel_size, width + 2 * quiet_zone, path);
}

}  // namespace mitwirken::pdf
