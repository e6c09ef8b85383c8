import type { Filling, ShellCommand } from './commands.js';

/** A text as one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const candidates = (filling: Filling): string => {
  if (filling.kind === 'words') return `words=${quoted(filling.words.join(' '))}`;
  return filling.kind === 'text' ? 'return' : `files=${filling.kind}`;
};

const valueCases = ({ word, options }: ShellCommand): readonly string[] =>
  options.flatMap(({ names, value }) =>
    value ? [`    ${names.map((name) => quoted(`${word} ${name}`)).join('|')}) ${candidates(value.filling)} ;;`] : [],
  );

const argumentsCase = ({ word, arguments: args, options }: ShellCommand): string => {
  const names = options.flatMap((option) => option.names).join(' ');
  const words = args.flatMap(({ filling }) => (filling.kind === 'words' ? filling.words : []));
  const isOnlyWords = args.length > 0 && args.every(({ filling }) => filling.kind === 'words');
  return `    ${quoted(word)}) options=${quoted(names)}; words=${quoted(words.join(' '))}; files=${isOnlyWords ? '' : 'file'} ;;`;
};

/** A script for bash that completes the commands, their options, and the words and files that these take. */
export const bashCompletion = (commands: readonly ShellCommand[]): string => {
  const chosen = commands.flatMap(({ word }) => (word === '' ? [] : word));
  return `# Completion of fog-lint for bash, written by \`fog-lint completions bash\`.
_fog_lint() {
  local current previous command options words files at prefix
  current=\${COMP_WORDS[COMP_CWORD]}
  previous=\${COMP_WORDS[COMP_CWORD - 1]}
  # bash takes --format=json and latest-tag=off for three words each.
  if [[ $current == '=' ]]; then
    current='' at=$((COMP_CWORD - 1))
  elif [[ $previous == '=' ]]; then
    at=$((COMP_CWORD - 2))
  fi
  if [[ -n $at ]]; then
    previous=\${COMP_WORDS[at]}
    [[ $previous == -* ]] || { prefix="$previous=" previous=\${COMP_WORDS[at - 1]}; }
  fi
  COMPREPLY=()
  if ((COMP_CWORD > 1)); then
    case \${COMP_WORDS[1]} in
    ${chosen.join('|')}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  case "$command $previous" in
${commands.flatMap(valueCases).join('\n')}
  *)
    case $command in
${commands.map(argumentsCase).join('\n')}
    esac
    if [[ $current == -* ]]; then
      words=$options files=
    elif ((COMP_CWORD == 1)); then
      words=${quoted(chosen.join(' '))}
    fi
    ;;
  esac
  local IFS=$' \\t\\n'
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$prefix$current"))
    COMPREPLY=("\${COMPREPLY[@]#"$prefix"}")
  fi
  [[ -z $files ]] && return
  compopt -o filenames
  local found
  while IFS= read -r found; do
    COMPREPLY+=("$found")
  done < <(if [[ $files == folder ]]; then compgen -d -- "$current"; else compgen -f -- "$current"; fi)
}
complete -F _fog_lint fog-lint
`;
};
