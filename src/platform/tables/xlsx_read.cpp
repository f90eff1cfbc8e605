// See xlsx_read.h. What must stay true: nothing is unpacked beyond a limit, no entity is expanded, nothing is fetched;
// the sheet is read as a stream, so its size in memory is that of its texts.
#include "platform/tables/xlsx_read.h"

#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlreader.h>
#include <zip.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <optional>

#include "platform/base/text.h"
#include "platform/base/time.h"

namespace mitwirken::tables {

namespace {

constexpr std::uint64_t most_unpacked = 200'000'000;  // of one part
constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;

Message broken() {
    return tr_noop(
        "This is no Excel file that can be read here. Please save it as .xlsx without a password, or as CSV.");
}

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
struct Free {
    void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
    void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
    void operator()(xmlChar* text) const { xmlFree(text); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Doc = std::unique_ptr<xmlDoc, Free>;

Archive open(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr;
    if (!archive && source) zip_source_free(source);
    zip_error_fini(&error);
    return Archive(archive);
}

// A part of the workbook; nothing when it is not there, locked, or larger than anybody needs.
std::optional<std::string> part(const Archive& archive, const std::string& name) {
    zip_stat_t status;
    if (zip_stat(archive.get(), name.c_str(), 0, &status) != 0 || status.size > most_unpacked) return {};
    const std::unique_ptr<zip_file_t, Free> file(zip_fopen(archive.get(), name.c_str(), 0));
    if (!file) return {};
    std::string content(status.size, '\0');
    std::size_t done = 0;
    while (done < content.size()) {
        const auto read = zip_fread(file.get(), content.data() + done, content.size() - done);
        if (read <= 0) return {};
        done += std::size_t(read);
    }
    return content;
}

Doc document(const std::optional<std::string>& text) {
    if (!text) return {};
    return Doc(xmlReadMemory(text->data(), int(text->size()), nullptr, nullptr, options));
}

bool named(const xmlNode* node, std::string_view name) {
    return node->type == XML_ELEMENT_NODE && reinterpret_cast<const char*>(node->name) == name;
}
std::string attribute(const xmlNode* node, const char* name) {
    const std::unique_ptr<xmlChar, Free> value(
        xmlGetProp(const_cast<xmlNode*>(node), reinterpret_cast<const xmlChar*>(name)));
    return value ? reinterpret_cast<const char*>(value.get()) : "";
}
template <class F>
void each(const xmlNode* from, std::string_view name, F&& use) {
    for (const xmlNode* child = from ? from->children : nullptr; child; child = child->next)
        if (named(child, name)) use(child);
}

// Where the first sheet of the workbook lies.
std::string first_sheet(const Archive& archive) {
    const std::string usual = "xl/worksheets/sheet1.xml";
    const Doc book = document(part(archive, "xl/workbook.xml"));
    const Doc links = document(part(archive, "xl/_rels/workbook.xml.rels"));
    if (!book || !links) return usual;
    std::string id, target;
    each(xmlDocGetRootElement(book.get()), "sheets", [&](const xmlNode* sheets) {
        each(sheets, "sheet", [&](const xmlNode* sheet) { id = id.empty() ? attribute(sheet, "id") : id; });
    });
    each(xmlDocGetRootElement(links.get()), "Relationship", [&](const xmlNode* link) {
        if (attribute(link, "Id") == id) target = attribute(link, "Target");
    });
    if (target.empty()) return usual;
    return target[0] == '/' ? target.substr(1) : "xl/" + target;
}

// Which formats of cells show a day: the built-in ones and those whose code has a year or a day in it.
std::vector<bool> day_styles(const Archive& archive) {
    const Doc doc = document(part(archive, "xl/styles.xml"));
    std::vector<bool> styles;
    if (!doc) return styles;
    std::vector<std::int64_t> own;
    const xmlNode* root = xmlDocGetRootElement(doc.get());
    each(root, "numFmts", [&](const xmlNode* formats) {
        each(formats, "numFmt", [&](const xmlNode* format) {
            const std::string code = lower_ascii(attribute(format, "formatCode"));
            if (code.find_first_of("yjd") != std::string::npos && code.find("[red]") == std::string::npos)
                own.push_back(to_int(attribute(format, "numFmtId")).value_or(-1));
        });
    });
    each(root, "cellXfs", [&](const xmlNode* formats) {
        each(formats, "xf", [&](const xmlNode* format) {
            const auto id = to_int(attribute(format, "numFmtId")).value_or(0);
            const bool built_in = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36);
            styles.push_back(built_in || std::find(own.begin(), own.end(), id) != own.end());
        });
    });
    return styles;
}

// Excel's day 1 is 1 January 1900, and it believes in 29 February 1900.
std::string day_of(double number) {
    if (number < 61 || number > 2'900'000) return "";
    return to_iso(add_days(Date{std::chrono::year{1899}, std::chrono::month{12}, std::chrono::day{30}}, int(number)));
}

std::string number_text(const std::string& raw, bool is_day) {
    double number = 0;
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
    if (error != std::errc() || end != raw.data() + raw.size()) return raw;
    if (is_day)
        if (const std::string day = day_of(number); !day.empty()) return day;
    if (std::abs(number) < 1e15 && number == std::floor(number)) return fmt::format("{}", std::int64_t(number));
    return fmt::format("{:.15g}", number);
}

// "BC12" -> 54, nothing when it is no cell.
std::optional<std::size_t> column_of(const std::string& reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + std::size_t(c - 'A' + 1);
        if (column > 20'000) return {};
    }
    if (column == 0) return {};
    return column - 1;
}

// A stream over one part: elements by name, with what is written in them.
class Stream {
public:
    explicit Stream(std::string text)
        : text_(std::move(text)),
          reader_(xmlReaderForMemory(text_.data(), int(text_.size()), nullptr, nullptr, options)) {}
    bool next() { return reader_ && (last_ = xmlTextReaderRead(reader_.get())) == 1; }
    bool failed() const { return !reader_ || last_ < 0; }
    bool begins(std::string_view name) const { return is(XML_READER_TYPE_ELEMENT, name); }
    bool ends(std::string_view name) const {
        return is(XML_READER_TYPE_END_ELEMENT, name) ||
               (begins(name) && xmlTextReaderIsEmptyElement(reader_.get()) == 1);
    }
    bool text() const {
        const int type = xmlTextReaderNodeType(reader_.get());
        return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
               type == XML_READER_TYPE_WHITESPACE || type == XML_READER_TYPE_CDATA;
    }
    std::string value() const {
        const auto* value = xmlTextReaderConstValue(reader_.get());
        return value ? reinterpret_cast<const char*>(value) : "";
    }
    std::string attribute(const char* name) const {
        const std::unique_ptr<xmlChar, Free> value(
            xmlTextReaderGetAttribute(reader_.get(), reinterpret_cast<const xmlChar*>(name)));
        return value ? reinterpret_cast<const char*>(value.get()) : "";
    }

private:
    bool is(int type, std::string_view name) const {
        if (xmlTextReaderNodeType(reader_.get()) != type) return false;
        const auto* own = xmlTextReaderConstLocalName(reader_.get());
        return own && reinterpret_cast<const char*>(own) == name;
    }
    std::string text_;
    std::unique_ptr<xmlTextReader, Free> reader_;
    int last_ = 1;
};

std::optional<std::vector<std::string>> shared_texts(const Archive& archive) {
    std::vector<std::string> texts;
    auto content = part(archive, "xl/sharedStrings.xml");
    if (!content) return texts;
    Stream stream(std::move(*content));
    bool in_text = false, in_reading_aid = false;
    while (stream.next()) {
        if (stream.begins("si")) texts.emplace_back();
        if (stream.begins("rPh")) in_reading_aid = true;  // how Japanese is read aloud
        if (stream.begins("t")) in_text = true;
        if (stream.text() && in_text && !in_reading_aid && !texts.empty()) texts.back() += stream.value();
        if (stream.ends("t")) in_text = false;
        if (stream.ends("rPh")) in_reading_aid = false;
    }
    if (stream.failed()) return {};
    return texts;
}

// What one cell shows.
struct Cell {
    std::size_t column = 0;
    std::string type, raw;
    bool is_day = false;

