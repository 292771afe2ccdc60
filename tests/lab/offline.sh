#!/usr/bin/env bash
# The bundle, as a lab meets it: a bare Debian root, the network cut off, a folder with a blank in its name. Needs root.
#   tests/lab/offline.sh [COMMAND]      runs `./course run 1 --quick` and `./course test`, or COMMAND
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ "$(id -u)" = 0 ] || { echo "offline: a root for the trial can only be made by root" >&2; exit 1; }
./course --need debootstrap
place=$(mktemp -d)
leave() {
  for m in dev/pts dev sys proc; do if mountpoint -q "$place/root/$m"; then umount -l "$place/root/$m"; fi; done
  rm -rf --one-file-system "$place"
}
trap leave EXIT

mirror=$(apt-cache policy | sed -nE 's#^ +[0-9]+ (https?://[^ ]+) [a-z]+/main amd64.*#\1#p' | head -n 1)
debootstrap --variant=minbase bookworm "$place/root" "$mirror" >"$place/log" 2>&1 || { tail -n 3 "$place/log"; exit 1; }
rm -rf "$place/root"/etc/apt/sources.list* "$place/root"/var/lib/apt/lists/* "$place/root"/var/cache/apt/archives/*.deb
./course bundle "$place/root/srv/a lab/hourglass"
for m in proc sys dev dev/pts; do mount --bind "/$m" "$place/root/$m"; done
lab() {
  unshare --net env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    ${OPENBLAS_CORETYPE:+OPENBLAS_CORETYPE="$OPENBLAS_CORETYPE"} \
    chroot "$place/root" bash -c "cd '/srv/a lab/hourglass' && $1"
}
if [ $# -gt 0 ]; then lab "$*"; exit; fi
lab 'ip route get 1.1.1.1' >/dev/null 2>&1 && { echo "offline: the network is not cut off"; exit 1; }
lab './course run 1 --quick' | tee "$place/log"
grep -q 'report.html' "$place/log"
lab '[ ! -e build/release/build.ninja ]' # what the bundle brought has run, nothing was compiled
lab './course test' | tail -n 60
