#!/usr/bin/env bash
# The language of all texts and comments: Vale with the rules of styles/Hourglass, and whether each of these rules reports
# a bad sentence. Vale is compiled once, by Go, into build/prose.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
version=3.7.1
vale=$PWD/build/prose/vale-$version
options=(--config=tools/prose/vale.ini --output=line)

# newer_go: prints the path of a Go that compiles Vale. Debian's is older, and takes a newer one as a module.
newer_go() {
  if go version | grep -qE ' go1\.(2[1-9]|[3-9][0-9])'; then echo go; return; fi # with GOTOOLCHAIN it fetches a newer one itself
  local folder
  folder=$(go mod download -json "golang.org/toolchain@v0.0.1-go1.23.4.linux-$(go env GOARCH)" |
    sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  chmod -R u+x "$folder/bin" "$folder/pkg/tool" # a module holds no permissions
  echo "$folder/bin/go"
}

# install: compiles Vale
install() {
  command -v go >/dev/null || ./course --need golang-go
  local go
  go=$(newer_go)
  echo "compiling Vale $version: some minutes" >&2
  mkdir -p build/prose
  GOBIN=$PWD/build/prose GOTOOLCHAIN=auto "$go" install "github.com/errata-ai/vale/v3/cmd/vale@v$version"
  mv build/prose/vale "$vale"
}

# lint FILE...: prints FILE:LINE:COLUMN:RULE:MESSAGE for each alarm; fails if there is one
lint() { "$vale" "${options[@]}" "$@"; }

# texts: all that Vale can read; the ledger and the report's code are outside for now
texts() { git ls-files -z '*.md' '*.h' '*.cpp' | grep -zvE '^(docs/ledger\.md|report/|tools/prose/)'; }

[ -x "$vale" ] || install
bad=0
texts | xargs -0 "$vale" "${options[@]}" || bad=1

# the rules themselves: every sentence of bad.md is reported, none of good.md is
lint tools/prose/bad.md >build/prose/bad || true
while IFS= read -r line; do
  grep -q "^tools/prose/bad\.md:${line%%:*}:" build/prose/bad || { echo "tools/prose/bad.md:$line: not reported"; bad=1; }
done < <(grep -n '^- ' tools/prose/bad.md)
lint tools/prose/good.md || bad=1
[ $bad = 1 ] || echo "no alarm in $(texts | tr -cd '\0' | wc -c) files"
exit $bad