    std::string shown(const std::vector<std::string>& shared) const {
        if (type == "s") {
            const auto index = to_int(raw);
            return index && *index >= 0 && std::size_t(*index) < shared.size() ? shared[std::size_t(*index)] : "";
        }
        if (type.empty() || type == "n") return number_text(raw, is_day);
        return raw;
    }
};

class Sheet {
public:
    Sheet(std::string text, std::vector<std::string> shared, std::vector<bool> days, const CsvLimits& limits)
        : stream_(std::move(text)), shared_(std::move(shared)), days_(std::move(days)), limits_(limits) {}

    Result<Table> read() {
        while (!problems_.any() && stream_.next()) step();
        if (stream_.failed() && !problems_.any()) problems_.add("", broken());
        if (table_.header.empty() && !problems_.any()) problems_.add("", tr_noop("The file is empty."));
        if (problems_.any()) return problems_;
        return std::move(table_);
    }

private:
    void problem(Message message) { problems_.add("line " + std::to_string(line_), std::move(message)); }

    void step() {
        if (stream_.begins("row")) {
            line_ = int(to_int(stream_.attribute("r")).value_or(line_ + 1));
            row_.clear();
        }
        if (stream_.begins("c")) begin_cell();
        if (stream_.begins("v") || stream_.begins("t")) in_value_ = true;
        if (stream_.text() && in_value_) cell_.raw += stream_.value();
        if (stream_.ends("v") || stream_.ends("t")) in_value_ = false;
        if (stream_.ends("c")) end_cell();
        if (stream_.ends("row")) end_row();
    }

