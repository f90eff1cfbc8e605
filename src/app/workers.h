// A fixed number of threads that take work from one bounded queue. A full queue refuses (the caller answers 503), so
// that waiting work never grows without limit.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace mitwirken::app {

class Workers {
public:
    explicit Workers(std::size_t threads, std::size_t most_waiting = 4096);
    ~Workers();  // finishes what waits
    bool post(std::function<void()> work);
    std::size_t waiting() const;

private:
    void loop();
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    std::size_t most_waiting_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace mitwirken::app
