#!/usr/bin/env bash
# Builds everything and runs all tests, those with RabbitMQ, Redis, a browser and PyTorch as the reference included.
# As root on Debian or Ubuntu it installs what is missing; elsewhere it says what it needs.
#   ./test.sh              everything
#   ./test.sh Contracts    only the test projects whose name contains that word
# Tests that this machine cannot run are skipped where tests/skips.txt lists them; any other skip fails, as a failing test does.
set -euo pipefail
cd "$(dirname "$0")"

filter=${1:-}
results=$(mktemp -d)
waiting=
trap '[ -z "$waiting" ] || pkill -TERM -P "$waiting" || true; rm -rf "$results"' EXIT

declare -A package=([rabbitmq-server]=rabbitmq-server [redis-server]=redis-server [chromium]=chromium [npm]=npm)
missing=()
for program in "${!package[@]}"; do
  # rabbitmq-server lives in sbin, which is not on everybody's path.
  PATH="$PATH:/usr/sbin:/usr/lib/rabbitmq/bin" command -v "$program" >/dev/null || missing+=("${package[$program]}")
done
# What models and evaluations are compared with.
declare -A module=([torch]=python3-torch [torchvision]=python3-torchvision [sklearn]=python3-sklearn)
for name in "${!module[@]}"; do
  /usr/bin/python3 -c "import importlib.util, sys; sys.exit(importlib.util.find_spec('$name') is None)" 2>/dev/null || missing+=("${module[$name]}")
done

# The reference multiplies matrices by the book without it: a minute of waiting.
[[ $(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p) == *libopenblas* ]] || missing+=(libopenblas0-pthread)

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}"
    apt-get update -qq
    # The tests start private servers of their own: none should be started by the installation.
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$results/apt.log" 2>&1 || {
      tail -n 20 "$results/apt.log"
      exit 1
    }
  else
    echo "The tests need these programs, please install them: ${missing[*]}" >&2
    echo "(on Debian or Ubuntu: sudo apt-get install ${missing[*]})" >&2
    exit 1
  fi
fi

dotnet build Experiments.sln -c Release -v quiet

run() {
  local name=$1
  dotnet test "tests/$name" -c Release --no-build -v quiet --logger "console;verbosity=minimal" --logger "trx;LogFileName=$results/$name.trx" --blame-hang-timeout 8m \
    || touch "$results/$name.failed"
  # A project whose process died leaves no counts; it must not pass for one without failures.
  [ -f "$results/$name.trx" ] || echo '<Counters passed="0" failed="1" notExecuted="0" />' >"$results/$name.trx"
}

names=()
for project in tests/*.Tests; do
  name=$(basename "$project")
  [[ "$name" != *"$filter"* ]] || names+=("$name")
done

# The one that trains takes longest and leaves a core free, for those beside it one after the other. Those with processes and a browser go alone.
first=GpuWorker.Tests
alone=()
beside=()
for name in "${names[@]}"; do
  case $name in
    "$first") ;;
    AppHost.Tests | EndToEnd.Tests) alone+=("$name") ;;
    *) beside+=("$name") ;;
  esac
done

for name in "${alone[@]}"; do
  echo "== $name"
  run "$name"
done
if [ ${#beside[@]} -gt 0 ]; then
  for name in "${beside[@]}"; do run "$name" >"$results/$name.log" 2>&1; done &
  waiting=$!
fi
if [[ " ${names[*]} " == *" $first "* ]]; then
  echo "== $first"
  run "$first"
fi
if [ -n "$waiting" ]; then
  wait "$waiting"
  waiting=
  for name in "${beside[@]}"; do
    echo "== $name"
    cat "$results/$name.log"
  done
fi

failed_projects=()
for name in "${names[@]}"; do
  [ ! -f "$results/$name.failed" ] || failed_projects+=("$name")
done

sum() { grep -ho "<Counters [^>]*" "$results"/*.trx | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ s += $1 } END { print s + 0 }'; }
passed=$(sum passed)
failed=$(sum failed)
total=$(sum total)
skipped=$((total > passed + failed ? total - passed - failed : 0))
[ ${#failed_projects[@]} -eq 0 ] || echo "Failed: ${failed_projects[*]}"
[ ${#failed_projects[@]} -eq 0 ] || [ "$failed" -gt 0 ] || failed=${#failed_projects[@]}
unlisted=0
tests/skips.sh "$results"/*.trx || unlisted=1
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && [ "$unlisted" -eq 0 ]
