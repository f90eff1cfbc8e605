// Headers, cookies and the usual kinds of responses; see message.h.
#include "platform/http/message.h"

#include <algorithm>

namespace mitwirken::http {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

Response with_type(int status, std::string body, std::string_view type) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", type);
    response.body = std::move(body);
    return response;
}

}  // namespace

std::string_view to_string(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::del:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::other:
            break;
    }
    return "OTHER";
}

std::string_view Headers::operator[](std::string_view name) const {
    for (const auto& entry : entries_)
        if (same_name(name_of(entry), name)) return value_of(entry);
    return {};
}

bool Headers::has(std::string_view name) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& e) { return same_name(name_of(e), name); });
}

void Headers::set(std::string_view name, std::string_view value) {
    // The value may be a view into this very object.
    const std::string kept(value);
    remove(name);
    add(name, kept);
}

void Headers::add(std::string_view name, std::string_view value) {
    const auto at = static_cast<std::uint32_t>(text_.size());
    entries_.push_back({at, static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(value.size())});
    text_.append(name).append(value);
}

void Headers::remove(std::string_view name) {
    std::erase_if(entries_, [&](const Entry& entry) { return same_name(name_of(entry), name); });
}

void Headers::clear() {
    text_.clear();
    entries_.clear();
}

std::vector<std::pair<std::string_view, std::string_view>> Headers::list() const {
    std::vector<std::pair<std::string_view, std::string_view>> fields;
    fields.reserve(entries_.size());
    for (const auto& entry : entries_) fields.emplace_back(name_of(entry), value_of(entry));
    return fields;
}

std::string Request::cookie(std::string_view name) const {
    // HTTP/2 proxies may split cookies over several fields.
    for (const auto& [field, value] : headers.list()) {
        if (!same_name(field, "Cookie")) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto end = std::min(rest.find(';'), rest.size());
            auto pair = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
            while (!pair.empty() && pair.back() == ' ') pair.remove_suffix(1);
            if (pair.size() <= name.size() || pair[name.size()] != '=' || !pair.starts_with(name)) continue;
            pair.remove_prefix(name.size() + 1);
            if (pair.size() >= 2 && pair.front() == '"' && pair.back() == '"') pair = pair.substr(1, pair.size() - 2);
            return std::string(pair);
        }
    }
    return {};
}

Response Response::text(int status, std::string body) {
    return with_type(status, std::move(body), "text/plain; charset=utf-8");
}

Response Response::html(int status, std::string body) {
    return with_type(status, std::move(body), "text/html; charset=utf-8");
}

Response Response::json(int status, std::string body) { return with_type(status, std::move(body), "application/json"); }

Response Response::redirect(std::string location, int status) {
    Response response;
    response.status = status;
    response.headers.add("Location", location);
    return response;
}

}  // namespace mitwirken::http
