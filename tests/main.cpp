#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <hourglass/io/terminal.h>

int main(int argc, char** argv) {
  doctest::Context context;
  context.setOption("no-colors", !hourglass::io::takes_escapes(stdout));  // it looks no further than isatty
  context.applyCommandLine(argc, argv);
  return context.run();
}
