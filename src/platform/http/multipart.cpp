// read_form: the body of a POST as fields and uploads. GMime reads the header of each part and undoes its transfer
// encoding; finding the delimiters is a plain search over the mapped file, because GMime's own parser would build a
// tree of millions of parts, or of nested ones, when somebody sends that. Memory stays bounded whatever comes.
#include <gmime/gmime.h>
#include <sys/mman.h>

#include <cstring>

#include "platform/base/error.h"
#include "platform/base/text.h"
#include "platform/http/body.h"
#include "platform/http/message.h"
#include "platform/http/source.h"

namespace mitwirken::http {

namespace {

constexpr std::size_t max_fields = 1000, max_files = 50, max_text = 1024 * 1024, max_part_header = 16 * 1024;
constexpr std::size_t max_urlencoded = 8 * 1024 * 1024, max_name = 200;

template <class T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref<T>>;

Message broken() { return tr_noop("The form arrived incomplete. Please send it again."); }

// The whole body as bytes, wherever it lies.
class Bytes {
public:
    explicit Bytes(const Request& request) : text_(request.body) {
        if (request.body_path.empty()) return;
        const OpenFile file(request.body_path);
        if (!file || file.size() == 0) throw BadRequest(broken());
        size_ = static_cast<std::size_t>(file.size());
        mapped_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file.descriptor(), 0);
        if (mapped_ == MAP_FAILED) throw Busy(tr_noop("There is no room for the form right now. Please try again."));
        ::madvise(mapped_, size_, MADV_SEQUENTIAL);
        text_ = {static_cast<const char*>(mapped_), size_};
    }
    ~Bytes() {
        if (size_ > 0) ::munmap(mapped_, size_);
    }
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
    void* mapped_ = nullptr;
    std::size_t size_ = 0;
};

struct Part {
    std::string_view header, content;
};

// Cuts the body into parts.
class Parts {
public:
    Parts(std::string_view body, std::string_view boundary)
        : body_(body), delimiter_("\r\n--" + std::string(boundary)) {
        if (body_.starts_with(std::string_view(delimiter_).substr(2))) {
            after_delimiter(delimiter_.size() - 2);
        } else {
            const auto first = find_delimiter(0);
            if (first == std::string_view::npos) throw BadRequest(broken());
            after_delimiter(first + delimiter_.size());
        }
    }

    // False: that was the last one. Throws BadRequest when something is missing.
    bool next(Part& part) {
        if (finished_) return false;
        // The header may be empty: then its empty line is the one right after the delimiter.
        const auto rest = body_.substr(at_ - 2, max_part_header);
        const auto header_end = rest.find("\r\n\r\n");
        if (header_end == std::string_view::npos) throw BadRequest(broken());
        part.header = rest.substr(0, header_end + 4).substr(2);
        const auto begin = at_ - 2 + header_end + 4;
        const auto end = find_delimiter(begin);
        if (end == std::string_view::npos) throw BadRequest(broken());
        part.content = body_.substr(begin, end - begin);
        after_delimiter(end + delimiter_.size());
        return true;
    }

private:
    // A delimiter is followed by "--" or by the end of its line; anything else is content that only looks like one.
    std::size_t find_delimiter(std::size_t from) const {
        for (;; ++from) {
            from = body_.find(delimiter_, from);
            if (from == std::string_view::npos || line_end(from + delimiter_.size()) > 0) return from;
        }
    }
    // Where the line that goes on at `at` with nothing but blanks ends; 0 when there is something else.
    std::size_t line_end(std::size_t at) const {
        const bool last = body_.substr(at).starts_with("--");
        if (last) at += 2;
        while (at < body_.size() && (body_[at] == ' ' || body_[at] == '\t')) ++at;
        if (last && at == body_.size()) return at;
        return body_.substr(at).starts_with("\r\n") ? at + 2 : 0;
    }
    void after_delimiter(std::size_t at) {
        finished_ = body_.substr(at).starts_with("--");
        at_ = line_end(at);
        if (at_ == 0) throw BadRequest(broken());
    }

    std::string_view body_;
    std::string delimiter_;
    std::size_t at_ = 0;
    bool finished_ = false;
};

struct PartHeader {
    std::string name, file_name, type;
    bool is_file = false;
    GMimeContentEncoding encoding = GMIME_CONTENT_ENCODING_DEFAULT;
};

// Browsers write the three characters that would break the header as %22, %0D and %0A, and nothing else.
std::string unescape_name(const char* text) {
    std::string name(text ? text : "");
    for (const auto& [escape, character] : {std::pair{"%22", "\""}, std::pair{"%0D", "\r"}, std::pair{"%0A", "\n"}})
        for (auto at = name.find(escape); at != std::string::npos; at = name.find(escape, at + 1))
            name.replace(at, 3, character);
    return name;
}

PartHeader read_header(std::string_view text) {
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    const Owned<GMimeObject> object(g_mime_parser_construct_part(parser.get(), nullptr));
    if (!object) throw BadRequest(broken());
    if (!GMIME_IS_PART(object.get()))
        throw BadRequest(tr_noop("Several files packed into one cannot be taken. Please send them one by one."));
    auto* disposition = g_mime_object_get_content_disposition(object.get());
    if (!disposition || lower_ascii(g_mime_content_disposition_get_disposition(disposition)) != "form-data")
        throw BadRequest(broken());
    PartHeader header;
    const auto* name = g_mime_content_disposition_get_parameter(disposition, "name");
    if (!name) throw BadRequest(broken());
    header.name = clean(unescape_name(name));
    const auto* file = g_mime_content_disposition_get_parameter(disposition, "filename");
    header.is_file = file != nullptr;
    header.file_name = unescape_name(file);
    const std::unique_ptr<char, decltype(&g_free)> type(
        g_mime_content_type_get_mime_type(g_mime_object_get_content_type(object.get())), &g_free);
    header.type = clean(lower_ascii(type.get()));
    header.encoding = g_mime_part_get_content_encoding(GMIME_PART(object.get()));
    return header;
}

// Gives the decoded content piece by piece.
template <class Take>
void decode(std::string_view content, GMimeContentEncoding encoding, Take take) {
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, encoding);
    constexpr std::size_t step = 64 * 1024;
    std::string piece;
    while (!content.empty()) {
        const auto in = content.substr(0, step);
        content.remove_prefix(in.size());
        piece.resize(g_mime_encoding_outlen(&state, in.size()));
        piece.resize(g_mime_encoding_step(&state, in.data(), in.size(), piece.data()));
        take(std::string_view(piece));
    }
    piece.resize(g_mime_encoding_outlen(&state, 0) + 8);
    piece.resize(g_mime_encoding_flush(&state, "", 0, piece.data()));
    take(std::string_view(piece));
}

