// Turns an expanded template into the source for ctemplate in one language: translates, puts addresses in, takes
// needless white space out, and refuses variables where ctemplate's contextual escaping would not hold (attribute
// names, unquoted values, scripts, two variables at the beginning of an address). See loader.h.
#include <algorithm>
#include <array>

#include "platform/base/text.h"
#include "platform/html/loader.h"
#include "platform/html/markers.h"

namespace mitwirken::html {

namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Attributes that ctemplate knows as addresses …
constexpr std::array<std::string_view, 11> addresses = {
    "action", "background", "cite", "classid", "codebase", "data", "dynsrc", "href", "longdesc", "src", "usemap"};
// … and those that it does not know: the loader asks for its check of addresses itself.
constexpr std::array<std::string_view, 4> newer_addresses = {"formaction", "poster", "ping", "xlink:href"};

// Line breaks must survive here: ctemplate's default for quoted values and text makes them spaces.
bool keeps_lines(std::string_view attribute) {
    return attribute == "value" || attribute == "title" || attribute == "alt" || starts_with(attribute, "data-");
}

std::string squeezed(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (!is_space(c))
            result += c;
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

// Copies a template from beginning to end and knows at every byte where in the mark-up it is. Sections are walked
// through as if all of them were shown, like ctemplate does.
class Writer {
public:
    Writer(Kind kind, const Expanded& expanded, const Surroundings& surroundings)
        : kind_(kind), expanded_(expanded), in_(expanded.text), surroundings_(surroundings) {}

    std::string run() {
        while (at_ < in_.size()) step();
        if (place_ != Place::text) fail("a tag is not finished");
        if (!open_sections_.empty()) fail("{{#" + open_sections_.back().name + "}} is never closed");
        return std::move(out_);
    }

private:
    enum class Place { text, raw, tag, value };     // raw: inside script and style; value: in quotes
    enum class Address { empty, variable, fixed };  // what an address begins with so far

    [[noreturn]] void fail(std::string_view reason) const { expanded_.fail(std::min(at_, in_.size()), reason); }
    bool looking_at(std::string_view what) const { return in_.substr(at_, what.size()) == what; }

    void step() {
        if (looking_at("{{")) {
            if (kind_ == Kind::text && only_sections_on_this_line()) return;
            const auto begin = at_;
            auto end = at_;
            const Marker marker = read_marker(expanded_, in_, end, begin);
            put(marker);
            at_ = end;
        } else if (looking_at("[[") && place_ != Place::raw) {
            bracket();
        } else if (kind_ == Kind::text) {
            out_ += in_[at_++];
        } else {
            mark_up();
        }
    }

    // In .txt a line that holds nothing but {{#SECTION}} and {{/SECTION}} leaves no empty line behind.
    bool only_sections_on_this_line() {
        if (at_ > 0 && in_[at_ - 1] != '\n') return false;
        const auto end = std::min(in_.find('\n', at_), in_.size());
        std::string kept;
        std::vector<Marker> found;
        for (auto at = at_; at < end;) {
            if (in_.substr(at, 2) != "{{") return false;
            const auto begin = at;
            found.push_back(read_marker(expanded_, in_, at, begin));
            const auto type = found.back().type;
            if (type == Marker::Type::variable || type == Marker::Type::include) return false;
        }
        for (const auto& marker : found) put(marker);
        at_ = std::min(end + 1, in_.size());
        return true;
    }

    void put(const Marker& marker) {
        switch (marker.type) {
            case Marker::Type::section_begin:
                open_sections_.push_back({marker.name, place_, address_});
                break;
            case Marker::Type::section_end:
                close_section(marker);
                break;
            case Marker::Type::comment:
                return;
            case Marker::Type::safe_html:
                if (kind_ != Kind::html) fail(":x-safe-html is for .html only");
                if (place_ != Place::text) fail("{{" + marker.name + ":x-safe-html}} may stand between tags only");
                break;
            case Marker::Type::include:
                if (kind_ != Kind::text && place_ != Place::text) fail("an include may stand between tags only");
                break;
            case Marker::Type::variable:
                out_ += write_marker(marker, modifiers_here(marker));
                return;
        }
        out_ += write_marker(marker);
    }

    // A section that is not shown must not change what follows: it ends in the place where it began, and what it adds
    // to the beginning of an address does not make the rest of the address harmless.
    void close_section(const Marker& marker) {
        if (open_sections_.empty() || open_sections_.back().name != marker.name) {
            fail("{{/" + marker.name + "}} closes nothing");
        }
        const auto& begin = open_sections_.back();
        if (begin.place != place_) fail("{{#" + marker.name + "}} began in another place of the mark-up");
        if (begin.address != address_) address_ = Address::variable;
        open_sections_.pop_back();
    }

    // What a variable without modifiers needs at this place beyond ctemplate's own choice.
    std::string_view modifiers_here(const Marker& marker) {
        if (kind_ != Kind::html) return "";
        switch (place_) {
            case Place::text:
                return ":p";
            case Place::raw:
                fail("no variables in script and style: hand data over in data- attributes");
            case Place::tag:
                fail("{{" + marker.name + "}} would name an attribute; variables stand in quoted values");
            case Place::value:
                break;
        }
        if (starts_with(attribute_, "on") || attribute_ == "srcdoc") fail("no variables in " + attribute_);
        const bool newer = one_of(attribute_, newer_addresses);
        if (newer || one_of(attribute_, addresses)) {
            if (address_ == Address::variable) fail("two variables at the beginning of an address: join them before");
            const bool first = address_ == Address::empty;
            if (first) address_ = Address::variable;
            return newer && first ? ":U=html" : "";
        }
        return keeps_lines(attribute_) ? ":p" : "";
    }

    void bracket() {
        const auto end = in_.find("]]", at_);
        if (end == in_.npos) fail("[[ is never closed");
        if (kind_ != Kind::text && place_ == Place::tag) fail("[[…]] may stand in quoted values and between tags only");
        const std::string content = squeezed(in_.substr(at_ + 2, end - at_ - 2));
        if (starts_with(content, "asset:")) {
            out_ += surroundings_.asset(std::string_view(content).substr(6));
            address_ = Address::fixed;
        } else {
            translate(content);
        }
        at_ = end + 2;
    }

    void translate(const std::string& english) {
        if (english.empty()) fail("an empty [[text]]");
        if (kind_ != Kind::text && english.find('<') != english.npos) {
            fail("mark-up inside [[text]]: close the text before the tag");
        }
        const std::string text = surroundings_.translate(english);
        if (markers_of(text) != markers_of(english)) {
            fail("the translation \"" + text + "\" has other {{markers}} than \"" + english + "\"");
        }
        for (std::size_t at = 0; at < text.size();) {
            const auto next = std::min(text.find("{{", at), text.size());
            const auto plain = std::string_view(text).substr(at, next - at);
            out_ += kind_ == Kind::text ? std::string(plain) : escape_html(plain);
            at = next;
            if (at < text.size()) put(read_marker(expanded_, text, at, at_));
        }
    }

    void mark_up() {
        switch (place_) {
            case Place::text:
                text();
                break;
            case Place::raw:
                raw();
                break;
            case Place::tag:
                tag();
                break;
            case Place::value:
                value();
                break;
        }
    }

    void text() {
        const char c = in_[at_];
        if (c == '<') return begin_tag();
        if (is_space(c) && keep_space_.empty()) return space();
        out_ += c;
        ++at_;
    }

    // A run of white space with a line break in it becomes one line break: indentation does not travel.
    void space() {
        const auto begin = at_;
        while (at_ < in_.size() && is_space(in_[at_])) ++at_;
        const auto run = in_.substr(begin, at_ - begin);
        if (run.find('\n') == run.npos)
            out_ += run;
        else if (out_.empty() || out_.back() != '\n')
            out_ += '\n';
    }

    void begin_tag() {
        const char next = at_ + 1 < in_.size() ? in_[at_ + 1] : ' ';
        if (next == '!' || next == '?') return declaration();
        const bool closing = next == '/';
        auto end = at_ + (closing ? 2 : 1);
        if (in_.substr(end, 2) == "{{") fail("a variable cannot name a tag");
        const auto begin = end;
        while (end < in_.size() && !is_space(in_[end]) && in_[end] != '>' && in_[end] != '/') ++end;
        if (begin == end || !is_letter(in_[begin])) fail("a lone <: write &lt;");
        const auto name_text = in_.substr(begin, end - begin);
        if (name_text.find("{{") != name_text.npos) fail("a variable cannot name a tag");
        tag_ = lower_ascii(name_text);
        closing_ = closing;
        out_ += in_.substr(at_, end - at_);
        at_ = end;
        place_ = Place::tag;
    }

    void declaration() {
        const auto end = in_.find('>', at_);
        if (looking_at("<!--") || looking_at("<![") || end == in_.npos) fail("an unfinished comment or declaration");
        out_ += in_.substr(at_, end + 1 - at_);
        at_ = end + 1;
    }

    void raw() {
        const auto end = in_.find('<', at_ + (in_[at_] == '<' ? 1 : 0));
        if (looking_at("</") && lower_ascii(in_.substr(at_ + 2, tag_.size())) == tag_) {
            place_ = Place::text;
            return begin_tag();
        }
        const auto stop = std::min({end, in_.find("{{", at_), in_.size()});
        out_ += in_.substr(at_, stop - at_);
        at_ = stop;
    }

    void tag() {
        const char c = in_[at_];
        if (c == '>') return end_tag();
        if (is_space(c)) {
            while (at_ < in_.size() && is_space(in_[at_])) ++at_;
            if (at_ < in_.size() && in_[at_] != '>') out_ += ' ';
            return;
        }
        if (c == '"' || c == '\'' || c == '<' || c == '=') fail("a quote, < or = without an attribute");
        if (c == '/') {
            out_ += in_[at_++];
            return;
        }
        attribute();
    }

    void attribute() {
        const auto begin = at_;
        while (at_ < in_.size() && !is_space(in_[at_]) && in_.find_first_of("=>/\"'<{", at_) != at_) ++at_;
        attribute_ = lower_ascii(in_.substr(begin, at_ - begin));
        out_ += in_.substr(begin, at_ - begin);
        if (at_ >= in_.size() || in_[at_] != '=') {
            if (at_ == begin) fail("an attribute is not readable");
            return;
        }
        ++at_;
        if (at_ >= in_.size() || (in_[at_] != '"' && in_[at_] != '\''))
            fail("put the value of " + attribute_ + " in quotes");
        quote_ = in_[at_++];
        out_ += '=';
        out_ += quote_;
        address_ = Address::empty;
        place_ = Place::value;
    }

    void value() {
        const char c = in_[at_++];
        out_ += c;
        if (c == quote_) {
            place_ = Place::tag;
        } else if (c == '/' || c == '?' || c == '#' || c == ':') {
            address_ = Address::fixed;
        } else if (address_ == Address::empty && !is_space(c)) {
            address_ = Address::fixed;
        }
    }

    void end_tag() {
        const bool empty = !out_.empty() && out_.back() == '/';
        out_ += in_[at_++];
        place_ = Place::text;
        if (kind_ != Kind::html || empty) return;
        if (tag_ == "pre" || tag_ == "textarea") {
            if (!closing_)
                keep_space_.push_back(tag_);
            else if (!keep_space_.empty())
                keep_space_.pop_back();
        }
        if (!closing_ && (tag_ == "script" || tag_ == "style")) place_ = Place::raw;
    }

    struct OpenSection {
        std::string name;
        Place place;
        Address address;
    };

    const Kind kind_;
    const Expanded& expanded_;
    const std::string_view in_;
    const Surroundings& surroundings_;
    std::size_t at_ = 0;
    std::string out_;
    Place place_ = Place::text;
    std::vector<OpenSection> open_sections_;
    std::vector<std::string> keep_space_;  // open pre and textarea
    std::string tag_, attribute_;
    bool closing_ = false;
    char quote_ = '"';
    Address address_ = Address::empty;
};

}  // namespace

std::string prepare(std::string_view file, const Expanded& expanded, const Surroundings& surroundings) {
    const Kind kind = kind_of(file);
    const std::string body = Writer(kind, expanded, surroundings).run();
    switch (kind) {
        case Kind::html:
            return "{{%AUTOESCAPE context=\"HTML\"}}" + body;
        case Kind::xml:
            return "{{%AUTOESCAPE context=\"XML\"}}" + body;
        case Kind::text:
            break;
    }
    return body;
}

}  // namespace mitwirken::html
