// Templates ("Verfahrensarten"): the exchange file of a procedure whose days are counted from its beginning. Day 0 is
// the first day of the first step; what has to be done before it has a negative number. Members and an example stand in
// docs/procedures.md. Pure; the rows are in records.h.
//
//   {"format": "mitwirken/template", "version": 1, "template": {key, title, summary, toolbox_format?}, …}
//
// Everything else is the exchange format: first_day and last_day of a step, due of a task and day of an event are whole
// numbers, opens_at and closes_at are texts such as "12T18:30". Members that are not known here stay where they are.
#pragma once

#include <string>
#include <string_view>

#include "core/procedures/records.h"
#include "platform/base/result.h"

namespace mitwirken::core {

// The exchange file that this content makes when day 0 is `first`; what is wrong is said with its place. The parts are
// checked by read_whole().
Result<std::string> with_real_days(std::string_view content, Date first);

// An exchange file as the content of a template: days counted from its first one, without what belongs to one procedure
// only (key, state, dossier, area). Expects what read_whole() accepts.
std::string with_counted_days(std::string_view exchange);

// A template in and out of its file. Reading checks format and head; the parts are for with_real_days().
Result<ProcedureType> read_type(std::string_view json);
std::string write_type(const ProcedureType& type);

}  // namespace mitwirken::core
