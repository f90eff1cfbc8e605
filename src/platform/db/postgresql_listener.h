// Inside this folder: hears what Tx::tell says, on a connection of its own that is no part of the pools (NOTIFY reaches
// only the session that has said LISTEN).
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <thread>

#include "platform/db/db.h"

namespace mitwirken::db {

class PostgresqlListener : public Listener {
public:
    // Throws db::Error when the server is away.
    PostgresqlListener(std::string url, Ear ear);
    ~PostgresqlListener() override;

private:
    bool connect();
    bool ready() const;
    void run();
    // Waits until something is to be read; false when it is time to end.
    bool wait(int descriptor, int milliseconds) const;
    void hand_on();

    std::string url_;
    Ear ear_;
    std::unique_ptr<PGconn, decltype(&PQfinish)> handle_{nullptr, &PQfinish};
    std::string problem_;
    int wake_ = -1;  // becomes readable when it is time to end
    std::thread thread_;
};

}  // namespace mitwirken::db
