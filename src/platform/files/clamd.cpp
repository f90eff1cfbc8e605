// The client of clamd: one connection per file, one deadline for everything; see clamd.h.
#include "platform/files/clamd.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <utility>

#include "platform/base/log.h"
#include "platform/base/text.h"

namespace mitwirken::files {

namespace {

using std::chrono::steady_clock;

struct Failed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Connection {
public:
    explicit Connection(steady_clock::time_point deadline) : deadline_(deadline) {}
    ~Connection() { close(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void to_unix(const std::string& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.size() >= sizeof address.sun_path) throw Failed("socket name too long");
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        if (!reach(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address)) throw Failed("connect");
    }

    void to_host(const std::string& host, const std::string& port) {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* list = nullptr;
        if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &list) != 0) throw Failed("host name");
        const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, &::freeaddrinfo);
        for (const addrinfo* one = list; one != nullptr; one = one->ai_next)
            if (reach(one->ai_family, one->ai_addr, one->ai_addrlen)) return;
        throw Failed("connect");
    }

    // False when the other side has stopped listening, which it does to say something.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            wait(POLLOUT);
            const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n < 0 && (errno == EPIPE || errno == ECONNRESET)) return false;
            if (n < 0 && errno != EAGAIN && errno != EINTR) throw Failed("send");
            if (n > 0) bytes.remove_prefix(std::size_t(n));
        }
        return true;
    }

    // Until the zero byte that ends an answer, or the end of the connection.
    std::string answer() {
        std::string text;
        std::array<char, 512> part;
        while (text.size() < 4096) {
            wait(POLLIN);
            const ssize_t n = ::recv(socket_, part.data(), part.size(), 0);
            if (n < 0 && (errno == EAGAIN || errno == EINTR)) continue;
            if (n <= 0) break;
            text.append(part.data(), std::size_t(n));
            if (text.back() == '\0') break;
        }
        return text.substr(0, text.find('\0'));
    }

private:
    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }

    bool reach(int family, const sockaddr* address, socklen_t size) {
        close();
        socket_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (socket_ < 0) return false;
        if (::connect(socket_, address, size) == 0) return true;
        if (errno != EINPROGRESS) return false;
        wait(POLLOUT);
        int error = 0;
        socklen_t length = sizeof error;
        return ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == 0;
    }

    void wait(short events) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - steady_clock::now()).count();
        pollfd one{socket_, events, 0};
        const int ready = left > 0 ? ::poll(&one, 1, int(left)) : 0;
        if (ready == 0) throw Failed("time over");
        if (ready < 0 && errno != EINTR) throw Failed("poll");
    }

    int socket_ = -1;
    steady_clock::time_point deadline_;
};

void connect(Connection& connection, const std::string& socket) {
    if (starts_with(socket, "unix:")) return connection.to_unix(socket.substr(5));
    const auto colon = socket.rfind(':');
    if (colon == std::string::npos) throw Failed("address");
    std::string host = socket.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    connection.to_host(host, socket.substr(colon + 1));
}

// Pieces with their length in front (four bytes, big-endian), a piece of length 0 at the end.
bool send_file(Connection& connection, std::ifstream& file) {
    std::string piece(64 * 1024, '\0');
    for (;;) {
        file.read(piece.data(), std::streamsize(piece.size()));
        const auto n = std::uint32_t(file.gcount());
        if (file.bad()) throw Failed("reading the file");
        const std::string length{char(n >> 24), char(n >> 16), char(n >> 8), char(n)};
        if (!connection.send(length) || !connection.send(std::string_view(piece.data(), n))) return false;
        if (n == 0) return true;
    }
}

bool ends_with(const std::string& text, std::string_view end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

Scan scan(const std::string& socket, const std::string& path, int timeout_seconds) {
    try {
        std::ifstream file(path, std::ios::binary);
        if (!file) throw Failed("opening the file");
        Connection connection(steady_clock::now() + std::chrono::seconds(timeout_seconds));
        connect(connection, socket);
        const bool all_sent = connection.send(std::string_view("zINSTREAM\0", 10)) && send_file(connection, file);
        const std::string answer = connection.answer();
        // "OK" about half a file is not "OK" about the file.
        if (all_sent && answer == "stream: OK") return Scan::clean;
        if (starts_with(answer, "stream: ") && ends_with(answer, " FOUND")) {
            log::warning("virus_found", {{"signature", answer.substr(8, answer.size() - 14)}});
            return Scan::infected;
        }
        if (answer.find("size limit exceeded") != std::string::npos) return Scan::too_large;
        log::error("clamd_unavailable", {{"answer", answer.substr(0, 200)}});
    } catch (const Failed& failed) {
        log::error("clamd_unavailable", {{"step", std::string(failed.what())}});
    }
    return Scan::unavailable;
}

}  // namespace mitwirken::files
