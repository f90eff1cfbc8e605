// Listening on PostgreSQL; see postgresql_listener.h.
// What must stay true: after a gap in_touch(true) is said before anything that was heard on the new connection; a dead
// peer is noticed within half a minute (keepalive), not when somebody next writes to it.
#include "platform/db/postgresql_listener.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/db/postgresql_connection.h"

namespace mitwirken::db {

namespace {

constexpr int pause_before_next_try = 1000;  // milliseconds

using ResultHandle = std::unique_ptr<PGresult, decltype(&PQclear)>;

ResultHandle execute(PGconn* handle, const std::string& sql) { return {PQexec(handle, sql.c_str()), &PQclear}; }

}  // namespace

PostgresqlListener::PostgresqlListener(std::string url, Ear ear) : url_(std::move(url)), ear_(std::move(ear)) {
    if (!connect()) throw Error(Fault::unavailable, "PostgreSQL: " + problem_);
    wake_ = ::eventfd(0, EFD_CLOEXEC);
    if (wake_ < 0) throw Error(Fault::other, "listening: no event descriptor is free");
    ear_.in_touch(true);
    thread_ = std::thread([this] { run(); });
}

PostgresqlListener::~PostgresqlListener() {
    ::eventfd_write(wake_, 1);
    thread_.join();
    ::close(wake_);
}

// What stands in the address wins over what stands before it.
bool PostgresqlListener::connect() {
    const char* const keys[] = {"connect_timeout",
                                "fallback_application_name",
                                "keepalives_idle",
                                "keepalives_interval",
                                "keepalives_count",
                                "dbname",
                                nullptr};
    const char* const words[] = {"5", "mitwirken listener", "10", "5", "3", url_.c_str(), nullptr};
    handle_.reset(PQconnectdbParams(keys, words, 1));
    if (ready()) {
        const auto name = execute(handle_.get(), fmt::format("SELECT {}", channel_sql));
        if (PQresultStatus(name.get()) == PGRES_TUPLES_OK) {
            char* quoted = PQescapeIdentifier(handle_.get(), PQgetvalue(name.get(), 0, 0),
                                              std::size_t(PQgetlength(name.get(), 0, 0)));
            const auto listening = execute(handle_.get(), fmt::format("LISTEN {}", quoted == nullptr ? "" : quoted));
            PQfreemem(quoted);
            if (PQresultStatus(listening.get()) == PGRES_COMMAND_OK) return true;
        }
    }
    problem_ = PQerrorMessage(handle_.get());
    handle_.reset();
    return false;
}

bool PostgresqlListener::ready() const { return handle_ && PQstatus(handle_.get()) == CONNECTION_OK; }

bool PostgresqlListener::wait(int descriptor, int milliseconds) const {
    pollfd watched[] = {{wake_, POLLIN, 0}, {descriptor, POLLIN, 0}};
    ::poll(watched, descriptor < 0 ? 1 : 2, milliseconds);
    return watched[0].revents == 0;
}

void PostgresqlListener::hand_on() {
    using Note = std::unique_ptr<PGnotify, decltype(&PQfreemem)>;
    for (Note note(PQnotifies(handle_.get()), &PQfreemem); note; note.reset(PQnotifies(handle_.get())))
        ear_.heard(note->extra);
}

void PostgresqlListener::run() {
    hand_on();  // what came between LISTEN and here
    while (true) {
        if (!ready()) {
            if (!wait(-1, pause_before_next_try)) return;
            if (!connect()) continue;
            log::info("listening_again");
            ear_.in_touch(true);
        }
        if (!wait(PQsocket(handle_.get()), -1)) return;
        if (PQconsumeInput(handle_.get()) == 1) hand_on();
        if (ready()) continue;
        log::warning("listening_lost", {{"error", std::string(PQerrorMessage(handle_.get()))}});
        handle_.reset();
        ear_.in_touch(false);
    }
}

}  // namespace mitwirken::db
