# Completion for ./course in bash:  source tools/completion.bash
_course() {
  local word=${COMP_WORDS[COMP_CWORD]} root command=${COMP_WORDS[1]}
  root=$(dirname "$(readlink -f "$(command -v "${COMP_WORDS[0]}")")")
  [ -d "$root/tools/course" ] || return
  if [ "$COMP_CWORD" = 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$(cd "$root/tools/course" && printf '%s ' *.sh | sed 's/\.sh//g') --help --no-install" -- "$word")
  elif [ "$COMP_CWORD" = 2 ] && [[ $command =~ ^(run|exercise|debug|verify|export|play|figures)$ ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(cd "$root/lessons" && printf '%s\n' [0-9]*/ | sed -E 's/^0?([0-9]+)_.*/\1/')" -- "$word")
  elif [ "$COMP_CWORD" = 2 ] && [[ $command = micro && $word != -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '1 2 3 4 5 6 7 8' -- "$word")
  elif [ "$COMP_CWORD" = 2 ] && [[ $command = engine && $word != -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(sed -nE 's/^([a-z_]+) *\|.*/\1/p' "$root/lessons/engine/pieces.txt")" -- "$word")
  elif [ "$COMP_CWORD" = 2 ] && [[ $command = milestones && $word != -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(sed -nE 's/^([0-9]{4}) .*/\1/p' "$root/lessons/engine/milestones.txt")" -- "$word")
  elif [[ $word == -* ]]; then # the options that the command's own line of help names
    mapfile -t COMPREPLY < <(compgen -W "$(sed -n '1s/^# usage: //p' "$root/tools/course/$command.sh" | grep -oE -- '--[[:alnum:]-]+' | sort -u)" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -F _course course ./course
