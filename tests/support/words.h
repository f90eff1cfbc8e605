// Made-up German for the load test: words as frequent and as rare as in real texts. The same number gives the same
// words.
#pragma once

#include <random>
#include <string>

namespace mitwirken::tests {

class Writer {
public:
    explicit Writer(unsigned number) : random_(number + 1U) {}

    int below(int n) { return int(random_() % unsigned(n)); }
    std::string word();
    std::string words(int count);
    std::string text(int paragraphs);  // Markdown

private:
    std::minstd_rand random_;
};

}  // namespace mitwirken::tests
