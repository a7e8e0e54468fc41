package verbs

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"holdthering/regime"
)

// reading is a command line whose flags have been taken apart.
type reading struct {
	cmd    *cobra.Command
	env    Env
	verb   regime.Verb
	fields []boundField
	common commonFlags
	opens  *openingFlags // nil for a verb that opens no case
}

func understand(r reading) (Parsed, error) {
	act := r.verb.New()
	if err := r.fill(act); err != nil {
		return Parsed{}, err
	}
	if err := regime.CheckInput(act); err != nil {
		return Parsed{}, err
	}
	return r.finish(act)
}

// finish says of an act who does it and in which case.
func (r reading) finish(act regime.Act) (Parsed, error) {
	p := Parsed{Verb: r.verb, Act: act, JSON: r.common.json.on(), Again: r.common.again.on()}
	by, err := r.common.actor(r.env)
	if err != nil {
		return Parsed{}, err
	}
	key, err := r.common.requestKey(r.env)
	if err != nil {
		return Parsed{}, err
	}
	p.Request = regime.Request{By: by, Key: key}
	if !p.Again {
		if p.Request.Print, err = fingerprint(r.verb, by.For, act); err != nil {
			return Parsed{}, err
		}
	}
	return r.place(p)
}

// place says in which case: one that is there, or a new one.
func (r reading) place(p Parsed) (Parsed, error) {
	var err error
	if r.opens == nil || !r.opens.wanted(r.common, r.env) {
		if p.Case, err = r.common.existingCase(r.env); err != nil {
			return Parsed{}, err
		}
		return p, r.opens.idle(p.Case)
	}
	if p.Opening, err = r.opens.opening(r.common, r.env, p.Request.Key); err != nil {
		return Parsed{}, err
	}
	p.Case = p.Opening.Ref
	return p, nil
}

// fingerprint is the same for two requests of the same content.
func fingerprint(v regime.Verb, by regime.Party, act regime.Act) (string, error) {
	content, err := json.Marshal(act)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(v.Path + "\n" + string(by) + "\n" + string(content)))
	return hex.EncodeToString(sum[:]), nil
}

func (e Env) newKey() string {
	if e.NewKey != nil {
		return e.NewKey()
	}
	return uuid.NewString()
}

// refLetters has no vowels, so that no reference is a word, and nothing that is taken for
// something else when it is read out or written down.
const refLetters = "CDFGHJKMNPQRTVWX346789"

// refOf is the reference of the case that the request opens. It tells nothing about the
// case; the same key gives the same one, so that a repeated request opens no second case.
func refOf(key string) string {
	sum := sha256.Sum256([]byte("case " + key))
	var out []byte
	for i, b := range sum[:8] {
		if i == 4 {
			out = append(out, '-')
		}
		out = append(out, refLetters[int(b)%len(refLetters)])
	}
	return string(out)
}
