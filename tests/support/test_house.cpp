// See test_house.h.
#include "support/test_house.h"

#include <doctest/doctest.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <stdexcept>

#include "app/example.h"
#include "core/notify/notify.h"
#include "core/people/people.h"
#include "platform/base/text.h"
#include "platform/mail/mail.h"

namespace mitwirken::tests {

namespace {

namespace fs = std::filesystem;

std::string new_folder() {
    std::string folder = (fs::temp_directory_path() / "mitwirken-house-XXXXXX").string();
    if (!::mkdtemp(folder.data())) throw std::runtime_error("no temporary folder");
    return folder;
}

// An empty schema on the test server and the address that uses it.
std::string new_schema() {
    const char* server = ::getenv("MITWIRKEN_TEST_POSTGRESQL");
    if (!server) throw std::runtime_error("MITWIRKEN_TEST_POSTGRESQL is not set");
    static std::atomic<int> number = 0;
    const std::string name = "house_" + std::to_string(::getpid()) + "_" + std::to_string(++number);
    db::Options options;
    options.url = server;
    options.readers = options.writers = 1;
    db::Database::open(options)->script("CREATE SCHEMA " + name);
    const std::string text = server;
    return text + (text.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + name;
}

const Timestamp morning = *parse_instant("2026-11-23T09:00:00Z");

std::unique_ptr<app::Program> make_program(const std::string& folder, const std::string& url, FixedClock*& clock) {
    app::Config config;
    config.data = folder;
    config.database.url = url;
    config.log_level = "error";
    auto own = std::make_unique<FixedClock>(morning);
    clock = own.get();
    auto program = std::make_unique<app::Program>(config, std::move(own));
    program->migrate();
    return program;
}

// A data folder with the example on SQLite, made once per process.
const std::string& example_folder() {
    static const std::string folder = [] {
        const std::string made = new_folder();
        FixedClock* clock = nullptr;
        auto program = make_program(made, "", clock);
        app::load_example(*program, {"127.0.0.1", "localhost"});
        program.reset();
        std::atexit([] { fs::remove_all(example_folder()); });
        return made;
    }();
    return folder;
}

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string body_of(http::Response& response) {
    if (response.head_only) return "";
    if (response.shared_body) return *response.shared_body;
    if (!response.static_body.empty()) return std::string(response.static_body);
    if (!response.file.empty()) return read_file(response.file);
    if (response.producer) {
        std::string text;
        while (response.producer(text)) {
        }
        return text;
    }
    return response.body;
}

std::string ready_body(const http::Ready& ready) { return std::string(ready.body); }

void keep_cookies(std::vector<std::pair<std::string, std::string>>& cookies, const http::Headers& headers) {
    for (const auto& [name, value] : headers.list()) {
        if (lower_ascii(name) != "set-cookie") continue;
        const auto equals = value.find('=');
        const std::string key(value.substr(0, equals));
        const std::string text(value.substr(equals + 1, value.find(';') - equals - 1));
        std::erase_if(cookies, [&](const auto& cookie) { return cookie.first == key; });
        if (!text.empty()) cookies.emplace_back(key, text);
    }
}

}  // namespace

TestHouse::TestHouse(db::Engine engine, bool example) : folder_(new_folder()) {
    owns_schema_ = engine == db::Engine::postgresql;
    if (owns_schema_)
        database_url_ = new_schema();
    else if (example)
        fs::copy(example_folder(), folder_, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    program_ = make_program(folder_, database_url_, clock_);
    if (example) app::load_example(*program_, {"127.0.0.1", "localhost"});
    program_->prepare_pages();
}

TestHouse::TestHouse(const TestHouse* first) : folder_(new_folder()), database_url_(first->database_url_) {
    program_ = make_program(folder_, database_url_, clock_);
    program_->prepare_pages();
}

namespace {

const db::Query recorded_actions{"test.recorded_actions", "SELECT DISTINCT action FROM core_audit"};

// Whatever a test does: what was recorded has words for people (Manifest::recorded).
void expect_words_for_what_was_recorded(app::Program& program) {
    program.database().read([&](db::Tx& tx) {
        for (const auto& action : tx.all<std::string>(recorded_actions)) {
            bool known = false;
            for (const auto& module : program.house().modules)
                for (const auto& one : module.recorded) known = known || one.action == action;
            if (starts_with(action, "test.")) continue;
            INFO("\"" << action << "\" is recorded without words: add it to `recorded` of its manifest");
            CHECK(known);
        }
    });
}

}  // namespace

TestHouse::~TestHouse() {
    try {
        expect_words_for_what_was_recorded(*program_);
    } catch (const db::Error&) {  // some tests take the database away
    }
    program_.reset();
    if (owns_schema_) {
        const std::string name = database_url_.substr(database_url_.rfind("%3D") + 3);
        db::Options options;
        options.url = ::getenv("MITWIRKEN_TEST_POSTGRESQL");
        options.readers = options.writers = 1;
        db::Database::open(options)->script("DROP SCHEMA " + name + " CASCADE");
    }
    fs::remove_all(folder_);
}

core::TenantId TestHouse::tenant() {
    core::TenantId id;
    read([&](db::Tx& tx) { id = core::find_tenant(tx, "dortmund")->id; });
    return id;
}

Client TestHouse::as(core::Role role) {
    Client client(*this);
    write([&](db::Tx& tx) {
        const auto own = role == core::Role::operator_ ? core::TenantId{} : core::find_tenant(tx, "dortmund")->id;
        auto candidates = core::accounts(tx, own, "", {}, 1000);  // staff
        if (role == core::Role::resident) candidates = {*core::find_account(tx, own, "einwohnerin@example.org")};
        for (const auto& account : candidates)
            if (account.role == role && account.state == core::AccountState::active && client.cookies_.empty())
                client.set_cookie("mw_session", core::start_session(tx, account.id, "test", false, clock_->now()));
    });
    if (client.cookies_.empty()) throw std::runtime_error("the example has no account of this role");
    return client;
}

std::vector<std::string> TestHouse::mails() {
    std::vector<std::string> result;
    const std::string folder = program_->config().folder("outbox") + "/" + core::outbox_shelf(tenant());
    for (const auto& entry : mail::outbox(folder, 100))
        if (const auto mail = mail::read_outbox(folder, entry.name))
            result.push_back(entry.subject + "\n" + mail->text);
    return result;
}

Answer Client::send(http::Method method, const std::string& path, const std::string& type, const std::string& body) {
    auto request = std::make_shared<http::Request>();
    request->method = method;
    request->target = path;
    const auto question = path.find('?');
    request->path = unescape_url(path.substr(0, question), false).value_or("/");
    request->query = question == std::string::npos ? "" : path.substr(question + 1);
    request->host = host_;
    request->scheme = "http";
    request->remote = address_;
    request->headers.set("Host", host_);
    request->headers.set("Sec-Fetch-Site", "same-origin");
    for (const auto& [name, value] : fields_) request->headers.set(name, value);
    std::string cookies;
    for (const auto& [name, value] : cookies_) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    if (!cookies.empty()) request->headers.set("Cookie", cookies);
    if (!type.empty()) request->headers.set("Content-Type", type);
    request->body = body;
    request->body_size = body.size();

    auto& dispatch = house_->program().dispatch();
    const bool read = method == http::Method::get || method == http::Method::head;
    if (const auto ready = read ? dispatch.fast(*request) : nullptr) {
        Answer answer{200, {}, ready_body(*ready)};
        for (const auto& line : split(ready->head, '\n')) {
            const auto colon = line.find(": ");
            if (colon != std::string::npos) answer.headers.add(line.substr(0, colon), trimmed(line.substr(colon + 2)));
        }
        return answer;
    }
    std::promise<http::Response> promise;
    auto future = promise.get_future();
    dispatch.handle(request, [&](http::Response&& response) { promise.set_value(std::move(response)); });
    http::Response response = future.get();
    keep_cookies(cookies_, response.headers);
    Answer answer{response.status, response.headers, body_of(response)};
    return answer;
}

Answer Client::post(const std::string& path, const Fields& fields) {
    return send(http::Method::post, path, "application/x-www-form-urlencoded", to_query(Form(fields)));
}

Answer Client::upload(const std::string& path, const Fields& fields, const std::vector<SentFile>& files) {
    const std::string boundary = "----mitwirken-test-boundary";
    std::string body;
    for (const auto& [name, value] : fields)
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    for (const auto& file : files)
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + file.field + "\"; filename=\"" +
                file.name + "\"\r\nContent-Type: " + file.type + "\r\n\r\n" + file.bytes + "\r\n";
    body += "--" + boundary + "--\r\n";
    return send(http::Method::post, path, "multipart/form-data; boundary=" + boundary, body);
}

Client& Client::with(std::string name, std::string value) {
    fields_.emplace_back(std::move(name), std::move(value));
    return *this;
}

Client& Client::on_host(std::string host) {
    host_ = std::move(host);
    return *this;
}

Client& Client::from(std::string address) {
    address_ = std::move(address);
    return *this;
}

std::string Client::cookie(const std::string& name) const {
    for (const auto& [key, value] : cookies_)
        if (key == name) return value;
    return "";
}

void Client::set_cookie(const std::string& name, const std::string& value) {
    std::erase_if(cookies_, [&](const auto& cookie) { return cookie.first == name; });
    cookies_.emplace_back(name, value);
}

bool has_postgresql() {
    if (::getenv("MITWIRKEN_TEST_POSTGRESQL")) return true;
    std::fprintf(stderr, "SKIPPED: no PostgreSQL (run the tests by tools/with_postgres)\n");
    if (::getenv("CI")) throw std::runtime_error("the tests must run on both databases here");
    return false;
}

void on_both_houses(const std::function<void(TestHouse&)>& test) {
    {
        TestHouse house(db::Engine::sqlite);
        test(house);
    }
    if (!has_postgresql()) return;
    TestHouse house(db::Engine::postgresql);
    test(house);
}

}  // namespace mitwirken::tests
