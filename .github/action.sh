#!/usr/bin/env bash
# What action.yml runs. The inputs come as variables, so that nothing in them is ever read as shell.
set -uo pipefail
set -f # globs are expanded by mailtopo, the same on every platform
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [ ! -f "$root/dist/bin/mailtopo.js" ]; then
  npm ci --prefix "$root" --no-audit --no-fund >&2 || exit 2
fi

mailtopo() { node "$root/dist/bin/mailtopo.js" "$@"; }

status=0
read -r -a files <<<"${MAILTOPO_FILES:-}"
limit=()
[ -z "${MAILTOPO_MAX_WARNINGS:-}" ] || limit=(--max-warnings "$MAILTOPO_MAX_WARNINGS")
mailtopo lint "${limit[@]}" -- "${files[@]}" || status=$?

read -r -a compiled <<<"${MAILTOPO_COMPILED:-}"
for pair in "${compiled[@]}"; do
  mailtopo compile --check --output "${pair#*=}" -- "${pair%%=*}" || { code=$?; [ "$code" -le "$status" ] || status=$code; }
done
exit "$status"
