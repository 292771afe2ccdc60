#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace hourglass::HOURGLASS_BUILD::io {

/// The text as JSON, read strictly: throws, naming `who`, on text that is not JSON from its first byte to its last (RFC
/// 8259: NaN, Infinity, a NUL byte and a mark of byte order are not), on an object with two members of one name, and on
/// nesting deeper than `deepest`.
nlohmann::json parse_json(const std::string& who, std::string_view text, int deepest);

/// The text as a string of JSON, in its quotation marks. Throws, naming `who`, when it is not UTF-8.
std::string quoted(const std::string& who, const std::string& text);

}  // namespace hourglass::HOURGLASS_BUILD::io
