// Beast's parser, filling a Request. One object reads one request: first put() gets the whole header, later ones the
// body. Only for the .cpp files of this folder. What Beast lets pass but could be read in two ways (several lengths, an
// encoding other than chunked, several hosts) is found here, so that no request can be smuggled behind another.
#pragma once

// Beast asserts things about chunks that a client can make untrue; its code is right without them.
#ifndef BOOST_DISABLE_ASSERTS
#define BOOST_DISABLE_ASSERTS
#endif

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "platform/http/body.h"
#include "platform/http/message.h"

namespace mitwirken::http {

namespace beast = boost::beast;

class RequestParser final : public beast::http::basic_parser<true> {
public:
    explicit RequestParser(Request& request) : request_(&request) {}

    void to(BodySink& sink) { sink_ = &sink; }
    // Broken in a way that Beast accepts.
    bool ambiguous() const { return ambiguous_ || hosts_ > 1 || lengths_ > 1 || (version_ == 11 && hosts_ == 0); }
    int version() const { return version_; }
    bool expects_continue() const { return expects_continue_; }
    bool unknown_expectation() const { return unknown_expectation_; }
    std::string_view target() const { return target_; }  // into the buffer given to put()

private:
    using error_code = beast::error_code;
    using string_view = beast::string_view;
    using field = beast::http::field;

    void on_request_impl(beast::http::verb verb, string_view, string_view target, int version, error_code&) override;
    void on_field_impl(field name, string_view text, string_view value, error_code&) override;
    void on_header_impl(error_code&) override { header_done_ = true; }
    std::size_t on_body_impl(string_view body, error_code& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code& error) override {
        return on_body_impl(body, error);
    }
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
    void on_finish_impl(error_code&) override {}

    Request* request_;
    BodySink* sink_ = nullptr;
    std::string_view target_;
    int version_ = 11, hosts_ = 0, lengths_ = 0;
    bool header_done_ = false, ambiguous_ = false, expects_continue_ = false, unknown_expectation_ = false;
};

}  // namespace mitwirken::http
