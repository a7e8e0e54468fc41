# For a bash without the package bash-completion.
if ! declare -F _get_comp_words_by_ref >/dev/null 2>&1; then
    # Words with = and : are one, as they were typed.
    _get_comp_words_by_ref()
    {
        local i n w last
        words=() cword=0
        for ((i = 0; i < ${#COMP_WORDS[@]}; i++)); do
            w=${COMP_WORDS[i]}
            n=${#words[@]}
            last=
            ((n > 0)) && last=${words[n - 1]}
            if ((n > 1)) && [[ $w == [=:]* || $last == *[=:] ]]; then
                words[n - 1]=$last$w
            else
                words[n]=$w
            fi
            ((i == COMP_CWORD)) && cword=$((${#words[@]} - 1))
        done
        cur=${words[cword]}
        prev=
        ((cword > 0)) && prev=${words[cword - 1]}
        return 0
    }
fi
if ! declare -F __ltrim_colon_completions >/dev/null 2>&1; then
    __ltrim_colon_completions()
    {
        [[ $1 == *:* && $COMP_WORDBREAKS == *:* ]] || return 0
        local before=${1%"${1##*:}"} i
        for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
            COMPREPLY[i]=${COMPREPLY[i]#"$before"}
        done
    }
fi
if ! declare -F _filedir >/dev/null 2>&1; then
    _filedir()
    {
        local kind=-f
        [[ ${1-} != -d ]] || kind=-d
        local IFS=$'\n'
        COMPREPLY=($(compgen "$kind" -- "$cur"))
    }
fi
