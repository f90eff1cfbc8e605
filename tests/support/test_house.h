// The whole program without a socket, on a database of its own that holds the example: what page tests talk to.
//
//   TestHouse house;                                  // SQLite; TestHouse house(Engine::postgresql) for the other
//   auto page = house.visitor().get("/instrumente");  // nobody signed in
//   auto saved = house.as(Role::editor).post("/verwaltung/instrumente", {{"title", "World Café"}});
//   house.clock().set(…);                             // the clock stands still at 2026-11-23 09:00 UTC until told
//
// The example is loaded once per process and engine; each TestHouse gets a copy of that state.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/program.h"
#include "core/access/access.h"
#include "platform/db/db.h"

namespace mitwirken::tests {

struct Answer {
    int status = 0;
    http::Headers headers;
    std::string body;  // as a browser would show it: not compressed, files and producers read to the end

    std::string location() const { return std::string(headers["Location"]); }
    std::string type() const { return std::string(headers["Content-Type"]); }
    bool has(std::string_view text) const { return body.find(text) != std::string::npos; }
};

using Fields = std::vector<std::pair<std::string, std::string>>;
struct SentFile {
    std::string field, name, type, bytes;
};

class TestHouse;

// A browser with its own cookies.
class Client {
public:
    Answer get(const std::string& path) { return send(http::Method::get, path, "", ""); }
    Answer head(const std::string& path) { return send(http::Method::head, path, "", ""); }
    Answer post(const std::string& path, const Fields& fields = {});
    Answer upload(const std::string& path, const Fields& fields, const std::vector<SentFile>& files);
    Answer send(http::Method method, const std::string& path, const std::string& type, const std::string& body);
    // Follows the 303 of an answer.
    Answer follow(const Answer& answer) { return get(answer.location()); }

    Client& with(std::string name, std::string value);  // a further request field, for every request from now on
    Client& on_host(std::string host);
    Client& from(std::string address);  // of the network; every client has the same until told
    std::string cookie(const std::string& name) const;
    void set_cookie(const std::string& name, const std::string& value);

private:
    friend class TestHouse;
    explicit Client(TestHouse& house) : house_(&house) {}
    TestHouse* house_;
    std::string host_ = "127.0.0.1", address_ = "192.0.2.1";
    std::vector<std::pair<std::string, std::string>> cookies_, fields_;
};

class TestHouse {
public:
    explicit TestHouse(db::Engine engine = db::Engine::sqlite, bool example = true);
    // A further process on the database of another house (PostgreSQL); that one must live longer.
    explicit TestHouse(const TestHouse* first);
    ~TestHouse();

    Client visitor() { return Client(*this); }
    // Signed in with the example's account of this role.
    Client as(core::Role role);
    app::Program& program() { return *program_; }
    core::House& house() { return program_->house(); }
    FixedClock& clock() { return *clock_; }
    core::TenantId tenant();
    const std::string& folder() const { return folder_; }
    void run_jobs() { program_->jobs().run_due(); }
    // The mails in the municipality's outbox, newest first: subject + text.
    std::vector<std::string> mails();
    template <class F>
    void read(F&& work) {
        program_->database().read(work);
    }
    template <class F>
    void write(F&& work) {
        program_->database().write(work);
    }

private:
    std::string folder_;
    std::string database_url_;
    bool owns_schema_ = false;
    FixedClock* clock_ = nullptr;
    std::unique_ptr<app::Program> program_;
};

// False, and loudly, when MITWIRKEN_TEST_POSTGRESQL names no server; in CI that is a mistake.
bool has_postgresql();
// Runs the case on SQLite and on PostgreSQL (when MITWIRKEN_TEST_POSTGRESQL names one; loudly skipped otherwise).
void on_both_houses(const std::function<void(TestHouse&)>& test);

}  // namespace mitwirken::tests
