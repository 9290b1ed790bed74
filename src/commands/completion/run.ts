import { Exit } from "../../core/exit.ts";
import type { Run } from "../perform.ts";
import type { CompletionOptions } from "./command.ts";

export interface ScriptHappening {
  readonly script: string;
}

export const runCompletion: Run<CompletionOptions, ScriptHappening> = async function* ({ shell }) {
  yield { script: scripts[shell] };
  return Exit.done;
};

/** Each hands on the words up to the cursor; what comes back is a candidate a line, with its description behind a tab. */
const scripts: Readonly<Record<CompletionOptions["shell"], string>> = {
  bash: `# bash completion for evb
_evb() {
  local IFS=$'\\n'
  COMPREPLY=($(evb __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
# Without a candidate of ours: files.
complete -o default -F _evb evb`,
  zsh: `#compdef evb
_evb() {
  local line
  local -a found
  for line in "\${(@f)$(evb __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    if [[ $line == *$'\\t'* ]]; then
      found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    else
      found+=("\${line//:/\\\\:}")
    fi
  done
  if (( $#found )); then _describe evb found; else _files; fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _evb "$@"; else compdef _evb evb; fi`,
  fish: `# fish completion for evb
function __evb_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (evb __complete -- $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    # Without a candidate of ours: files.
    __fish_complete_path (commandline -ct)
  end
end
complete -c evb -f -a '(__evb_complete)'`,
};
