#!/bin/sh
# Starting N daemons in contracts of their own, against the same in C (fork, join, exec).
# usage: bench/contracts/run.sh [N [ROUNDS]]     needs: root, a cgroup2 mount, gcc, a built orchestrator
set -e
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
count=${1:-1000}
rounds=${2:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mount=$(awk '$0 ~ / - cgroup2 / {print $5; exit}' /proc/self/mountinfo)
floor=$mount/bench-floor
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=${CLASSES:-$top/orchestrator/target/classes}
gcc -O2 -o "$work/floor" "$here/floor.c"
"${java}c" -nowarn -d "$work" -cp "$classes" "$here/ContractsBench.java"
mkdir -p "$floor"
best=
for round in $(seq "$rounds"); do
  ms=$("$work/floor" "$floor" "$count")
  echo "C floor: $ms ms"
  best=$(printf '%s\n%s\n' "$ms" "$best" | grep . | sort -n | head -1)
done
rmdir "$floor"
for choice in ${CHOICES:-CGROUP TRACKING}; do
  ours=$("$java" -XX:+UseSerialGC -Xmx64m -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
    -cp "$work:$classes" ContractsBench "$work/root" "$count" "$rounds" $choice | sort -n | head -1)
  echo "$choice: $ours ms, floor $best ms: ratio $(awk "BEGIN {printf \"%.2f\", $ours / $best}")"
done
