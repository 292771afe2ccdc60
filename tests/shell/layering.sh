# Each folder includes only what its row allows: data flows one way, and so do includes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

declare -A below=(
  [tensor]='' [autograd]='tensor' [nn]='tensor autograd' [io]='tensor autograd nn' [data]='tensor io'
  [metrics]='tensor autograd nn' [models]='tensor autograd nn' [codec]='tensor autograd nn io models'
  [report]='tensor io metrics' [claims]='tensor autograd nn io data metrics models codec report'
  [lessons]='tensor autograd nn io data metrics models codec report claims')

# only_in INCLUDE FOLDERS ROOT: prints each line that includes so outside of the folders; fails if there is one.
only_in() {
  ! grep -rnE "$1" "$3" --include='*.h' --include='*.cpp' --exclude-dir=build --exclude-dir='.*[a-z]' |
    grep -vE "^$3/($2)/"
}

# check ROOT: prints each include that runs up the stairs; fails if there is one.
check() {
  local folder allowed bad=0 line
  for folder in "${!below[@]}"; do
    [ -d "$1/$folder" ] || continue
    allowed=" $folder ${below[$folder]} "
    while IFS= read -r line; do
      [[ $allowed == *" $(sed 's/.*#include ["<]\(hourglass\/\)\?\([a-z]*\)\/.*/\2/' <<<"$line") "* ]] || { echo "runs up the stairs: $line"; bad=1; }
    done < <(grep -rnE '#include ("|<hourglass/)[a-z0-9_]+/' "$1/$folder" --include='*.h' --include='*.cpp' || true)
  done
  # BLAS and LAPACK are behind tensor/, stb_image behind data/, libjpeg behind io/, MPI behind io/mpi/; no path climbs by ".."
  only_in '#include <(cblas|lapacke?|openblas_config)\.h>' 'tensor|bench' "$1" || bad=1
  only_in '#include <stb_image\.h>' 'data|tests' "$1" || bad=1
  only_in '#include <jpeglib\.h>' 'io|tests' "$1" || bad=1
  only_in '#include <mpi\.h>' 'io/mpi' "$1" || bad=1
  only_in '#include ["<](.*/)?\.\./' 'none' "$1" || bad=1
  return $bad
}

check .

# and the check itself notices
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
for wrong in 'tensor hourglass/nn/layer.h' 'autograd nn/layer.h' 'nn ../models/undercomplete.h' 'report stb_image.h' 'codec jpeglib.h' 'models cblas.h' 'io mpi.h' \
  'claims lessons/common/run.h'; do
  read -r folder header <<<"$wrong"
  rm -rf "${trial:?}"/* && mkdir "$trial/$folder"
  case $header in [!h]*/*) echo "#include \"$header\"" ;; *) echo "#include <$header>" ;; esac >"$trial/$folder/wrong.cpp"
  if check "$trial" >/dev/null; then echo "$folder/ may include $header unnoticed"; exit 1; fi
done
