// A network of a file of weights as ONNX, for onnxruntime and what else reads it:
//   export_onnx WEIGHTS                 the networks that it holds, one a line
//   export_onnx WEIGHTS NETWORK OUT     as in: export_onnx out/01_encoder_decoder/weights.safetensors encoder
//   encoder.onnx
#include <cstdio>

#include <hourglass/io/onnx/onnx.h>
#include <hourglass/io/writer.h>

using namespace hourglass;

int main(int argc, char** argv) try {
  require(argc == 2 || argc == 4, "usage: export_onnx WEIGHTS [NETWORK OUT]");
  const io::Archive weights = io::load(argv[1]);
  if (argc == 4) {
    io::write_file(argv[3], io::to_onnx(weights, argv[2], argv[1]));
    return 0;
  }
  for (const auto& [name, text] : weights.metadata)
    if (name.starts_with("network.")) std::puts(name.substr(8).c_str());
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
