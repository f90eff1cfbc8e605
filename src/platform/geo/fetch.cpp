// libcurl with everything off that a tile does not need. The peer's address is checked when the socket is opened, after
// the name was resolved, so a name that points into the town hall's own network (or changes its mind) gets nowhere.
#include "platform/geo/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <memory>
#include <stdexcept>

#include "platform/base/text.h"

namespace mitwirken::geo {
namespace {

constexpr std::size_t max_bytes = 2'000'000;
constexpr int max_redirects = 3;

struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURL, Free>;

std::string text_of(const sockaddr* address) {
    char text[INET6_ADDRSTRLEN] = "";
    if (address->sa_family == AF_INET) {
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text, sizeof text);
    } else if (address->sa_family == AF_INET6) {
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, text, sizeof text);
    }
    return text;
}

enum class Reach { public_only, loopback, anywhere };

curl_socket_t open_socket(void* client, curlsocktype purpose, curl_sockaddr* peer) {
    if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
    const std::string address = text_of(&peer->addr);
    const Reach reach = *static_cast<const Reach*>(client);
    const bool loopback = starts_with(address, "127.") || address == "::1";
    const bool allowed = reach == Reach::anywhere || (reach == Reach::loopback ? loopback : is_public_address(address));
    if (!allowed) return CURL_SOCKET_BAD;
    return ::socket(peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
}

std::size_t receive(char* data, std::size_t one, std::size_t count, void* client) {
    auto& bytes = *static_cast<std::string*>(client);
    if (bytes.size() + one * count > max_bytes) return 0;  // ends the transfer
    bytes.append(data, one * count);
    return one * count;
}

// A part of an address as libcurl reads it; "" when it is no address.
std::string part_of(const std::string& text, CURLUPart part) {
    const std::unique_ptr<CURLU, Free> url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return "";
    char* value = nullptr;
    if (curl_url_get(url.get(), part, &value, CURLU_DEFAULT_PORT) != CURLUE_OK) return "";
    std::string found = lower_ascii(value);
    curl_free(value);
    return found;
}

// scheme, host and port.
std::string origin(const std::string& text) {
    std::string origin;
    for (const CURLUPart part : {CURLUPART_SCHEME, CURLUPART_HOST, CURLUPART_PORT}) {
        const std::string value = part_of(text, part);
        if (value.empty()) return "";
        origin.append(value).append(" ");
    }
    return origin;
}

Reach reach_of(const std::string& url, const Peers& peers) {
    const std::string host = part_of(url, CURLUPART_HOST);
    for (const auto& named : peers.named)
        if (!host.empty() && lower_ascii(named) == host) return Reach::anywhere;
    return peers.hosts == TileHosts::allow_loopback_for_tests ? Reach::loopback : Reach::public_only;
}

void set_limits(CURL* handle, int timeout_seconds, Reach& reach) {
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, reach == Reach::public_only ? "https" : "http,https");
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &reach);
    curl_easy_setopt(handle, CURLOPT_PROXY, "");  // or the address checked would be the proxy's
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(timeout_seconds));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(std::min(timeout_seconds, 5)));
    curl_easy_setopt(handle, CURLOPT_MAXFILESIZE, static_cast<long>(max_bytes));
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);  // followed below, on the same host only
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "Mitwirken");
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, receive);
}

// A clean-up at the end of the program would race with threads that still fetch.
void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw std::runtime_error("libcurl does not start");
}

}  // namespace

FetchedText fetch_text(const std::string& first_url, const char* accept, int timeout_seconds, const Peers& peers) {
    start_curl();
    const Handle handle(curl_easy_init());
    const std::unique_ptr<curl_slist, Free> headers(
        curl_slist_append(nullptr, (std::string("Accept: ") + accept).c_str()));
    if (!handle || !headers) return {};
    Reach reach = reach_of(first_url, peers);
    set_limits(handle.get(), timeout_seconds, reach);
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    std::string url = first_url, bytes;
    for (int hop = 0; hop <= max_redirects; ++hop) {
        bytes.clear();
        curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
        curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &bytes);
        const CURLcode code = curl_easy_perform(handle.get());
        if (code == CURLE_WRITE_ERROR || code == CURLE_FILESIZE_EXCEEDED || code == CURLE_UNSUPPORTED_PROTOCOL ||
            code == CURLE_URL_MALFORMAT) {
            return {Fetched::refused, {}};
        }
        if (code != CURLE_OK) return {Fetched::unreachable, {}};
        long status = 0;
        curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
        if (status == 204 || status == 404 || status == 410) return {Fetched::none, {}};
        if (status / 100 == 3) {
            char* target = nullptr;
            curl_easy_getinfo(handle.get(), CURLINFO_REDIRECT_URL, &target);
            if (!target || origin(target).empty() || origin(target) != origin(first_url)) return {Fetched::refused, {}};
            url = target;
            continue;
        }
        if (status != 200) return {Fetched::refused, {}};
        return {Fetched::image, std::move(bytes)};
    }
    return {Fetched::refused, {}};
}

Fetch fetch_image(const std::string& url, int timeout_seconds, const Peers& peers) {
    auto [result, bytes] = fetch_text(url, "image/png, image/jpeg, image/webp", timeout_seconds, peers);
    if (result != Fetched::image) return {result, {}};
    const std::string type = image_type(bytes);
    if (type.empty()) return {Fetched::refused, {}};
    return {Fetched::image, {type, std::move(bytes)}};
}

}  // namespace mitwirken::geo
