#!/usr/bin/env bash
# grade.sh LIST: a verdict in JSON for each line of LIST, which is `N TASK` or `engine PIECE`, on the files in work/. For a
# folder that `./course prepare` has made ready: it needs no network. Status 0 unless LIST cannot be read.
set -uo pipefail
list=$(cat "${1:?usage: grade.sh LIST}") || exit 2
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." || exit 2
grep -v '^#' <<<"$list" | while read -r lesson task; do
  case $lesson in
    '') ;;
    engine) ./course --no-install engine "$task" --once --json </dev/null 2>/dev/null ;;
    *) ./course --no-install exercise "$lesson" "$task" --once --json </dev/null 2>/dev/null ;;
  esac || true
done
