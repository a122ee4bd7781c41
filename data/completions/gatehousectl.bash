# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion: the program itself knows what can come next.

_gatehousectl() {
  local word typed=() last line
  # bash takes FIELD=VALUE and ACCOUNT:… apart; the program wants them whole.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ ${#typed[@]} -gt 0 && ( $word == [=:] || $last == [=:] ) ]]; then
      typed[-1]+=$word
    else
      typed+=("$word")
    fi
    last=$word
  done

  local whole=${typed[-1]-} prefix=
  [[ $whole == *[=:]* ]] && prefix=${whole%"${whole##*[=:]}"}
  COMPREPLY=()
  while IFS= read -r line; do
    line=${line%%$'\t'*}
    COMPREPLY+=("${line#"$prefix"}")
  done < <(gatehousectl complete -- "${typed[@]}" 2>/dev/null)
  [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace
}

complete -o bashdefault -o default -F _gatehousectl gatehousectl
