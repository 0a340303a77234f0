#!/bin/bash
# bespoke beside its peers: the harness's run with our adapter added.
# usage: bench/peers/run.sh [--quick|--full] [--peers bespoke,dinit,…] [--tests floor,A,…,G] [--out DIR]
#   PEERS_HARNESS  where the harness is (default: ../shared/bench/peers beside the repository)
#   BESPOKE_DIST   the distribution to measure (default: cli/target/bespoke, from ./mvnw package)
# Needs root, gcc, python3. The peers that are not installed are skipped; the harness's setup.sh installs the packaged ones.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
harness=${PEERS_HARNESS:-$top/../shared/bench/peers}
[ -d "$harness" ] || harness=$top/../../shared/bench/peers
[ -r "$harness/run.py" ] || { echo "run.sh: no harness at $harness; set PEERS_HARNESS" >&2; exit 2; }
export BESPOKE_DIST=${BESPOKE_DIST:-$top/cli/target/bespoke}
export BESPOKE_VERSION=${BESPOKE_VERSION:-$(git -C "$top" rev-parse --short HEAD 2>/dev/null || echo unknown)}
[ -x "$BESPOKE_DIST/bin/svcs" ] || { echo "run.sh: no distribution at $BESPOKE_DIST; make one: ./mvnw package" >&2; exit 2; }
BESPOKE_MAKE_ARCHIVES=now "$BESPOKE_DIST/bin/svcs" -? >/dev/null
BESPOKE_MAKE_ARCHIVES=now "$BESPOKE_DIST/bin/svc.startd" --version >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$harness/." "$work/"
cp "$here/ours.py" "$work/adapters/bespoke.py"
cp "$here/ours.py" "$work/adapters/bespoke_tracking.py"
cd "$work"
./run-all.sh "$@"
