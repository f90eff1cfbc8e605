// LISTEN on a connection of its own; see postgresql_watch.h.
#include "platform/db/postgresql_watch.h"

#include <libpq-fe.h>
#include <poll.h>

#include <memory>
#include <random>

#include <fmt/format.h>

#include "platform/base/log.h"

namespace mitwirken::db {

namespace {

constexpr const char* channel = "mitwirken_commit";
constexpr int look_up_ms = 200;  // how soon the end of the program is noticed

struct Close {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};

}  // namespace

std::string new_notice() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}", random(), random());
}

std::string notify_statement(const std::string& notice) { return fmt::format("NOTIFY {}, '{}'", channel, notice); }

PostgresqlWatch::PostgresqlWatch(std::string url, std::string own_notice, std::function<void()> changed)
    : url_(std::move(url)),
      own_notice_(std::move(own_notice)),
      changed_(std::move(changed)),
      thread_([this] { listen(); }) {}

PostgresqlWatch::~PostgresqlWatch() {
    stopping_ = true;
    thread_.join();
}

void PostgresqlWatch::listen() {
    bool told = false;  // of this absence of the server
    while (!stopping_) {
        const std::unique_ptr<PGconn, Close> connection(PQconnectdb(url_.c_str()));
        PGresult* result = PQexec(connection.get(), fmt::format("LISTEN {}", channel).c_str());
        const bool listening = PQresultStatus(result) == PGRES_COMMAND_OK;
        PQclear(result);
        if (!listening) {
            if (!told) log::warning("database_watch_lost");
            told = true;
            pause();
            continue;
        }
        told = false;
        changed_();
        while (!stopping_ && hear(connection.get())) {
        }
    }
}

void PostgresqlWatch::pause() const {
    for (int i = 0; i < 5 && !stopping_; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(look_up_ms));
}

// False when the connection is gone.
bool PostgresqlWatch::hear(void* given) {
    auto* connection = static_cast<PGconn*>(given);
    pollfd waiting{PQsocket(connection), POLLIN, 0};
    if (::poll(&waiting, 1, look_up_ms) > 0 && PQconsumeInput(connection) == 0) return false;
    bool foreign = false;
    while (PGnotify* notice = PQnotifies(connection)) {
        foreign = foreign || own_notice_ != notice->extra;
        PQfreemem(notice);
    }
    if (foreign) changed_();
    return PQstatus(connection) == CONNECTION_OK;
}

}  // namespace mitwirken::db
