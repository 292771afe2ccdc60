# Each folder includes only what its row allows: data flows one way, and so do includes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

declare -A below=(
  [tensor]='' [autograd]='tensor' [nn]='tensor autograd' [io]='tensor autograd nn' [data]='tensor io'
  [metrics]='tensor autograd nn' [models]='tensor autograd nn' [codec]='tensor autograd nn io models'
  [report]='tensor io metrics' [claims]='tensor autograd nn io data metrics models codec report lessons'
  [lessons]='tensor autograd nn io data metrics models codec report claims')

# check ROOT: prints each include that runs up the stairs; fails if there is one.
check() {
  local folder allowed bad=0 line
  for folder in "${!below[@]}"; do
    [ -d "$1/$folder" ] || continue
    allowed=" $folder ${below[$folder]} "
    while IFS= read -r line; do
      [[ $allowed == *" $(sed 's/.*#include "\([a-z]*\)\/.*/\1/' <<<"$line") "* ]] || { echo "runs up the stairs: $line"; bad=1; }
    done < <(grep -rnE '#include "[a-z0-9_]+/' "$1/$folder" --include='*.h' --include='*.cpp' || true)
  done
  # BLAS and LAPACK are behind tensor/, decoders of images behind data/
  if grep -rnE '#include <(cblas|lapacke?|openblas_config)\.h>' "$1" --include='*.h' --include='*.cpp' | grep -vE "^$1/(tensor|build|bench)/"; then bad=1; fi
  if grep -rn '#include <stb_image.h>' "$1" --include='*.h' --include='*.cpp' | grep -vE "^$1/(data|build|tests)/"; then bad=1; fi
  return $bad
}

check .

# and the check itself notices
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
mkdir "$trial/tensor" && echo '#include "nn/layer.h"' >"$trial/tensor/wrong.cpp"
if check "$trial" >/dev/null; then echo 'tensor/ may include nn/ unnoticed'; exit 1; fi
