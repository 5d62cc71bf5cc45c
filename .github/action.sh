#!/usr/bin/env bash
# What action.yml runs. The inputs come as variables, so that nothing in them is ever read as shell.
# Without "set -u": the bash of macOS takes an empty list for an unset variable.
set -o pipefail
set -f # globs are expanded by mailtopo, the same on every platform
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd) || exit 2

if [ ! -f "$root/dist/bin/mailtopo.js" ]; then
  npm ci --prefix "$root" --no-audit --no-fund >&2 || exit 2
fi

mailtopo() { node "$root/dist/bin/mailtopo.js" "$@"; }

status=0
worse() { [ "$1" -le "$status" ] || status=$1; }

# Blanks and line breaks separate: a block of YAML may hold one file a line.
read -r -d '' -a files <<<"${MAILTOPO_FILES:-}"
read -r -d '' -a compiled <<<"${MAILTOPO_COMPILED:-}"
limit=()
[ -z "${MAILTOPO_MAX_WARNINGS:-}" ] || limit=("--max-warnings=$MAILTOPO_MAX_WARNINGS")
# The log is for people; GitHub makes annotations of the commands that follow it.
commands=${RUNNER_TEMP:+$RUNNER_TEMP/mailtopo-commands}
formats=()
[ -z "$commands" ] || rm -f -- "$commands"
[ -z "$commands" ] || formats=(--format=pretty "--format=github=$commands")
mailtopo lint "${formats[@]}" "${limit[@]}" -- "${files[@]}" || worse $?
[ ! -f "$commands" ] || cat -- "$commands"

for pair in "${compiled[@]}"; do
  case $pair in
    ?*=?*) mailtopo compile --check "--output=${pair#*=}" -- "${pair%%=*}" || worse $? ;;
    *)
      printf 'mailtopo: "%s" under compiled is not of the form topology.yaml=folder\n' "$pair" >&2
      worse 2
      ;;
  esac
done
exit "$status"
