#!/usr/bin/env bash
# Builds everything and runs all tests, including those that need RabbitMQ, Redis, a browser, and PyTorch as the reference.
# As root on Debian or Ubuntu it installs missing programs; elsewhere it lists them.
#   ./test.sh              everything
#   ./test.sh Contracts    only the test projects whose name contains that word
# Tests that this machine cannot run may be skipped if tests/skips.txt lists them; any other skip counts as a failure.
set -euo pipefail
cd "$(dirname "$0")"

filter=${1:-}
results=$(mktemp -d)
declare -A running=()
trap 'for id in "${!running[@]}"; do pkill -TERM -P "$id" || true; done; rm -rf "$results"' EXIT

# The compiler, the tests and the services that they start run for seconds: instrumentation for profile-guided optimization costs more than it gains.
export DOTNET_TieredPGO=0

declare -A package=([rabbitmq-server]=rabbitmq-server [redis-server]=redis-server [chromium]=chromium [npm]=npm)
missing=()
for program in "${!package[@]}"; do
  # rabbitmq-server is in sbin, which is not on every user's path.
  PATH="$PATH:/usr/sbin:/usr/lib/rabbitmq/bin" command -v "$program" >/dev/null || missing+=("${package[$program]}")
done
# The reference that models and evaluations are compared with.
declare -A module=([torch]=python3-torch [torchvision]=python3-torchvision [sklearn]=python3-sklearn)
for name in "${!module[@]}"; do
  /usr/bin/python3 -c "import importlib.util, sys; sys.exit(importlib.util.find_spec('$name') is None)" 2>/dev/null || missing+=("${module[$name]}")
done

# Without it the reference multiplies matrices naively, which takes a minute longer.
[[ $(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p) == *libopenblas* ]] || missing+=(libopenblas0-pthread)

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}"
    apt-get update -qq
    # The tests start their own servers, so the installation must not start any.
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

# One compiler process for all projects takes a third less time than one for each. It is ended because it would keep its memory while the tests run.
dotnet build Experiments.sln -c Release -v quiet -p:UseSharedCompilation=true
dotnet build-server shutdown --vbcscompiler >/dev/null

# Those that take longest first. The tests of whole systems mostly wait: two projects at a time keep both cores of a small machine busy.
order=(EndToEnd GpuWorker Orchestrator AppHost Benchmarks ServiceDefaults Dashboard Standalone Contracts Architecture)
names=()
for name in "${order[@]/%/.Tests}" $(cd tests && echo *.Tests); do
  [[ "$name" != *"$filter"* || " ${names[*]} " == *" $name "* ]] || names+=("$name")
done

run() {
  local name=$1 first=()
  # Systems of several processes with leases get the cores when they need them; the other tests use what is left.
  [[ "$name" == EndToEnd.Tests || "$name" == AppHost.Tests ]] || first=(nice -n 5)
  # The test program itself: "dotnet test" would find all tests a second time and pass each result through two more processes.
  "${first[@]}" timeout --kill-after=30 40m dotnet "tests/$name/bin/Release/net10.0/Experiments.$name.dll" -noColor -longRunning 600 -reporter verbose -trx "$results/$name.trx" \
    || touch "$results/$name.failed"
  # A project whose process died leaves no counts and must not count as passed.
  [ -f "$results/$name.trx" ] || echo '<Counters passed="0" failed="1" notExecuted="0" />' >"$results/$name.trx"
}

# What a project wrote, without the begin and end of its tests; when its process died, the last lines tell which tests were running.
show() {
  grep -av -e '\[STARTING\]' -e '\[FINISHED\]' "$results/$1.log" || true
  grep -aq '<UnitTestResult' "$results/$1.trx" || tail -n 12 "$results/$1.log"
}

# Waits for one of the running projects and shows its output.
finish() {
  local id
  wait -n -p id "${!running[@]}" || touch "$results/${running[$id]}.failed"
  echo "== ${running[$id]}"
  show "${running[$id]}"
  unset "running[$id]"
}

for name in "${names[@]}"; do
  [ ${#running[@]} -lt 2 ] || finish
  run "$name" >"$results/$name.log" 2>&1 &
  running[$!]=$name
done
while [ ${#running[@]} -gt 0 ]; do finish; done

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
