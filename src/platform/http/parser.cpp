// Beast's callbacks; see parser.h.
#include "platform/http/parser.h"

#include <algorithm>

#include "platform/http/target.h"

namespace mitwirken::http {

namespace {

std::string_view plain(beast::string_view text) { return {text.data(), text.size()}; }

Method to_method(beast::http::verb verb) {
    switch (verb) {
        case beast::http::verb::get:
            return Method::get;
        case beast::http::verb::head:
            return Method::head;
        case beast::http::verb::post:
            return Method::post;
        case beast::http::verb::put:
            return Method::put;
        case beast::http::verb::patch:
            return Method::patch;
        case beast::http::verb::delete_:
            return Method::del;
        case beast::http::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

}  // namespace

void RequestParser::on_request_impl(beast::http::verb verb, string_view, string_view target, int version, error_code&) {
    request_->method = to_method(verb);
    target_ = plain(target);
    version_ = version;
}

void RequestParser::on_field_impl(field name, string_view text, string_view value, error_code&) {
    if (header_done_) return;  // trailers of a chunked body: nobody asks for them
    switch (name) {
        case field::host:
            ++hosts_;
            if (!read_host(plain(value), request_->host)) ambiguous_ = true;
            break;
        case field::content_length:
            ++lengths_;
            if (!std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
                ambiguous_ = true;
            break;
        case field::transfer_encoding:
            ++lengths_;
            if (version_ == 10 || !beast::iequals(value, "chunked")) ambiguous_ = true;
            break;
        case field::expect:
            if (beast::iequals(value, "100-continue"))
                expects_continue_ = version_ == 11;
            else
                unknown_expectation_ = true;
            break;
        default:
            break;
    }
    request_->headers.add(plain(text), plain(value));
}

std::size_t RequestParser::on_body_impl(string_view body, error_code& error) {
    switch (sink_->append(plain(body))) {
        case BodySink::Outcome::taken:
            return body.size();
        case BodySink::Outcome::too_large:
            error = beast::http::error::body_limit;
            break;
        case BodySink::Outcome::no_space:
            error = make_error_code(boost::system::errc::no_space_on_device);
            break;
    }
    return 0;
}

}  // namespace mitwirken::http
