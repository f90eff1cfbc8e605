// Request targets, hosts and forwarded addresses; see target.h.
#include "platform/http/target.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <stdexcept>

#include "platform/base/text.h"

namespace mitwirken::http {

namespace {

using AddressBytes = std::array<unsigned char, 16>;

// Every address as IPv6, an IPv4 one as ::ffff:a.b.c.d, so that networks of both kinds compare alike.
std::optional<AddressBytes> to_bytes(std::string_view address) {
    const std::string text(address);
    AddressBytes bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
    if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) != 1) return {};
    std::fill(bytes.begin(), bytes.begin() + 10, static_cast<unsigned char>(0));
    bytes[10] = bytes[11] = 0xFF;
    return bytes;
}

bool is_mapped(const AddressBytes& bytes) {
    return std::all_of(bytes.begin(), bytes.begin() + 10, [](unsigned char b) { return b == 0; }) &&
           bytes[10] == 0xFF && bytes[11] == 0xFF;
}

bool has_bad_segment(std::string_view path) {
    for (std::size_t at = 1; at <= path.size();) {
        const auto end = std::min(path.find('/', at), path.size());
        const auto segment = path.substr(at, end - at);
        if (segment == "." || segment == ".." || (segment.empty() && end != path.size())) return true;
        at = end + 1;
    }
    return false;
}

// Decoded once. Backslashes are refused because browsers read them as slashes.
bool read_path(std::string_view raw, std::string& path) {
    if (raw.empty() || raw.front() != '/') return false;
    if (raw.find('%') == std::string_view::npos) {
        path.assign(raw);
    } else {
        auto decoded = unescape_url(raw, false);
        if (!decoded) return false;
        path = std::move(*decoded);
    }
    bool ascii = true;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || c == '\\') return false;
        ascii = ascii && byte < 0x80;
    }
    return (ascii || is_utf8(path)) && !has_bad_segment(path);
}

bool is_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view last_of_list(std::string_view list) {
    const auto comma = list.rfind(',');
    if (comma != std::string_view::npos) list.remove_prefix(comma + 1);
    while (!list.empty() && (list.front() == ' ' || list.front() == '\t')) list.remove_prefix(1);
    while (!list.empty() && (list.back() == ' ' || list.back() == '\t')) list.remove_suffix(1);
    return list;
}

}  // namespace

bool read_host(std::string_view text, std::string& host) {
    std::size_t end = 0;
    if (!text.empty() && text.front() == '[') {
        end = text.find(']');
        if (end == std::string_view::npos || !to_bytes(text.substr(1, end - 1))) return false;
        ++end;
    } else {
        end = std::min(text.find(':'), text.size());
    }
    const auto port = text.substr(end);
    if (!port.empty() && (port.front() != ':' || port.size() > 6 || !is_digits(port.substr(1)))) return false;
    auto name = text.substr(0, end);
    if (name.size() > 1 && name.back() == '.') name.remove_suffix(1);
    if (name.empty() || name.size() > 253) return false;
    host.assign(name);
    for (std::size_t i = 0; i < host.size(); ++i) {
        char& c = host[i];
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        const bool dot = c == '.' && i > 0 && host[i - 1] != '.';
        if (!plain && !dot && host.front() != '[') return false;
    }
    return true;
}

bool read_target(std::string_view target, Request& request) {
    request.target.assign(target);
    if (!target.empty() && target.front() != '/') {
        const auto scheme = target.find("://");
        const auto name = lower_ascii(target.substr(0, std::min<std::size_t>(scheme, 5)));
        if (name != "http" && name != "https") return false;
        target.remove_prefix(scheme + 3);
        const auto end = std::min(target.find_first_of("/?"), target.size());
        if (!read_host(target.substr(0, end), request.host)) return false;
        // RFC 9112, 3.2.2: the target's host counts, whatever stands in the field. Links are made from the field.
        request.headers.set("Host", target.substr(0, end));
        target.remove_prefix(end);
        request.target = target.empty() || target.front() == '?' ? "/" : "";
        request.target += target;
        target = request.target;
    }
    if (target.find('#') != std::string_view::npos) return false;
    const auto question = std::min(target.find('?'), target.size());
    request.query.assign(target.substr(std::min(question + 1, target.size())));
    return read_path(target.substr(0, question), request.path);
}

Proxies::Proxies(const std::vector<std::string>& entries) {
    for (const auto& entry : entries) {
        const auto slash = entry.find('/');
        const auto bytes = to_bytes(std::string_view(entry).substr(0, slash));
        if (!bytes) throw std::runtime_error("trusted proxy is not an address: " + entry);
        unsigned bits = 128;
        if (slash != std::string::npos) {
            const auto given = to_int(std::string_view(entry).substr(slash + 1));
            const unsigned offset = is_mapped(*bytes) && entry.find(':') == std::string::npos ? 96 : 0;
            if (!given || *given < 0 || *given > 128 - offset)
                throw std::runtime_error("trusted proxy is not a network: " + entry);
            bits = static_cast<unsigned>(*given) + offset;
        }
        networks_.push_back({*bytes, bits});
    }
}

bool Proxies::trusted(std::string_view address) const {
    const auto bytes = to_bytes(address);
    if (!bytes) return false;
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        const unsigned whole = network.bits / 8, rest = network.bits % 8;
        if (std::memcmp(bytes->data(), network.bytes.data(), whole) != 0) return false;
        if (rest == 0) return true;
        const auto mask = static_cast<unsigned char>(0xFF << (8 - rest));
        return ((*bytes)[whole] & mask) == (network.bytes[whole] & mask);
    });
}

std::string plain_address(std::string_view address) {
    const auto bytes = to_bytes(address);
    if (!bytes) return {};
    char text[INET6_ADDRSTRLEN];
    if (is_mapped(*bytes))
        inet_ntop(AF_INET, bytes->data() + 12, text, sizeof text);
    else
        inet_ntop(AF_INET6, bytes->data(), text, sizeof text);
    return text;
}

std::string network_of(const std::string& address) {
    auto bytes = to_bytes(address);
    if (!bytes || is_mapped(*bytes)) return address;
    std::fill(bytes->begin() + 8, bytes->end(), static_cast<unsigned char>(0));
    char text[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, bytes->data(), text, sizeof text);
    return std::string(text) + "/64";
}

void believe_proxy(Request& request, const Proxies& proxies) {
    // Each proxy appends the address it saw: from the right, the first one that is not ours is the client.
    std::string chain;
    for (const auto& [name, value] : request.headers.list())
        if (lower_ascii(name) == "x-forwarded-for") chain.append(chain.empty() ? "" : ",").append(value);
    for (auto hops = split(chain, ','); !hops.empty(); hops.pop_back()) {
        const auto address = plain_address(trimmed(hops.back()));
        if (address.empty()) break;
        request.remote = address;
        if (!proxies.trusted(address)) break;
    }
    const auto scheme = last_of_list(request.headers["X-Forwarded-Proto"]);
    if (scheme == "http" || scheme == "https") request.scheme = scheme;
    std::string host;
    if (const auto text = last_of_list(request.headers["X-Forwarded-Host"]); !text.empty() && read_host(text, host)) {
        request.host = host;
        request.headers.set("Host", text);
    }
}

}  // namespace mitwirken::http
