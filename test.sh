#!/usr/bin/env bash
# Builds everything and runs all tests, those with RabbitMQ, Redis, a browser and PyTorch as the reference included.
# As root on Debian or Ubuntu it installs what is missing; elsewhere it says what it needs.
#   ./test.sh              everything
#   ./test.sh Contracts    only the test projects whose name contains that word
set -euo pipefail
cd "$(dirname "$0")"

filter=${1:-}
results=$(mktemp -d)
waiting=
trap '[ -z "$waiting" ] || pkill -TERM -P "$waiting" || true; rm -rf "$results"' EXIT

declare -A package=([rabbitmq-server]=rabbitmq-server [redis-server]=redis-server [chromium]=chromium)
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

# run PART [TESTS]: a part is a project, or what of it the filter TESTS picks, told apart by what follows a slash.
run() {
  local part=$1 tests=${2:-}
  local file=$results/${part/\//.}
  dotnet test "tests/${part%%/*}" -c Release --no-build -v quiet ${tests:+--filter "$tests"} --logger "console;verbosity=minimal" --logger "trx;LogFileName=$file.trx" --blame-hang-timeout 8m \
    || touch "$file.failed"
  # A project whose process died leaves no counts; it must not pass for one without failures.
  [ -f "$file.trx" ] || echo '<Counters passed="0" failed="1" notExecuted="0" />' >"$file.trx"
}

names=()
for project in tests/*.Tests; do
  name=$(basename "$project")
  [[ "$name" != *"$filter"* ]] || names+=("$name")
done

# The one that trains takes longest and leaves a core free: its models have a process of their own, after those that run beside it one after the
# other. The one with processes and a browser goes alone.
training=GpuWorker.Tests
models=GpuWorker.Tests.Models.
alone=()
beside=()
trains=
for name in "${names[@]}"; do
  case $name in
    "$training") trains=yes ;;
    Orchestrator.Tests | ServiceDefaults.Tests | Dashboard.Tests) beside+=("$name") ;;
    *) alone+=("$name") ;;
  esac
done

for name in "${alone[@]}"; do
  echo "== $name"
  run "$name"
done

besides() {
  for name in "${beside[@]}"; do
    echo "== $name"
    run "$name"
  done
  if [ -n "$trains" ]; then
    echo "== $training, models"
    run "$training/models" "FullyQualifiedName~$models"
  fi
}

besides >"$results/beside.log" 2>&1 &
waiting=$!
if [ -n "$trains" ]; then
  echo "== $training"
  run "$training/rest" "FullyQualifiedName!~$models"
fi
wait "$waiting"
waiting=
cat "$results/beside.log"

failed_projects=()
for file in "$results"/*.failed; do
  [ ! -e "$file" ] || failed_projects+=("$(basename "$file" .failed)")
done

sum() { grep -ho "<Counters [^>]*" "$results"/*.trx | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ s += $1 } END { print s + 0 }'; }
passed=$(sum passed)
failed=$(sum failed)
total=$(sum total)
skipped=$((total > passed + failed ? total - passed - failed : 0))
[ ${#failed_projects[@]} -eq 0 ] || echo "Failed: ${failed_projects[*]}"
[ ${#failed_projects[@]} -eq 0 ] || [ "$failed" -gt 0 ] || failed=${#failed_projects[@]}
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && [ "$skipped" -eq 0 ]