std::string read_text(const Part& part, const PartHeader& header) {
    std::string text;
    decode(part.content, header.encoding, [&](std::string_view piece) {
        text += piece;
        if (text.size() > max_text)
            throw TooLarge(
                tr_noop("The text in one field is too long: at most {limit} are possible.", {{"limit", "1 MB"}}));
    });
    return clean(text);
}

// The base name only, without what could be mistaken for a path, at most max_name bytes with the ending kept.
std::string safe_name(std::string_view name) {
    name.remove_prefix(name.find_last_of("/\\") + 1);  // npos + 1 is 0
    std::string safe = clean(name);
    std::erase_if(safe, [](char c) { return c == '\n' || c == '\t'; });
    safe = trimmed(safe);
    if (safe.find_first_not_of('.') == std::string::npos) return "file";
    if (safe.size() <= max_name) return safe;
    const auto dot = safe.rfind('.');
    const std::string ending = dot != std::string::npos && safe.size() - dot <= 20 ? safe.substr(dot) : "";
    auto cut = max_name - ending.size();
    while ((static_cast<unsigned char>(safe[cut]) & 0xC0) == 0x80) --cut;
    return safe.substr(0, cut) + ending;
}

Upload read_file(const Part& part, PartHeader&& header, Request& request) {
    if (!request.temporary) request.temporary = std::make_shared<Temporary>("");
    auto file = request.temporary->create();
    Upload upload{std::move(header.name), safe_name(header.file_name), std::move(header.type), file.path, 0};
    const FileWriter writer(file.descriptor);
    decode(part.content, header.encoding, [&](std::string_view piece) {
        upload.size += piece.size();
        if (!writer.write(piece))
            throw Busy(tr_noop("There is no room for the file right now. Please try again later."));
    });
    return upload;
}

Posted read_multipart(Request& request, std::string_view boundary) {
    Posted posted;
    const Bytes bytes(request);
    Parts parts(bytes.text(), boundary);
    for (Part part; parts.next(part);) {
        auto header = read_header(part.header);
        if (header.is_file) {
            if (header.file_name.empty() && part.content.empty()) continue;  // nothing was chosen
            if (posted.uploads.size() == max_files)
                throw TooLarge(tr_noop("These are too many files: at most {limit} are possible at once.",
                                       {{"limit", std::to_string(max_files)}}));
            posted.uploads.push_back(read_file(part, std::move(header), request));
        } else if (header.name != "_charset_") {
            if (posted.form.fields().size() == max_fields) throw TooLarge(tr_noop("The form has too many fields."));
            posted.form.add(std::move(header.name), read_text(part, header));
        }
    }
    return posted;
}

Posted read_urlencoded(const Request& request) {
    if (request.body_size > max_urlencoded) throw TooLarge(tr_noop("The form holds too much text."));
    const Bytes bytes(request);
    if (std::count(bytes.text().begin(), bytes.text().end(), '&') >= static_cast<std::ptrdiff_t>(max_fields))
        throw TooLarge(tr_noop("The form has too many fields."));
    Posted posted{parse_query(bytes.text()), {}};
    posted.form.remove("_charset_");
    for (const auto& [name, value] : posted.form.fields())
        if (value.size() > max_text)
            throw TooLarge(
                tr_noop("The text in one field is too long: at most {limit} are possible.", {{"limit", "1 MB"}}));
    return posted;
}

}  // namespace

Posted read_form(Request& request) {
    static const bool ready = (g_mime_init(), true);
    const std::string field(request.headers["Content-Type"]);
    const auto type = lower_ascii(trimmed(std::string_view(field).substr(0, field.find(';'))));
    if (ready && type == "application/x-www-form-urlencoded") return read_urlencoded(request);
    if (type.empty() && request.body.empty() && request.body_path.empty()) return {};
    if (type != "multipart/form-data") throw BadRequest(tr_noop("This is not a form that can be read here."));
    const Owned<GMimeContentType> parsed(g_mime_content_type_parse(nullptr, field.c_str()));
    const auto* boundary = parsed ? g_mime_content_type_get_parameter(parsed.get(), "boundary") : nullptr;
    if (!boundary || *boundary == '\0' || std::strlen(boundary) > 70) throw BadRequest(broken());
    return read_multipart(request, boundary);
}

}  // namespace mitwirken::http
