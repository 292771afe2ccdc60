#include <hourglass/io/header.h>

#include <nlohmann/json.hpp>
#include <set>

#include <hourglass/tensor/error.h>

namespace hourglass::HOURGLASS_BUILD::io {
namespace {

using Json = nlohmann::json;

// Called by nlohmann for each piece of the text. Depth 1: names of tensors; 2: the members of one; 3: in its lists.
class Reader final : public nlohmann::json_sax<Json> {
 public:
  Reader(const std::string& path, Header& header) : path_(path), header_(header) {}

  bool start_object(std::size_t) override {
    if (depth_ == 1 && !in_metadata()) header_.tensors.push_back({name_, "", {}, 0, 0});
    if (depth_ == 1) members_.clear();
    require(depth_ < 2, who(), depth_ == 2 && in_metadata() ? not_a_text() : ": nested deeper than a header is");
    ++depth_;
    return true;
  }

  bool end_object() override {
    --depth_;
    if (depth_ != 1 || in_metadata()) return true;
    require(members_.size() == 3, who(), expected_members);
    require(offsets_ == 2, who(), whole_offsets);
    const Declared& it = header_.tensors.back();
    require(it.first <= it.last, who(), ": data_offsets ", it.first, " to ", it.last, " run backwards");
    return true;
  }

  bool key(std::string& name) override {
    require((depth_ == 1 ? names_ : members_).insert(name).second, path_, ": the name '", name,
            "' stands in the header twice");
    (depth_ == 1 ? name_ : member_) = name;
    if (depth_ == 2 && !in_metadata())
      require(member_ == "dtype" || member_ == "shape" || member_ == "data_offsets", who(), expected_members);
    return true;
  }

  bool start_array(std::size_t) override {
    require(depth_ != 3, who(), ": nested deeper than a header is");
    if (depth_ != 2 || in_metadata() || member_ == "dtype") return other();
    offsets_ = member_ == "data_offsets" ? 0 : offsets_;
    ++depth_;
    return true;
  }

  bool end_array() override {
    --depth_;
    require(member_ != "data_offsets" || offsets_ == 2, who(), whole_offsets);
    return true;
  }

  bool number_unsigned(std::uint64_t value) override {
    if (depth_ != 3) return other();
    Declared& it = header_.tensors.back();
    if (member_ == "shape") {
      require(value < std::uint64_t{1} << 62, who(), whole_size);
      it.sizes.push_back(static_cast<Index>(value));
    } else {
      require(offsets_ < 2, who(), whole_offsets);
      (offsets_++ == 0 ? it.first : it.last) = value;
    }
    return true;
  }

  bool string(std::string& value) override {
    if (depth_ == 2 && in_metadata()) {
      header_.metadata[member_] = value;
    } else if (depth_ == 2 && member_ == "dtype") {
      header_.tensors.back().type = value;
    } else {
      return other();
    }
    return true;
  }

  bool null() override { return other(); }
  bool boolean(bool) override { return other(); }
  bool number_integer(std::int64_t) override { return other(); }
  bool number_float(double, const std::string&) override { return other(); }
  bool binary(Json::binary_t&) override { return other(); }
  bool parse_error(std::size_t place, const std::string&, const nlohmann::detail::exception&) override {
    fail(path_, ": the header is no JSON from its byte ", place, " on");
  }

 private:
  static constexpr const char* expected_members = ": expected dtype, shape and data_offsets and nothing else";
  static constexpr const char* whole_offsets = ": data_offsets must be two whole numbers";
  static constexpr const char* whole_size = ": a size is not a whole number";

  bool in_metadata() const { return name_ == "__metadata__"; }
  std::string not_a_text() const { return " '" + member_ + "' is not a text"; }
  std::string who() const { return path_ + (in_metadata() ? ": __metadata__" : ": tensor '" + name_ + "'"); }

  // Throws, stating what was expected and what was found.
  [[noreturn]] bool other() const {
    require(depth_ > 0, path_, ": the header is not a JSON object");
    require(depth_ > 1, who(), in_metadata() ? " is not an object" : expected_members);
    require(!in_metadata(), who(), not_a_text());
    require(member_ != "dtype", who(), ": dtype is not a text");
    fail(who(), member_ == "shape" ? whole_size : whole_offsets);
  }

  const std::string& path_;
  Header& header_;
  std::string name_, member_;              // the tensor and the member that are being read
  std::set<std::string> names_, members_;  // that have occurred already
  int depth_ = 0, offsets_ = 0;
};

}  // namespace

Header read_header(const std::string& path, std::string_view json) {
  const std::size_t nul = json.find('\0');  // nlohmann takes it for the end, whatever comes behind it
  require(nul == std::string_view::npos, path, ": the header is no JSON from its byte ", nul + 1, " on");
  Header header;
  Reader reader(path, header);
  Json::sax_parse(json.begin(), json.end(), &reader);
  // nlohmann passes over blanks and a mark of byte order, which the format does not allow here
  require(json.front() == '{', path, ": the header begins with byte ", static_cast<std::uint8_t>(json.front()),
          ", expected {");
  return header;
}

}  // namespace hourglass::HOURGLASS_BUILD::io
