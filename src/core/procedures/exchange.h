// The exchange format of procedures ("mitwirken/procedure", version 1): export, import, copies and templates use it,
// and the command line answers questions from it. Reading is strict and names the place; members it does not know are
// kept in `extra` and written back, so that files with later fields survive an older program. All local times:
// Europe/Berlin.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/procedures/grid.h"
#include "core/procedures/procedures.h"
#include "platform/base/result.h"

namespace mitwirken::core {

// A procedure that validate() accepts, or what stands in its way: in the file as such, else in its parts.
Result<Procedure> read_procedure(std::string_view json);
// Read again it gives the same answers to every question.
std::string write_procedure(const Procedure& procedure);

struct Question {
    std::string id;
    std::vector<std::string> tracks;
    std::string activity, interaction;
    Timestamp at;
};
// [{"id", "tracks", "activity", "interaction", "at"}], at as "2026-11-23T08:49:57Z"
Result<std::vector<Question>> read_questions(std::string_view json);
// [{"id", "visible", "allowed", "because", "track", "step", "from", "until"}] in the order of the questions
std::string write_answers(const Procedure& procedure, const std::vector<Question>& questions);

}  // namespace mitwirken::core