    void begin_cell() {
        const std::string reference = stream_.attribute("r");
        cell_ = {column_of(reference).value_or(reference.empty() ? row_.size() : limits_.max_columns),
                 stream_.attribute("t"), "", false};
        const auto style = to_int(stream_.attribute("s")).value_or(0);
        cell_.is_day = style >= 0 && std::size_t(style) < days_.size() && days_[std::size_t(style)];
    }

    void end_cell() {
        std::string text = clean(cell_.shown(shared_));
        if (text.empty()) return;
        if (text.size() > limits_.max_cell) return problem(tr_noop("A cell in this line holds too much text."));
        if (cell_.column >= limits_.max_columns)
            return problem(tr_noop("There are more than {limit} columns in this line.",
                                   {{"limit", std::to_string(limits_.max_columns)}}));
        if (row_.size() <= cell_.column) row_.resize(cell_.column + 1);
        row_[cell_.column] = std::move(text);
    }

    void end_row() {
        if (row_.empty()) return;
        if (table_.header.empty()) {
            for (auto& name : row_) name = trimmed(name);
            table_.header = std::move(row_);
            row_ = {};
            return;
        }
        if (table_.rows.size() >= limits_.max_rows)
            return problem(tr_noop("The file has more than {limit} rows. Please divide it.",
                                   {{"limit", std::to_string(limits_.max_rows)}}));
        if (row_.size() > table_.header.size())
            return problem(
                tr_noop("This line has {found} cells, the first line has {expected}.",
                        {{"found", std::to_string(row_.size())}, {"expected", std::to_string(table_.header.size())}}));
        row_.resize(table_.header.size());
        table_.rows.push_back(std::move(row_));
        table_.lines.push_back(line_);
        row_ = {};
    }

    Stream stream_;
    const std::vector<std::string> shared_;
    const std::vector<bool> days_;
    const CsvLimits& limits_;
    Table table_;
    Problems problems_;
    std::vector<std::string> row_;
    Cell cell_;
    bool in_value_ = false;
    int line_ = 0;
};

}  // namespace

bool looks_like_xlsx(std::string_view bytes) { return starts_with(bytes, "PK\x03\x04"); }

Result<Table> read_xlsx(std::string_view bytes, const CsvLimits& limits) {
    Problems problems;
    const Archive archive = open(bytes);
    auto sheet = archive ? part(archive, first_sheet(archive)) : std::nullopt;
    auto shared = sheet ? shared_texts(archive) : std::nullopt;
    if (!shared) {
        problems.add("", broken());
        return problems;
    }
    return Sheet(std::move(*sheet), std::move(*shared), day_styles(archive), limits).read();
}

}  // namespace mitwirken::tables
