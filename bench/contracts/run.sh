#!/bin/sh
# Starting N daemons in contracts of their own, against the same in C (fork, join a cgroup, execute).
# Prints two ratios: of the time until all run, which depends on what else the machine does, and of the
# CPU time of everything until all are dead again, which does not.
# usage: bench/contracts/run.sh [N [ROUNDS]]     needs: root, a cgroup2 mount, gcc, JDK 25, a built orchestrator
set -e
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
count=${1:-1000}
rounds=${2:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mount=$(awk '$0 ~ / - cgroup2 / {print $5; exit}' /proc/self/mountinfo)
floor=$mount/bench-floor
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
classes=${CLASSES:-$top/orchestrator/target/classes}
least() { awk -v column="$1" 'NR == 1 || $column < least {least = $column} END {print least}' "$2"; }
gcc -O2 -o "$work/floor" "$here/floor.c"
"${bin}javac" -nowarn -d "$work" -cp "$classes" "$here/ContractsBench.java"
mkdir -p "$floor"
for round in $(seq "$rounds"); do "$work/floor" "$floor" "$count"; done >"$work/floor.txt"
rmdir "$floor"
echo "C floor: $(least 1 "$work/floor.txt") ms, CPU $(least 2 "$work/floor.txt") ms"
for choice in CGROUP TRACKING; do
  "${bin}java" -XX:+UseSerialGC -Xmx64m -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
    -cp "$work:$classes" ContractsBench "$work/root" "$count" "$rounds" $choice >"$work/$choice.txt"
  awk -v c=$choice -v ms="$(least 1 "$work/$choice.txt")" -v cpu="$(least 2 "$work/$choice.txt")" \
    -v fms="$(least 1 "$work/floor.txt")" -v fcpu="$(least 2 "$work/floor.txt")" \
    'BEGIN {printf "%s: %s ms, CPU %s ms; ratio to the floor: time %.2f, CPU %.2f\n", c, ms, cpu, ms / fms, cpu / fcpu}'
done
