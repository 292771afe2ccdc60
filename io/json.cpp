#include <hourglass/io/json.h>

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

using Json = nlohmann::json;

// Goes through JSON before it is parsed, for what nlohmann lets pass: names that stand twice, of which it keeps the
// last, and any depth. (Its own callback would do, but takes quadratic time.)
class Check : public nlohmann::json_sax<Json> {
 public:
  explicit Check(int deepest) : deepest_(deepest) {}
  std::string fault;

  bool key(std::string& name) override {
    if (!names_.back().insert(name).second) fault = "the name '" + name + "' stands in it twice";
    return fault.empty();
  }
  bool start_object(std::size_t) override {
    names_.emplace_back();
    return deeper();
  }
  bool end_object() override {
    names_.pop_back();
    --depth_;
    return true;
  }
  bool start_array(std::size_t) override { return deeper(); }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(std::int64_t) override { return true; }
  bool number_unsigned(std::uint64_t) override { return true; }
  bool number_float(double, const std::string&) override { return true; }
  bool string(std::string&) override { return true; }
  bool binary(Json::binary_t&) override { return true; }
  bool parse_error(std::size_t place, const std::string&, const nlohmann::detail::exception&) override {
    fault = text("no JSON from byte ", place, " on");
    return false;
  }

 private:
  bool deeper() {
    if (++depth_ > deepest_) fault = text("nested deeper than ", deepest_, " levels");
    return fault.empty();
  }

  std::vector<std::set<std::string>> names_;  // of each object that is open
  int depth_ = 0, deepest_;
};

}  // namespace

Json parse_json(const std::string& who, std::string_view text, int deepest) {
  // nlohmann passes over a mark of byte order, and takes a NUL byte for the end, whatever comes behind it
  const std::size_t foreign = text.starts_with("\xef\xbb\xbf") ? 0 : text.find('\0');
  require(foreign == std::string_view::npos, who, ": no JSON from byte ", foreign + 1, " on");
  Check check(deepest);
  Json::sax_parse(text.begin(), text.end(), &check);
  require(check.fault.empty(), who, ": ", check.fault);
  return Json::parse(text.begin(), text.end(), nullptr, false);
}

std::string quoted(const std::string& who, const std::string& text) {
  const std::string json = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  require(Json::parse(json) == text, who, ": '", text, "' is not UTF-8");  // nlohmann's exception would not state whose
  return json;
}

}  // namespace hourglass::HOURGLASS_BUILD::io
