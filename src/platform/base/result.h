// What a person can put right is a value: Result<T> is either a T or the Problems that stand in its way.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "platform/base/message.h"

namespace mitwirken {

struct Problem {
    std::string field;  // name of the form field, "" for the form as a whole
    Message message;
};

class Problems {
public:
    void add(std::string field, Message message) { list_.push_back({std::move(field), std::move(message)}); }
    void append(const Problems& other) { list_.insert(list_.end(), other.list_.begin(), other.list_.end()); }
    bool any() const { return !list_.empty(); }
    // The first problem of a field, or nullptr.
    const Problem* of(std::string_view field) const {
        for (const auto& problem : list_)
            if (problem.field == field) return &problem;
        return nullptr;
    }
    const std::vector<Problem>& list() const { return list_; }

private:
    std::vector<Problem> list_;
};

template <class T>
class Result {
public:
    Result(T value) : value_(std::move(value)) {}
    Result(Problems problems) : value_(std::move(problems)) {}

    explicit operator bool() const { return std::holds_alternative<T>(value_); }
    const T& operator*() const& { return std::get<T>(value_); }
    T& operator*() & { return std::get<T>(value_); }
    T&& operator*() && { return std::get<T>(std::move(value_)); }
    const T* operator->() const { return &std::get<T>(value_); }
    const Problems& problems() const { return std::get<Problems>(value_); }

private:
    std::variant<T, Problems> value_;
};

}  // namespace mitwirken
