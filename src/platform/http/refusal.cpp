// Answers to requests that pass a limit or are malformed; see refusal.h.
#include "platform/http/refusal.h"

#include <fmt/format.h>

namespace mitwirken::http {

namespace {

std::string in_words(std::uint64_t bytes) {
    if (bytes >= 1024 * 1024) return fmt::format("{} MB", bytes / (1024 * 1024));
    return bytes >= 1024 ? fmt::format("{} kB", bytes / 1024) : fmt::format("{} Byte", bytes);
}

std::string words(int status, const Limits& limits) {
    switch (status) {
        case 400:
            return "Diese Anfrage ist fehlerhaft und wurde nicht bearbeitet. Bitte prüfen Sie die Adresse.\n"
                   "This request is malformed and was not processed. Please check the address.\n";
        case 404:
            return "Diese Datei gibt es nicht.\nThis file does not exist.\n";
        case 408:
            return "Die Anfrage kam zu langsam an und wurde abgebrochen. Bitte versuchen Sie es noch einmal.\n"
                   "The request arrived too slowly and was cancelled. Please try again.\n";
        case 413:
            return fmt::format(
                "Was Sie senden, ist zu groß. Zusammen sind höchstens {0} möglich.\n"
                "What you are sending is too large. At most {0} are possible in total.\n",
                in_words(limits.body_bytes));
        case 414:
            return "Diese Adresse ist zu lang.\nThis address is too long.\n";
        case 416:
            return "Diesen Teil der Datei gibt es nicht.\nThe file does not have this part.\n";
        case 417:
            return "Die Erwartung dieser Anfrage (Expect) ist unbekannt.\nThe expectation of this request is "
                   "unknown.\n";
        case 431:
            return "Der Kopf dieser Anfrage ist zu groß. Bitte löschen Sie die Cookies dieser Seite.\n"
                   "The header of this request is too large. Please delete the cookies of this site.\n";
        case 503:
            return "Im Augenblick sind sehr viele Menschen hier. Bitte versuchen Sie es gleich noch einmal.\n"
                   "A great many people are here right now. Please try again in a moment.\n";
        default:
            return "Das hat nicht geklappt. Der Fehler liegt bei uns. Bitte versuchen Sie es später noch einmal.\n"
                   "This did not work. The fault is ours. Please try again later.\n";
    }
}

}  // namespace

Response refusal(int status, const Limits& limits) {
    auto response = Response::text(status, words(status, limits));
    response.headers.add("Cache-Control", "no-store");
    response.headers.add("X-Content-Type-Options", "nosniff");
    if (status == 503) response.headers.add("Retry-After", "5");
    return response;
}

}  // namespace mitwirken::http
