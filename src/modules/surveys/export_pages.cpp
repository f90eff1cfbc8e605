// Exports of every answer, in pieces: memory stays the same however many there are, and no transaction lasts long. CSV
// cells that a spreadsheet would take for a formula get a leading ' (tables/csv.h); XLSX cells are always text.
#include <memory>

#include "core/forms/table.h"
#include "modules/surveys/desk.h"
#include "modules/surveys/export.h"
#include "modules/surveys/pages.h"
#include "platform/tables/csv.h"
#include "platform/tables/xlsx.h"
#include "surveys/templates.h"

namespace mitwirken::surveys {

namespace {

constexpr int piece = 200;

// Everything the lines need; shared with the producer, which outlives the visit.
struct Export {
    core::ActivityId activity;
    std::vector<Question> questions;
    std::vector<Column> columns;
    Cells cells = Cells::words;
    core::ContributionId after;
    std::vector<std::string> head;
};

std::shared_ptr<Export> new_export(Visit& visit, core::ActivityId activity) {
    auto e = std::make_shared<Export>();
    e->activity = activity;
    std::vector<Questionnaire> contents;
    for (const auto& version : versions(visit.tx, activity)) contents.push_back(parse_questionnaire(version.content));
    e->questions = merged(contents);
    e->columns = columns_of(e->questions);
    e->cells = visit.query["werte"] == "schluessel" ? Cells::keys : Cells::words;
    e->head = {visit.tr("Number"), visit.tr("Version"), visit.tr("Channel"), visit.tr("Language"), visit.tr("Sent")};
    for (const auto& column : e->columns)
        e->head.push_back(e->cells == Cells::keys ? column.name : column.name + " " + column.title.german());
    return e;
}

std::vector<std::string> line_of(const Export& e, const Exported& one) {
    std::vector<std::string> line = {std::to_string(one.id.value), std::to_string(one.version_number),
                                     channel_word(one.channel), one.language, to_iso(one.sent_at)};
    const auto values = parse_values(one.answers);
    for (const auto& column : e.columns) line.push_back(cell_of(column, values, e.cells));
    return line;
}

// The next piece of answers; empty at the end.
std::vector<Exported> next_piece(db::Database& database, Export& e) {
    std::vector<Exported> some;
    database.read([&](db::Tx& tx) { some = answers_after(tx, e.activity, e.after, piece); });
    if (!some.empty()) e.after = some.back().id;
    return some;
}

http::Response download(const std::string& type, const std::string& file) {
    http::Response response;
    response.headers.set("Content-Type", type);
    response.headers.set("Content-Disposition", "attachment; filename=\"" + file + "\"");
    return response;
}

const std::vector<std::string>& codebook_head() {
    static const std::vector<std::string> head = {"Spalte", "Frage", "Art", "Schlüssel", "Bedeutung"};
    return head;
}

std::vector<Code> codes(Visit& visit, core::ActivityId activity) {
    return codebook(new_export(visit, activity)->columns);
}

}  // namespace

http::Response export_csv(Visit& visit) {
    const auto d = desk(visit, results_action);
    auto e = new_export(visit, d.activity->id);
    auto csv = std::make_shared<tables::CsvWriter>();
    csv->row(e->head);
    auto response = download("text/csv; charset=utf-8", d.activity->key + "-antworten.csv");
    response.producer = [e, csv, database = visit.house.database](std::string& out) {
        const auto some = next_piece(*database, *e);
        for (const auto& one : some) csv->row(line_of(*e, one));
        out += csv->take();
        return !some.empty();
    };
    return response;
}

http::Response export_xlsx(Visit& visit) {
    const auto d = desk(visit, results_action);
    auto e = new_export(visit, d.activity->id);
    auto book = std::make_shared<tables::XlsxWriter>(visit.now);
    book->sheet(visit.tr("Answers"), e->head);
    auto response = download("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                             d.activity->key + "-antworten.xlsx");
    response.producer = [e, book, database = visit.house.database, list = codebook(e->columns),
                         title = visit.tr("Codebook")](std::string& out) {
        const auto some = next_piece(*database, *e);
        for (const auto& one : some) {
            std::vector<tables::XlsxCell> cells;
            for (auto& text : line_of(*e, one)) cells.emplace_back(std::move(text));
            book->row(cells);
        }
        if (!some.empty()) return true;
        book->sheet(title, codebook_head());
        for (const auto& code : list) book->row({code.column, code.question, code.kind, code.code, code.label});
        out += book->finish();
        return false;
    };
    return response;
}

http::Response codebook_page(Visit& visit) {
    const auto d = desk(visit, results_action);
    core::TableView view{
        .id = "codebook", .caption = visit.tr("Codebook"), .empty = visit.tr("There is no question yet.")};
    view.columns = {visit.tr("Column"), visit.tr("Question"), visit.tr("Kind"), visit.tr("Key"), visit.tr("Meaning")};
    for (const auto& code : codes(visit, d.activity->id))
        view.rows.push_back({core::text_cell(code.column), core::text_cell(code.question), core::text_cell(code.kind),
                             core::text_cell(code.code), core::text_cell(code.label)});
    html::Values values;
    values.set(tpl::codebook::TABLE, core::table(visit, view))
        .set(tpl::codebook::BACK, visit.url(d.path + "/ergebnisse"))
        .set(tpl::codebook::CSV, visit.url(d.path + "/codebuch.csv"));
    return desk_answer(visit, d, Tab::results, visit.tr("Codebook"),
                       html::render_part(tpl::codebook::file, values, visit.language));
}

http::Response codebook_csv(Visit& visit) {
    const auto d = desk(visit, results_action);
    tables::CsvWriter csv;
    csv.row(codebook_head());
    for (const auto& code : codes(visit, d.activity->id))
        csv.row({code.column, code.question, code.kind, code.code, code.label});
    auto response = download("text/csv; charset=utf-8", d.activity->key + "-codebuch.csv");
    response.body = csv.take();
    return response;
}

}  // namespace mitwirken::surveys
