package verbs

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// reading is a command line whose flags have been taken apart.
type reading struct {
	env    Env
	path   string // of the verb
	fields []boundField
	common commonFlags
	flags  *pflag.FlagSet // of the command
	// openText allows what is told in confidence on the command line.
	openText *value
}

// caseReading is one of a case's verb.
type caseReading struct {
	reading
	verb  failure.Verb
	opens *openingFlags // nil for a verb that opens no case
}

func (r caseReading) understand() (Parsed, error) {
	p := Parsed{Verb: r.verb, Act: r.verb.New(), JSON: r.common.json.on(), Again: r.common.again.on(),
		DryRun: r.common.dryRun.on()}
	var err error
	if p.Request, err = r.request(p.Act); err != nil {
		return Parsed{}, err
	}
	return r.place(p)
}

// request fills the act, and says of it who does it.
func (r reading) request(act any) (ledger.Request, error) {
	if err := r.fill(act); err != nil {
		return ledger.Request{}, err
	}
	if err := regime.CheckInput(act); err != nil {
		return ledger.Request{}, err
	}
	if err := redrawn(act); err != nil {
		return ledger.Request{}, err
	}
	by, err := r.common.actor(r.env)
	if err != nil {
		return ledger.Request{}, err
	}
	req := ledger.Request{By: by, Sure: r.common.yes.on(), Names: otherProviders(by.For, act)}
	if req.Key, err = r.common.requestKey(r.env, act); err != nil {
		return ledger.Request{}, err
	}
	req.Again = r.common.again.on()
	req.Fingerprint, err = fingerprint(r.path, by.For, act)
	return req, err
}

// otherProviders are the names of the trusts of the register that a request is by or about: the
// rules know none.
func otherProviders(by regime.Party, act any) []regime.UnitName {
	var out []regime.UnitName
	for _, p := range append(regime.PartiesIn(act), by) {
		out = append(out, ofCouncil(p)...)
		if p.Body() != regime.ProviderBody || p.Unit() == "" {
			continue
		}
		if k, err := known(); err == nil {
			if t, ok := k.ref.TrustRecord(p.Unit()); ok {
				out = append(out, regime.UnitName{Party: p, Name: t.Provider.Name, Trust: t.Provider.Type.Trust()})
			}
		}
	}
	return out
}

// ofCouncil are the names of all that a council's area has of its own, the police too, where a request names one of them.
func ofCouncil(p regime.Party) []regime.UnitName {
	k, err := known()
	if err != nil {
		return nil
	}
	var out []regime.UnitName
	for _, q := range k.ref.OfCouncil(p) {
		out = append(out, regime.UnitName{Party: q, Name: k.names.PartyName(q)})
	}
	return out
}

// place says in which case: one that is there, or a new one.
func (r caseReading) place(p Parsed) (Parsed, error) {
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
	p.Case, p.Remarks = p.Opening.Ref, r.opens.remarks
	// The reference follows from the key: the same key for another provider must not pass for
	// the same act in the same case.
	if p.Request.Fingerprint, err = fingerprint(p.Request.Fingerprint, p.Request.By.For,
		[]string{p.Opening.Provider.Code, p.Opening.Profile, p.Opening.Reopens}); err != nil {
		return Parsed{}, err
	}
	return p, takesPart(p.Opening.Profile, r.env.Now, p.Request.By.For)
}

// fingerprint is the same for two requests of the same content.
func fingerprint(path string, by regime.Party, act any) (string, error) {
	content, err := json.Marshal(act)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(path + "\n" + string(by) + "\n" + string(content)))
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
