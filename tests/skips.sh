#!/usr/bin/env bash
# Lists skipped tests, and fails for those that tests/skips.txt does not list, or lists for another kind of machine.
#   tests/skips.sh RESULTS.trx …
set -euo pipefail
list=${SKIP_LIST:-$(dirname "$0")/skips.txt}

can_mount() {
  local folder
  folder=$(mktemp -d)
  mount -t tmpfs -o size=1m tmpfs "$folder" 2>/dev/null && umount "$folder"
  local code=$?
  rmdir "$folder"
  return $code
}

# Prints why the test may be skipped on this machine; nothing if it may not.
reason() {
  local name condition why
  while IFS='|' read -r name condition why || [ -n "$name" ]; do
    name=${name%% *}
    # shellcheck disable=SC2053 # The list has patterns.
    if [[ -n $name && $name != \#* && $1 == $name ]] && eval "$condition"; then
      echo "$why"
      return
    fi
  done <"$list"
}

unlisted=0
while IFS= read -r test; do
  why=$(reason "${test%%(*}")
  echo "skipped: $test:${why:- which is not in tests/skips.txt for this machine}"
  [ -n "$why" ] || unlisted=1
done < <(cat "$@" | grep -o '<UnitTestResult [^>]*outcome="NotExecuted"' | grep -o 'testName="[^"]*"' | cut -d'"' -f2)
exit $unlisted
