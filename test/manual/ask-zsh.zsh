# Prints what zsh offers for a line: the first argument is the file of the completion, the second one the line.
zmodload zsh/zpty || exit 3
ask() {
  zpty asked zsh -f -i
  zpty -w asked 'PROMPT= RPS1='
  zpty -w asked "autoload -Uz compinit; compinit -u -d ~/.zcompdump; source ${(q)1}"
  zpty -w asked 'compadd () { local -a got; builtin compadd -A got "$@"; local one; for one in $got; do print -r -- "of""fer:$one"; done }'
  zpty -w asked 'finish () { print -r -- "of""fer:"; exit }; comppostfuncs=(finish)'
  zpty -w asked "bindkey '^I' complete-word"
  # The line that is typed must not hold what is waited for.
  zpty -w asked 'print -r -- rea""dy'
  zpty -m asked '*ready*' >/dev/null
  zpty -n -w asked "$2"$'\t'
  local line
  while zpty -r asked line; do
    [[ $line == *offer:* ]] || continue
    line=${line##*offer:}
    line=${line%%$'\r'*}
    [[ -z $line ]] && break
    print -r -- $line
  done
}
ask "$@"
