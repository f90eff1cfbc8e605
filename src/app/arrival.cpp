// Rules about requests and answers that need no database; see arrival.h.
#include "app/arrival.h"

#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "platform/http/compress.h"

namespace mitwirken::app {

namespace {

bool has_cookie(std::string_view cookies, std::string_view name) {
    for (std::size_t at = cookies.find(name); at != std::string_view::npos; at = cookies.find(name, at + 1)) {
        const bool begins = at == 0 || cookies[at - 1] == ' ' || cookies[at - 1] == ';';
        if (begins && at + name.size() < cookies.size() && cookies[at + name.size()] == '=') return true;
    }
    return false;
}

bool is_text(std::string_view type) {
    return starts_with(type, "text/") || type.find("json") != std::string_view::npos ||
           type.find("xml") != std::string_view::npos || starts_with(type, "application/javascript");
}

std::string_view body_of(const http::Response& response) {
    if (response.shared_body) return *response.shared_body;
    return response.static_body.empty() ? std::string_view(response.body) : response.static_body;
}

}  // namespace

std::string cache_key(const http::Request& request) {
    if (request.method != http::Method::get && request.method != http::Method::head) return "";
    const auto cookies = request.headers["Cookie"];
    if (!cookies.empty() && (has_cookie(cookies, "mw_session") || has_cookie(cookies, "mw_notice"))) return "";
    // Inside a procedure a participant sees what is theirs.
    if (has_cookie(cookies, core::participant_cookie) && request.target.find("/verfahren/") != std::string::npos)
        return "";
    std::string key;
    key.reserve(request.target.size() + request.host.size() + 40);
    const auto encoding = http::negotiate(request.headers["Accept-Encoding"]);
    key += encoding == http::Encoding::brotli ? 'b' : encoding == http::Encoding::gzip ? 'g' : '-';
    // Separated by what can stand in none of them: two requests never share a key by moving a letter over.
    key += request.scheme;
    key += '\n';
    key += request.headers["Host"];
    key += '\n';
    key += request.headers["Part"];
    key += '\n';
    key += request.target;
    return key;
}

const i18n::Language* split_language(const core::Tenant& tenant, std::string& path) {
    const auto end = path.find('/', 1);
    const std::string first = path.substr(1, end == std::string::npos ? std::string::npos : end - 1);
    for (std::size_t i = 1; i < tenant.languages.size(); ++i) {
        if (tenant.languages[i] != first) continue;
        path = end == std::string::npos ? "/" : path.substr(end);
        return i18n::find_language(first);
    }
    return i18n::find_language(tenant.languages.front());
}

bool is_api(const std::string& path) { return starts_with(path, "/api/"); }

std::string sending_of(const Arrival& arrival) {
    if (arrival.posted.form["_key"].empty()) return "";
    std::string all = arrival.path + "\n" + (arrival.person ? std::to_string(arrival.person->account.id.value) : "");
    const auto add = [&](std::string_view text) {
        all += "\n" + std::to_string(text.size()) + ":";
        all += text;
    };
    for (const auto& [name, value] : arrival.posted.form.fields()) add(name), add(value);
    for (const auto& upload : arrival.posted.uploads)
        add(upload.field), add(upload.file_name), add(std::to_string(upload.size));
    return crypto::sha256_hex(all);
}

bool comes_from_here(const http::Request& request) {
    const auto site = request.headers["Sec-Fetch-Site"];
    if (!site.empty()) return site == "same-origin" || site == "none";
    const std::string here = request.scheme + "://" + std::string(request.headers["Host"]);
    const auto origin = request.headers["Origin"];
    if (!origin.empty()) return lower_ascii(origin) == lower_ascii(here);
    const auto referer = lower_ascii(request.headers["Referer"]);
    return starts_with(referer, lower_ascii(here) + "/");
}

std::string content_security_policy(const core::Tenant& tenant, bool embeddable) {
    std::string ancestors = "'none'";
    if (embeddable) {
        ancestors = "'self'";
        for (const auto& site : tenant.embedding_sites) ancestors += " " + site;
    }
    const std::string policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src "
        "'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors " +
        ancestors;
    return policy + "; require-trusted-types-for 'script'; trusted-types island";
}

void add_security_fields(const Arrival& arrival, http::Response& response) {
    auto& h = response.headers;
    h.set("X-Content-Type-Options", "nosniff");
    h.set("Referrer-Policy", "same-origin");
    h.set("Permissions-Policy", "camera=(), microphone=(), payment=(), geolocation=(self)");
    if (arrival.request->scheme == "https") h.set("Strict-Transport-Security", "max-age=31536000");
    // Only what the public may read, and never with cookies: the star forbids browsers to send them.
    if (is_api(arrival.path)) {
        h.set("Access-Control-Allow-Origin", "*");
        h.set("Access-Control-Expose-Headers", "ETag");
    }
    const bool embeddable = arrival.match.route && arrival.match.route->embeddable;
    if (!embeddable) h.set("X-Frame-Options", "DENY");
    if (arrival.tenant && starts_with(h["Content-Type"], "text/html") && !h.has("Content-Security-Policy"))
        h.set("Content-Security-Policy", content_security_policy(*arrival.tenant, embeddable));
}

void compress_for(const http::Request& request, http::Response& response, bool keep_for_many) {
    const auto body = body_of(response);
    if (body.empty() || response.producer || !response.file.empty() || !response.event_stream.empty()) return;
    if (!is_text(response.headers["Content-Type"])) return;
    if (!response.headers.has("ETag") && response.status == 200)
        response.headers.set("ETag", "\"" + crypto::fingerprint(body) + "\"");
    response.headers.add("Vary", "Accept-Encoding");
    if (body.size() < 1000 || response.headers.has("Content-Encoding")) return;
    const auto encoding = http::negotiate(request.headers["Accept-Encoding"]);
    if (encoding == http::Encoding::identity) return;
    const bool brotli = encoding == http::Encoding::brotli;
    // An answer for many is worth more work than one for a single person: four times as much for a fifth fewer bytes.
    std::string packed = brotli ? http::brotli(body, keep_for_many ? 5 : 0) : http::gzip(body, keep_for_many ? 6 : 1);
    response.shared_body.reset();
    response.static_body = {};
    response.body = std::move(packed);
    response.headers.set("Content-Encoding", brotli ? "br" : "gzip");
    if (const auto tag = response.headers["ETag"]; !tag.empty()) {
        // Weak: the same page is packed harder when it is kept, so the bytes may differ.
        std::string marked = "W/" + std::string(tag);
        marked.insert(marked.size() - 1, brotli ? "-b" : "-g");
        response.headers.set("ETag", marked);
    }
}

}  // namespace mitwirken::app
