// The virus scan of platform/files, against a server that speaks clamd's protocol.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "platform/tests/files_support.h"

using namespace mitwirken;
using namespace mitwirken::tests;

namespace {

// Put together here so that this file is not itself taken for a virus.
const std::string eicar = std::string("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-") + "ANTIVIRUS-TEST-FILE!$H+H*";

// Speaks clamd's INSTREAM: reads the command and the pieces, answers as its mode wants.
class Clamd {
public:
    enum class Mode { scan, silent, hang_up, too_large, nonsense };

    Clamd(Mode mode, const std::string& unix_path = "") : mode_(mode) {
        if (unix_path.empty()) {
            socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            socklen_t size = sizeof address;
            REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
            ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
            name_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        } else {
            socket_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            unix_path.copy(address.sun_path, sizeof address.sun_path - 1);
            REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
            name_ = "unix:" + unix_path;
        }
        REQUIRE(::listen(socket_, 5) == 0);
        thread_ = std::thread([this] { serve(); });
    }
    ~Clamd() {
        stop_ = true;
        thread_.join();
        ::close(socket_);
    }
    Clamd(const Clamd&) = delete;
    Clamd& operator=(const Clamd&) = delete;
    const std::string& name() const { return name_; }
    std::uint64_t received() const { return received_; }

private:
    void serve() {
        while (!stop_) {
            pollfd one{socket_, POLLIN, 0};
            if (::poll(&one, 1, 20) <= 0) continue;
            const int peer = ::accept(socket_, nullptr, nullptr);
            answer(peer);
            ::close(peer);
        }
    }
    static bool exactly(int peer, std::string& bytes) {
        for (std::size_t got = 0; got < bytes.size();) {
            const ssize_t n = ::recv(peer, bytes.data() + got, bytes.size() - got, 0);
            if (n <= 0) return false;
            got += std::size_t(n);
        }
        return true;
    }
    static void say(int peer, std::string_view text) { (void)::send(peer, text.data(), text.size(), MSG_NOSIGNAL); }

    void answer(int peer) {
        std::string command(10, '\0'), length(4, '\0'), all;
        if (!exactly(peer, command) || command != std::string("zINSTREAM\0", 10)) return;
        if (mode_ == Mode::hang_up) return;
        if (mode_ == Mode::too_large) return say(peer, {"INSTREAM size limit exceeded. ERROR\0", 36});
        if (mode_ == Mode::silent) {
            while (!stop_) ::usleep(5000);
            return;
        }
        while (exactly(peer, length)) {
            std::uint32_t size = 0;
            for (const char c : length) size = size << 8 | static_cast<unsigned char>(c);
            if (size == 0) break;
            std::string piece(size, '\0');
            if (!exactly(peer, piece)) return;
            all += piece;
        }
        received_ = all.size();
        if (mode_ == Mode::nonsense) return say(peer, {"stream: OK and more\0", 20});
        if (contains(all, eicar)) return say(peer, {"stream: Eicar-Signature FOUND\0", 30});
        say(peer, {"stream: OK\0", 11});
    }

    Mode mode_;
    int socket_ = -1;
    std::string name_;
    std::atomic<bool> stop_ = false;
    std::atomic<std::uint64_t> received_ = 0;
    std::thread thread_;
};

}  // namespace

TEST_CASE("a clean file passes the scanner with every byte, over TCP and over a Unix socket") {
    Desk desk;
    const std::string text(300'000, 'x');
    const Clamd tcp(Clamd::Mode::scan);
    desk.options.clamd_socket = tcp.name();
    CHECK(desk.outcome(text) == "text/plain");
    CHECK(tcp.received() == text.size());
    const Clamd local(Clamd::Mode::scan, (desk.folder / "clamd.ctl").string().substr(0, 100));
    desk.options.clamd_socket = local.name();
    CHECK(desk.outcome(pdf) == "application/pdf");
    CHECK(local.received() == pdf.size());
}

TEST_CASE("a file with a virus is refused and not kept") {
    Desk desk;
    const Clamd clamd(Clamd::Mode::scan);
    desk.options.clamd_socket = clamd.name();
    CHECK(contains(desk.outcome(eicar), "virus scanner has found"));
    CHECK(contains(desk.outcome(picture(10, 10, ".png") + eicar), "virus scanner has found"));
    std::size_t kept = 0;
    for (const auto& entry : fs::recursive_directory_iterator(desk.options.folder)) kept += entry.is_regular_file();
    CHECK(kept == 0);
}

TEST_CASE("nothing is let in unscanned: no answer, a wrong answer and no scanner mean later") {
    Desk desk;
    desk.options.clamd_timeout_seconds = 1;
    for (const auto mode : {Clamd::Mode::silent, Clamd::Mode::hang_up, Clamd::Mode::nonsense}) {
        const Clamd clamd(mode);
        desk.options.clamd_socket = clamd.name();
        CHECK(contains(desk.outcome(pdf), "Please try again later"));
    }
    for (const char* nowhere : {"127.0.0.1:1", "unix:/nonexistent/clamd.ctl", "nonsense", "host.invalid:3310"}) {
        desk.options.clamd_socket = nowhere;
        CHECK(contains(desk.outcome(pdf), "Please try again later"));
    }
    const Clamd strict(Clamd::Mode::too_large);
    desk.options.clamd_socket = strict.name();
    CHECK(contains(desk.outcome(pdf), "too large for the virus scanner"));
}
