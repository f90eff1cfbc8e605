// Boost.Locale's gettext messages, fed from memory; see catalogue.h.
#include "platform/i18n/catalogue.h"

#include <array>
#include <atomic>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <cstdlib>
#include <stdexcept>

namespace mitwirken::i18n {

namespace {

using Messages = boost::locale::message_format<char>;
constexpr int only_domain = 0;

}  // namespace

Catalogue::Catalogue(std::string_view code, std::string_view mo) {
    boost::locale::gnu_gettext::messages_info info;
    info.language = std::string(code);
    info.encoding = "UTF-8";
    info.paths = {"memory"};
    info.domains.emplace_back("messages");
    info.callback = [mo](const std::string&, const std::string&) { return std::vector<char>(mo.begin(), mo.end()); };
    try {
        messages_ = std::locale(std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info));
    } catch (const std::exception& error) {
        throw std::logic_error("locale/" + std::string(code) + ".mo: " + error.what());
    }
    empty_ = false;
    static std::atomic<std::uint64_t> catalogues = 0;
    number_ = ++catalogues;
}

// A page asks for a hundred texts, the same ones each time; the facet copies, hashes and compares for each of them.
// What was found last for a text is kept for each thread. Translations live as long as the catalogue, catalogues as
// long as the process.
const char* Catalogue::find(std::string_view id) const {
    if (empty_ || id.empty()) return nullptr;
    struct Known {
        std::uint64_t catalogue;
        std::string id;
        const char* text;
    };
    thread_local std::array<Known, 2048> all{};
    Known& known = all[(std::hash<std::string_view>()(id) + number_) % all.size()];
    if (known.catalogue != number_ || known.id != id) known = {number_, std::string(id), look_up(id)};
    return known.text;
}

const char* Catalogue::look_up(std::string_view id) const {
    return std::use_facet<Messages>(messages_).get(only_domain, nullptr, std::string(id).c_str());
}

const char* Catalogue::find_plural(std::string_view one, std::int64_t n) const {
    if (empty_ || one.empty()) return nullptr;
    // Plural rules look at the last digits only; the facet takes an int.
    const int rest = int(std::llabs(n) > 1'000'000 ? 1'000'000 + std::llabs(n) % 1'000'000 : std::llabs(n));
    return std::use_facet<Messages>(messages_).get(only_domain, nullptr, std::string(one).c_str(), rest);
}

}  // namespace mitwirken::i18n
