// The server's side of weasyprint_worker.py: starts it, hands it the page, answers what it asks for, ends it in time.
// Invariant: whatever happens (also an exception of `resource`), no process is left behind. See pdf.h.
#include "platform/pdf/pdf.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include "platform/base/text.h"

namespace mitwirken::pdf {

namespace {

using std::chrono::steady_clock;

constexpr const char* python = "/usr/bin/python3";  // Debian's, for which weasyprint is packaged
constexpr std::uint64_t memory_limit = 1024ull * 1024 * 1024;
constexpr std::uint64_t document_limit = 256ull * 1024 * 1024;
constexpr std::uint64_t resource_limit = 64ull * 1024 * 1024;

constexpr std::string_view worker_file =
#include "platform/pdf/weasyprint_worker.py"
    ;

// Without its first line, which is half C++.
std::string worker() { return std::string(worker_file.substr(worker_file.find('\n') + 1)); }

struct Frame {
    char kind;
    std::string payload;
};

// A folder that is gone with the object, and with it what a killed process left in it.
class TemporaryFolder {
public:
    TemporaryFolder() : path_((std::filesystem::temp_directory_path() / "mitwirken-pdf-XXXXXX").string()) {
        if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("pdf: no temporary folder");
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

// A process whose standard input and output are one socket to us; -1 for no socket.
pid_t spawn(std::vector<std::string> arguments, int socket, const std::string& temporary_folder) {
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    std::array<std::string, 3> settings = {"LANG=C.UTF-8", "PATH=/usr/bin:/bin", "TMPDIR=" + temporary_folder};
    std::array<char*, 4> environment = {settings[0].data(), settings[1].data(), settings[2].data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int target : {0, 1}) {
        if (socket >= 0)
            posix_spawn_file_actions_adddup2(&actions, socket, target);
        else
            posix_spawn_file_actions_addopen(&actions, target, "/dev/null", O_RDWR, 0);
    }
    // What WeasyPrint says on the way may quote the page, and our log holds nothing personal.
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t process = -1;
    const int error = ::posix_spawn(&process, argv[0], &actions, &attributes, argv.data(), environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error == 0 ? process : -1;
}

int wait_for(pid_t process) {
    int status = 0;
    while (::waitpid(process, &status, 0) < 0)
        if (errno != EINTR) return -1;
    return status;
}

class Worker {
public:
    Worker(int timeout_seconds, const std::function<bool()>& stop)
        : deadline_(steady_clock::now() + std::chrono::seconds(timeout_seconds)), stop_(stop) {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) throw std::runtime_error("pdf: no socket");
        socket_ = ends[0];
        ::fcntl(socket_, F_SETFL, O_NONBLOCK);
        process_ =
            spawn({python, "-I", "-c", worker(), std::to_string(memory_limit), std::to_string(timeout_seconds + 5)},
                  ends[1], folder_.path());
        ::close(ends[1]);
        if (process_ >= 0) return;
        ::close(socket_);
        throw std::runtime_error("pdf: WeasyPrint cannot be started");
    }
    ~Worker() {
        ::close(socket_);
        ::kill(process_, SIGKILL);
        wait_for(process_);
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void send(char kind, std::string_view payload) {
        std::string head(1, kind);
        for (int shift = 56; shift >= 0; shift -= 8) head += char(std::uint64_t(payload.size()) >> shift);
        send_all(head);
        send_all(payload);
    }

    Frame receive() {
        const std::string head = read_exactly(9);
        std::uint64_t size = 0;
        for (int i = 1; i < 9; ++i) size = size << 8 | static_cast<unsigned char>(head[std::size_t(i)]);
        if (size > document_limit) throw std::runtime_error("pdf: the document is too large");
        return {head[0], read_exactly(size)};
    }

private:
    void wait(short events) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - steady_clock::now()).count();
        pollfd one{socket_, events, 0};
        const auto slice = stop_ ? std::min<decltype(left)>(left, 500) : left;
        const int ready = left > 0 ? ::poll(&one, 1, int(slice)) : 0;
        if (ready == 0 && slice < left) {
            if (stop_()) throw std::runtime_error("pdf: stopped");
            return;  // whoever waits asks again
        }
        if (ready == 0) throw std::runtime_error("pdf: making the document took too long");
        if (ready < 0 && errno != EINTR) throw std::runtime_error("pdf: poll");
    }

    [[noreturn]] static void ended() {
        throw std::runtime_error("pdf: the process ended before the document was made");
    }

    void send_all(std::string_view bytes) {
        while (!bytes.empty()) {
            wait(POLLOUT);
            const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n < 0 && errno != EAGAIN && errno != EINTR) ended();
            if (n > 0) bytes.remove_prefix(std::size_t(n));
        }
    }

    std::string read_exactly(std::uint64_t size) {
        std::string bytes;
        std::array<char, 64 * 1024> part;
        while (bytes.size() < size) {
            wait(POLLIN);
            const ssize_t n =
                ::recv(socket_, part.data(), std::min<std::uint64_t>(part.size(), size - bytes.size()), 0);
            if (n < 0 && (errno == EAGAIN || errno == EINTR)) continue;
            if (n <= 0) ended();
            bytes.append(part.data(), std::size_t(n));
        }
        return bytes;
    }

    TemporaryFolder folder_;
    int socket_ = -1;
    pid_t process_ = -1;
    steady_clock::time_point deadline_;
    const std::function<bool()>& stop_;
};

bool is_path(const std::string& path) {
    return starts_with(path, "/") && !starts_with(path, "//") && path.size() < 2000 &&
           path.find("..") == std::string::npos;
}

}  // namespace

bool available() {
    static const bool there = [] {
        const pid_t process = spawn({python, "-I", "-c",
                                     "import importlib.util, sys\n"
                                     "sys.exit(importlib.util.find_spec('weasyprint') is None)"},
                                    -1, "/tmp");
        return process >= 0 && wait_for(process) == 0;
    }();
    return there;
}

std::string from_html(const std::string& html, const Resources& resource, int timeout_seconds,
                      const std::function<bool()>& stop) {
    if (!available()) throw std::runtime_error("pdf: WeasyPrint is not installed");
    Worker process(timeout_seconds, stop);
    process.send('H', is_utf8(html) ? html : clean(html));
    for (;;) {
        Frame frame = process.receive();
        if (frame.kind == 'P') return std::move(frame.payload);
        if (frame.kind != 'R') throw std::runtime_error("pdf: WeasyPrint failed: " + clean(frame.payload));
        const auto found = is_path(frame.payload) ? resource(frame.payload) : std::nullopt;
        if (found && found->bytes.size() <= resource_limit)
            process.send('r', found->type + '\0' + found->bytes);
        else
            process.send('n', "");
    }
}

}  // namespace mitwirken::pdf
