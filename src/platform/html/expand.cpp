// Takes the comments out of a template and puts its partials in; see loader.h. Nothing here depends on the language.
#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "platform/html/loader.h"

namespace mitwirken::html {

namespace {

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_lower(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

int count_lines(std::string_view text) { return int(std::count(text.begin(), text.end(), '\n')); }

// A comment becomes the line breaks it holds, so that line numbers stay.
std::string without_comments(std::string_view source) {
    std::string text;
    for (;;) {
        const auto begin = source.find("<!--");
        const auto end = begin == source.npos ? source.npos : source.find("-->", begin);
        if (end == source.npos) return text += source;
        text += source.substr(0, begin);
        text.append(std::size_t(count_lines(source.substr(begin, end - begin))), '\n');
        source.remove_prefix(end + 3);
    }
}

struct Inclusion {
    std::string module, name;
    std::map<std::string, std::string> arguments;
};

// Reads [[>module/name.html name=value other="two words"]]; nothing when it is written otherwise.
class InclusionReader {
public:
    InclusionReader(std::string_view text, std::size_t at) : text_(text), at_(at + 3) {}
    std::size_t end() const { return at_; }

    std::optional<Inclusion> read() {
        skip_space();
        Inclusion inclusion;
        const std::string path = take([](char c) { return !is_space(c) && c != ']' && c != '['; });
        const auto slash = path.find('/');
        if (slash == path.npos) return {};
        inclusion.module = path.substr(0, slash);
        inclusion.name = path.substr(slash + 1);
        if (inclusion.name.rfind("partials/", 0) == 0) inclusion.name.erase(0, 9);
        for (skip_space(); text_.substr(at_, 2) != "]]"; skip_space()) {
            const std::string name = take(is_lower);
            if (name.empty() || at_ + 1 >= text_.size() || text_[at_] != '=') return {};
            ++at_;
            inclusion.arguments[name] = value();
        }
        at_ += 2;
        return inclusion;
    }

private:
    template <class Wanted>
    std::string take(Wanted wanted) {
        const auto begin = at_;
        while (at_ < text_.size() && wanted(text_[at_])) ++at_;
        return std::string(text_.substr(begin, at_ - begin));
    }
    void skip_space() { take(is_space); }
    std::string value() {
        if (text_[at_] != '"') return take([](char c) { return !is_space(c) && c != ']' && c != '"'; });
        ++at_;
        std::string found = take([](char c) { return c != '"'; });
        if (at_ < text_.size()) ++at_;
        return found;
    }

    std::string_view text_;
    std::size_t at_;
};

// Puts the arguments in for $name; says which names were asked for.
std::string substitute(std::string_view text, const std::map<std::string, std::string>& arguments,
                       std::set<std::string>& asked) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (text[at] == '$' && end < text.size() && text[end] >= 'a' && text[end] <= 'z') {
            while (end < text.size() && is_lower(text[end])) ++end;
            const std::string name(text.substr(at + 1, end - at - 1));
            asked.insert(name);
            if (const auto found = arguments.find(name); found != arguments.end()) result += found->second;
        } else {
            result += text[at];
        }
        at = end;
    }
    return result;
}

class Expander {
public:
    explicit Expander(const Surroundings& surroundings) : surroundings_(surroundings) {}

    void add(const std::string& file, std::string_view text, int depth) {
        result_.origins.push_back({result_.text.size(), file, 1});
        std::size_t done = 0;
        for (std::size_t at = 0; (at = text.find("[[>", done)) != text.npos;) {
            result_.text += text.substr(done, at - done);
            InclusionReader reader(text, at);
            const auto inclusion = reader.read();
            if (!inclusion) result_.fail(result_.text.size(), "write [[>module/file.html name=value]]");
            if (depth > 8) result_.fail(result_.text.size(), "partials that include each other");
            include(*inclusion, depth);
            done = reader.end();
            result_.origins.push_back({result_.text.size(), file, 1 + count_lines(text.substr(0, done))});
        }
        result_.text += text.substr(done);
    }

    Expanded take() { return std::move(result_); }

private:
    void include(const Inclusion& inclusion, int depth) {
        const std::string file = inclusion.module + "/templates/partials/" + inclusion.name;
        const auto source = surroundings_.partial(inclusion.module, inclusion.name);
        if (!source) result_.fail(result_.text.size(), "there is no " + file);
        std::set<std::string> asked, given;
        const std::string text = substitute(without_comments(*source), inclusion.arguments, asked);
        for (const auto& [name, value] : inclusion.arguments) given.insert(name);
        if (asked != given) {
            std::string wrong;
            for (const auto& name : asked) wrong += given.count(name) ? "" : " $" + name + " is missing";
            for (const auto& name : given) wrong += asked.count(name) ? "" : " $" + name + " is unknown";
            result_.fail(result_.text.size(), "arguments of " + file + ":" + wrong);
        }
        add(file, text, depth + 1);
    }

    const Surroundings& surroundings_;
    Expanded result_;
};

}  // namespace

Kind kind_of(std::string_view path) {
    return ends_with(path, ".txt") ? Kind::text : ends_with(path, ".xml") ? Kind::xml : Kind::html;
}

void Expanded::fail(std::size_t offset, std::string_view reason) const {
    Origin from{0, "?", 1};
    for (const auto& origin : origins) {
        if (origin.offset <= offset) from = origin;
    }
    const int line = from.line + count_lines(std::string_view(text).substr(from.offset, offset - from.offset));
    throw std::logic_error(from.file + ":" + std::to_string(line) + ": " + std::string(reason));
}

Expanded expand(std::string_view file, std::string_view source, const Surroundings& surroundings) {
    Expander expander(surroundings);
    expander.add(std::string(file), kind_of(file) == Kind::text ? std::string(source) : without_comments(source), 0);
    return expander.take();
}

}  // namespace mitwirken::html
